"""What a letter's own page says of its orders."""

from typing import TYPE_CHECKING, Any

from thamthan.directives.queries import came_with, order_of_letter
from thamthan.letters.rules import LetterState
from thamthan.organisations.rules import Duty

if TYPE_CHECKING:
    from thamthan.letters.models import Letter
    from thamthan.organisations.models import Post

# The states of a letter whose orders may be taken apart.
_READY = frozenset({LetterState.REGISTERED, LetterState.FINISHED, LetterState.SENT})


def orders_panel(post: "Post", letter: "Letter") -> dict[str, Any]:
    """Where the orders of this letter are, or whether they may be taken apart now."""
    order = order_of_letter(post, letter)
    may_begin = (
        order is None
        and post.has_duty(Duty.ORDER)
        and letter.state in _READY
        and not letter.is_secret
        and came_with(post, letter) is None
    )
    return {"order": order, "may_begin": may_begin}
