"""What every posted form carries: Django's token, one so that it acts once, and whose it is.

A built-in: ``{% csrf_token %}`` in any template of ours or of a package gives all three. The
second (``infosharing.access.once``) and the third (``infosharing.access.posted``) are for people
who are signed in.
"""

from typing import Any

from django import template
from django.template.base import Parser, Token
from django.template.defaulttags import CsrfTokenNode
from django.utils.html import format_html

from infosharing.access.posted import ONCE, SENDER, sender_mark
from infosharing.identifiers import new_public_id

register = template.Library()


class PostingNode(CsrfTokenNode):
    """Writes the hidden fields; nothing on a page that was made without a request."""

    def render(self, context: Any) -> str:
        """Return the hidden fields."""
        forgery = super().render(context)
        user = context.get("user")
        if not forgery or not getattr(user, "is_authenticated", False):
            return forgery
        return forgery + format_html(
            '<input type="hidden" name="{}" value="{}"><input type="hidden" name="{}" value="{}">',
            ONCE,
            new_public_id(),
            SENDER,
            sender_mark(user),
        )


@register.tag
def csrf_token(parser: Parser, token: Token) -> PostingNode:
    """Write what a posted form carries."""
    return PostingNode()
