"""What somebody typed and sent when they were no longer signed in: theirs to send or to drop."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from infosharing.access import posted
from infosharing.access.declared import Access, requires
from infosharing.access.models import KeptText
from infosharing.accounts.models import User


@requires(Access.SIGNED_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def kept(request: HttpRequest, public_id: str) -> HttpResponse:
    """Give what was typed back to whom it belongs; anybody else is led to their own work.

    It shows what they typed themselves and nothing of the record.
    """
    user = request.user
    found = KeptText.objects.filter(public_id=public_id).select_related("user").first()
    if found is None or not isinstance(user, User) or found.user != user:
        return redirect("/")
    if request.method == "POST":
        posted.drop(user, found.public_id)
        messages.info(request, "Thrown away. It was not sent.")
        return redirect("/")
    fields = [(name, value) for name, value in found.fields]
    context = {
        "page_title": "What you typed is here",
        "kept": found,
        "until": posted.kept_until(found),
        "hidden": [*fields, (posted.KEPT, found.public_id)],
        "carried": posted.carried(fields),
    }
    return render(request, "access/kept.html", context)
