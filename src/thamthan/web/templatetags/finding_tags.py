"""How pages show the words that were looked for."""

from collections.abc import Iterable

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from thamthan.thai.clusters import Piece

register = template.Library()


@register.filter
def with_marks(pieces: Iterable[Piece]) -> SafeString:
    """A text with what was found marked; everything in it is escaped, piece by piece."""
    return mark_safe(  # noqa: S308 – each piece is escaped before it is joined
        "".join(
            format_html("<mark>{}</mark>", piece.text)
            if piece.is_found
            else conditional_escape(piece.text)
            for piece in pieces
        )
    )
