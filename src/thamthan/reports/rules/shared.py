"""The same event claimed twice: by what it is suspected, and how much of it is counted once.

Suspected, never decided: a person sees both side by side, and says.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from django.db import models

from thamthan.projects.rules.nearness import likeness

# Two names of one project differ in a word or in a place; two projects of one kind in more.
NEAR_NAME, NEAR_SUPPORT = 0.8, 0.6
# About three hundred metres, in millionths of a degree.
_NEAR_E6 = 2800
# What so many claim is a habit of all, and says nothing of two.
_MOST_IN_A_BUCKET = 60
# Each of these alone is chance; two of them with a near name are not.
_WEAK_NEEDED = 2


class SharedReason(models.TextChoices):
    """เหตุที่อาจเป็นเรื่องเดียวกัน."""

    PICTURE = "picture", "ใช้ภาพเดียวกัน"
    LIKE_PICTURE = "like_picture", "ใช้ภาพที่แทบเหมือนกัน"
    SUPPORTER = "supporter", "ฝ่ายหนึ่งระบุอีกฝ่ายเป็นหน่วยงานสนับสนุน"
    NAME = "name", "ชื่อใกล้เคียงกัน"
    SENTENCE = "sentence", "ข้อความและตัวเลขตรงกัน"
    PLACE = "place", "สถานที่เดียวกัน"
    DAYS = "days", "วันเดียวกัน"
    PEOPLE = "people", "จำนวนคนเท่ากัน"
    MONEY = "money", "จำนวนเงินเท่ากัน"


class SharedState(models.TextChoices):
    """คำตัดสิน: one event, two events, or a word taken back."""

    SAME = "same", "เรื่องเดียวกัน นับครั้งเดียว"
    APART = "apart", "คนละเรื่อง"
    UNDONE = "undone", "ยกเลิกคำตัดสินแล้ว"


@dataclass(frozen=True, slots=True)
class Claim:
    """สิ่งที่รายงานหนึ่งกล่าวอ้าง: one project of it, or one sentence with its numbers.

    `key` names it within its report. Nothing is nought here that nobody said: empty is unknown.
    """

    report: int
    house: int
    key: str
    words: str
    project: int | None = None
    days: tuple[date, date] | None = None
    spots: tuple[tuple[int, int], ...] = ()
    people: int | None = None
    money: int | None = None
    pictures: frozenset[int] = frozenset()
    like_projects: frozenset[int] = frozenset()
    supporters: frozenset[int] = frozenset()
    numbers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pair:
    """สองรายการที่อาจเป็นเรื่องเดียวกัน, in the order of their reports, with the reasons."""

    one: Claim
    other: Claim
    reasons: tuple[SharedReason, ...]

    @property
    def mark(self) -> str:
        return mark_of((self.one.report, self.one.key), (self.other.report, self.other.key))


def mark_of(one: tuple[int, str], other: tuple[int, str]) -> str:
    """รอยของคู่: the same whichever is named first."""
    first, second = sorted((one, other))
    return f"{first[0]}:{first[1]}={second[0]}:{second[1]}"


def reasons_of(one: Claim, other: Claim) -> tuple[SharedReason, ...]:
    """เหตุที่สองรายการอาจเป็นเรื่องเดียวกัน; none where it takes more than what they share."""
    if one.report == other.report or one.house == other.house:
        return ()
    if one.project is None or other.project is None:
        return _of_sentences(one, other)
    strong = list(_strong(one, other))
    near = likeness(one.words, other.words)
    weak = list(_weak(one, other))
    if near >= NEAR_NAME and (SharedReason.PLACE in weak or len(weak) >= _WEAK_NEEDED):
        return (*strong, SharedReason.NAME, *weak)
    is_supported = one.house in other.supporters or other.house in one.supporters
    if is_supported and near >= NEAR_SUPPORT:
        return (*strong, SharedReason.SUPPORTER, SharedReason.NAME, *weak)
    return (*strong, *weak) if strong else ()


def _of_sentences(one: Claim, other: Claim) -> tuple[SharedReason, ...]:
    if one.project is not None or other.project is not None or not one.numbers:
        return ()
    if one.numbers != other.numbers or likeness(one.words, other.words) < NEAR_NAME:
        return ()
    return (SharedReason.SENTENCE,)


def _strong(one: Claim, other: Claim) -> Iterator[SharedReason]:
    if one.pictures & other.pictures:
        yield SharedReason.PICTURE
    elif one.project in other.like_projects or other.project in one.like_projects:
        yield SharedReason.LIKE_PICTURE


def _weak(one: Claim, other: Claim) -> Iterator[SharedReason]:
    if any(_is_near(here, there) for here in one.spots for there in other.spots):
        yield SharedReason.PLACE
    if one.days is not None and one.days == other.days:
        yield SharedReason.DAYS
    if one.people and one.people == other.people:
        yield SharedReason.PEOPLE
    if one.money and one.money == other.money:
        yield SharedReason.MONEY


def _is_near(here: tuple[int, int], there: tuple[int, int]) -> bool:
    return abs(here[0] - there[0]) <= _NEAR_E6 and abs(here[1] - there[1]) <= _NEAR_E6


def pairs_of(claims: Sequence[Claim]) -> list[Pair]:
    """คู่ที่อาจเป็นเรื่องเดียวกัน among many: only those that share anything are held together."""
    by_key = {(claim.report, claim.key): claim for claim in claims}
    found: dict[str, Pair] = {}
    for first, second in sorted(_sharing(claims)):
        one, other = by_key[first], by_key[second]
        reasons = reasons_of(one, other)
        if reasons:
            pair = Pair(one, other, reasons)
            found[pair.mark] = pair
    return sorted(found.values(), key=lambda pair: (-len(pair.reasons), pair.mark))


def _sharing(claims: Iterable[Claim]) -> set[tuple[tuple[int, str], tuple[int, str]]]:
    buckets: dict[object, list[Claim]] = defaultdict(list)
    for claim in claims:
        for key in _shares_of(claim):
            buckets[key].append(claim)
    found = set()
    for alike in buckets.values():
        if len(alike) > _MOST_IN_A_BUCKET:
            continue
        for one, other in combinations(alike, 2):
            if one.report != other.report:
                first, second = sorted(((one.report, one.key), (other.report, other.key)))
                found.add((first, second))
    return found


def _shares_of(claim: Claim) -> Iterator[object]:
    """By what a claim may meet another; a place by its cell of the map and those around it."""
    if claim.project is None:
        yield ("numbers", claim.numbers)
        return
    yield from (("picture", picture) for picture in claim.pictures)
    yield from (("project", project) for project in {claim.project, *claim.like_projects})
    yield from (("house", house) for house in {claim.house, *claim.supporters})
    if claim.people:
        yield ("people", claim.people)
    if claim.money:
        yield ("money", claim.money)
    if claim.days is not None:
        yield ("days", claim.days)
    for latitude, longitude in claim.spots:
        row, column = latitude // _NEAR_E6, longitude // _NEAR_E6
        for up in (-1, 0, 1):
            for right in (-1, 0, 1):
                yield ("cell", row + up, column + right)


@dataclass(frozen=True, slots=True)
class Amount:
    """ตัวเลขในส่วนพัน, of a share with its part below."""

    value: int
    of: int = 0


@dataclass(frozen=True, slots=True)
class Less:
    """รายการหักซ้ำ: of which question and of whose figure so much stands in another's already."""

    pk: int
    question: int
    counted: int
    shared: int
    amount: Amount


@dataclass(slots=True)
class _Left:
    value: int
    of: int


def less_of(lines: Iterable[Less], figures: Mapping[tuple[int, int], Amount]) -> dict[int, Amount]:
    """ยอดที่หักจริงของแต่ละรายการ, by the accepted figures of (report, question) as they are now.

    Never more than either of both gave: who is not accepted, or gave no number, counts nothing
    twice. Of several from one figure the earlier come first, and together they take no more than
    it has.
    """
    left = {key: _Left(one.value, one.of) for key, one in figures.items()}
    found = {}
    for line in sorted(lines, key=lambda one: one.pk):
        there = figures.get((line.counted, line.question))
        mine = left.get((line.shared, line.question))
        if there is None or mine is None:
            continue
        value = max(min(line.amount.value, there.value, mine.value), 0)
        # A share loses as much below as above at the least, so that it stays a share.
        of = max(min(line.amount.of, there.of, mine.of), 0)
        if mine.of:
            value, of = min(value, of), min(of, mine.of - (mine.value - min(value, of)))
        mine.value -= value
        mine.of -= of
        found[line.pk] = Amount(value, of)
    return found
