"""Where the wizard's pages are, and what stands on them."""

from django.urls import reverse

from decisions.models import DraftPage


def at(draft, name="draft", *args):
    return reverse(f"decisions:{name}", args=[draft.public_id, *args])


def page(draft, key, index=None):
    return at(draft, "draft-entry", key, index) if index else at(draft, "draft-page", key)


def typed(draft, key, index=0):
    return DraftPage.objects.get(draft=draft, page=key, index=index).typed


def sign_it(client, draft):
    shown = client.get(at(draft, "draft-check"))
    return client.post(at(draft, "draft-sign"), {"seen": shown.context["carry"]["seen"]})
