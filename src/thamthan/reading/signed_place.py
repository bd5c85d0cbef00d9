"""ที่ลงนาม: where on the paper the signer's name may stand, and where only who endorses puts one."""

from collections.abc import Callable, Sequence

from thamthan.reading.model import Span
from thamthan.reading.sheet import Line

# In points: so far below the closing words no name is the signer's any more, for he signs in
# three or four lines' room.
FARTHEST = 170.0
# A name is under the closing words where their middles are no farther apart than this.
_ASIDE = 110.0
# The line that tells where the running text begins on the left is as wide as this, and longer.
_WIDE = 250.0


class Places:
    """ที่ของบรรทัด: where lines stand on their pages; where nobody knows, nothing is ruled out."""

    def __init__(self, span: Callable[[int, int], Span] | None = None) -> None:
        self._span = span

    def _at(self, line: Line) -> tuple[int, tuple[float, float, float, float]] | None:
        if self._span is None or line.blank:
            return None
        span = self._span(line.start, line.end)
        return (span.page, span.box) if span.box else None

    def is_in_margin(self, line: Line, lines: Sequence[Line]) -> bool:
        """Whether a line stands left of the running text around it, where notes are put."""
        own = self._at(line)
        if own is None:
            return False
        near = (self._at(one) for one in lines[max(0, line.at - 25) : line.at + 25])
        lefts = sorted(
            at[1][0] for at in near if at and at[0] == own[0] and at[1][2] - at[1][0] > _WIDE
        )
        if len(lefts) < 2:
            return False
        # A line that a note in the margin has grown together with begins too far left.
        edge = lefts[len(lefts) // 3]
        return (own[1][0] + own[1][2]) / 2 < edge

    def is_under(self, line: Line, above: Line | None, *, is_closing: bool) -> bool:
        """Whether a name may be signed under the line with which the text ends.

        Under the closing words it is in the middle below them; under the last words of a memo it
        is anywhere, but near.
        """
        own, ended = self._at(line), self._at(above) if above else None
        if own is None or ended is None or own[0] != ended[0]:
            return True
        (left, top, right, _), (first, _, last, bottom) = own[1], ended[1]
        if top - bottom > FARTHEST:
            return False
        return not is_closing or abs((left + right) - (first + last)) / 2 <= _ASIDE
