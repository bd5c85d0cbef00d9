"""The same order come by two routes (ปกครอง and สถ.): which matters in hand are likely one."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q

from thamthan.directives.models import Handing, Order, TwinOrders
from thamthan.directives.queries.doors import handings_seen_by
from thamthan.directives.queries.matters import ClauseLine
from thamthan.directives.rules import SAME_MATTER, AssignmentState, likeness
from thamthan.letters.models import Letter, Reference
from thamthan.organisations.models import Post
from thamthan.organisations.rules import Level

MOST_LOOKED_AT = 200
# Subjects of later rounds of one programme read alike, too.
ALIKE_WITHIN = timedelta(days=120)


@dataclass(frozen=True, slots=True)
class TwinLine:
    """เรื่องที่น่าจะเป็นเรื่องเดียวกัน, why, and what a person said of it (None: nothing yet)."""

    handing: Handing
    why: str
    is_so: bool | None


@dataclass(frozen=True, slots=True)
class ClausePair:
    """ข้อต่อข้อ: the clause here and the one that fits it there; one of them may be missing."""

    here: ClauseLine | None
    there: ClauseLine | None

    @property
    def is_earlier_there(self) -> bool:
        if self.here is None or self.there is None:
            return False
        mine, other = self.here.task.due_on, self.there.task.due_on
        return mine is not None and other is not None and other < mine


def likely_twins(post: Post, handing: Handing) -> list[TwinLine]:
    """เรื่องเดียวกันที่มาสองทาง, as far as can be told: those linked first, those denied last.

    They refer to the same letter or were written because of it, or their subjects read alike.
    A person decides.
    """
    if handing.level == Level.DIVISION or handing.organisation.path != post.organisation.house_path:
        return []
    others = list(
        handings_seen_by(post)
        .filter(organisation=handing.organisation_id)
        .exclude(root=handing.root_id)
        .order_by("-handed_at", "-pk")[:MOST_LOOKED_AT]
    )
    said = _said(handing)
    cited = _cited([handing, *others])
    found = []
    for other in others:
        word = said.get(other.root_id)
        why = _why(handing, other, cited)
        if why or word is not None:
            found.append(TwinLine(other, why or "เชื่อมไว้โดยเจ้าหน้าที่", word))
    return sorted(found, key=lambda line: {True: 0, None: 1, False: 2}[line.is_so])


def _why(handing: Handing, other: Handing, cited: dict[int, set[str]]) -> str:
    if cited[handing.pk] & cited[other.pk]:
        return "อ้างถึงหนังสือหรือมีต้นเรื่องฉบับเดียวกัน"
    if abs(handing.handed_at - other.handed_at) > ALIKE_WITHIN:
        return ""
    one, another = handing.root.title, other.root.title
    if likeness(one, another) >= SAME_MATTER:
        return "ชื่อเรื่องคล้ายกัน"
    return ""


def _said(handing: Handing) -> dict[int, bool]:
    """What people of this house said: by the other's first order, whether it is the same matter."""
    rows = TwinOrders.objects.filter(
        Q(one=handing.root_id) | Q(other=handing.root_id), organisation=handing.organisation_id
    )
    return {
        row.other_id if row.one_id == handing.root_id else row.one_id: row.is_so for row in rows
    }


def _cited(handings: Sequence[Handing]) -> dict[int, set[str]]:
    """The numbers of the letters of each chain, and of those that they refer to."""
    roots = {one.root_id for one in handings}
    orders = {
        row.pk: row
        for row in Order.objects.filter(Q(root__in=roots) | Q(pk__in=roots)).only(
            "pk", "upper_id", "sent_id", "letter_id"
        )
    }
    letters = {key for row in orders.values() for key in (row.sent_id, row.letter_id) if key}
    keys: dict[int, set[str]] = defaultdict(set)
    own = Letter.objects.filter(pk__in=letters).exclude(number_key="")
    for pk, key in own.values_list("pk", "number_key"):
        keys[pk].add(key)
    named = Reference.objects.filter(letter__in=letters).exclude(number_key="")
    for pk, key in named.values_list("letter_id", "number_key"):
        keys[pk].add(key)
    found: dict[int, set[str]] = {}
    for handing in handings:
        numbers: set[str] = set()
        at = orders.get(handing.order_id)
        while at is not None:
            for letter in (at.sent_id, at.letter_id):
                numbers |= keys.get(letter or 0, set())
            at = orders.get(at.upper_id or 0)
        found[handing.pk] = numbers
    return found


def linked_twins(post: Post, handing: Handing) -> list[Handing]:
    """เรื่องที่เชื่อมไว้ว่าเป็นเรื่องเดียวกัน."""
    linked = [root for root, is_so in _said(handing).items() if is_so]
    if not linked:
        return []
    return list(
        handings_seen_by(post).filter(organisation=handing.organisation_id, root__in=linked)
    )


def clause_pairs(
    post: Post, here: Sequence[ClauseLine], there: Sequence[ClauseLine]
) -> list[ClausePair]:
    """ข้อต่อข้อ, each clause once; what fits nothing stands alone."""
    left = list(there)
    pairs = []
    for line in here:
        best = max(left, key=lambda other: _fit(line, other), default=None)
        if best is not None and _fit(line, best) >= SAME_MATTER:
            left.remove(best)
            pairs.append(ClausePair(line, best))
        else:
            pairs.append(ClausePair(line, None))
    return pairs + [ClausePair(None, line) for line in left]


def _fit(one: ClauseLine, other: ClauseLine) -> float:
    mine, theirs = one.task.obligation, other.task.obligation
    if mine.ask != theirs.ask:
        return 0.0
    if mine.directive_id is None and theirs.directive_id is None:
        # To report is asked once of a whole letter, in whatever words.
        return 1.0
    return likeness(mine.text, theirs.text)


def answers_to_use(
    post: Post, here: Sequence[ClauseLine], there: Sequence[ClauseLine]
) -> dict[int, str]:
    """คำตอบของเรื่องคู่ที่ใช้ได้: by the task here, the words of the answer given there.

    They are offered, never taken over unasked.
    """
    found = {}
    for pair in clause_pairs(post, here, there):
        if pair.here is None or pair.there is None or pair.there.answer is None:
            continue
        if pair.there.task.state != AssignmentState.RETURNED:
            found[pair.here.task.pk] = pair.there.answer.text
    return found
