"""What every posted form carries: Django's token against forgery, and one so that it acts once.

A built-in: ``{% csrf_token %}`` in any template of ours or of a package gives both. The second
(``infosharing.access.once``) is for people who are signed in.
"""

from typing import Any

from django import template
from django.template.base import Parser, Token
from django.template.defaulttags import CsrfTokenNode
from django.utils.html import format_html

from infosharing.identifiers import new_public_id

register = template.Library()
FIELD = "once"


class PostingNode(CsrfTokenNode):
    """Writes the hidden fields; nothing on a page that was made without a request."""

    def render(self, context: Any) -> str:
        """Return the hidden fields."""
        forgery = super().render(context)
        if not forgery or not getattr(context.get("user"), "is_authenticated", False):
            return forgery
        return forgery + format_html(
            '<input type="hidden" name="{}" value="{}">', FIELD, new_public_id()
        )


@register.tag
def csrf_token(parser: Parser, token: Token) -> PostingNode:
    """Write what a posted form carries."""
    return PostingNode()
