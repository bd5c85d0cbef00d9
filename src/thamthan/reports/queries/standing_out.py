"""สิ่งที่เด่น: of the accepted figures of a round, what whoever reads them should look at first."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from thamthan.directives.rules import Better
from thamthan.organisations.models import Organisation, Post
from thamthan.projects.models import Residents
from thamthan.projects.rules import in_digits
from thamthan.reports.models import Question, Report, Round
from thamthan.reports.queries.doors import round_for, rounds_seen_by
from thamthan.reports.queries.places import Place, places_of_all
from thamthan.reports.queries.tables import counted_questions
from thamthan.reports.queries.telling import Sentence, told_of_round
from thamthan.reports.queries.totals import reported
from thamthan.reports.rules import (
    SHARES,
    Change,
    Comparing,
    Far,
    Fill,
    QuestionKind,
    amount_of,
    better_of,
    changes_of,
    ends_of,
    far_from_others,
    of_plan,
    per_head,
    way_of,
)
from thamthan.thai.text import squeeze

# What nobody reads further than this.
MOST_FLAGS, MOST_CHANGES, MOST_REPEATED, MOST_AT_AN_END = 40, 10, 30, 4
# Beyond so many houses what they told is gathered where it is judged.
MOST_TOLD_OF = 200
_DONE = frozenset({Fill.PAID, Fill.COMMITTED})
_PLANNED = (Fill.APPROVED, Fill.PLANNED)
_HEADED = frozenset({"คน", "ราย"})


@dataclass(frozen=True, slots=True)
class Flag:
    """ข้อสังเกตหนึ่งบรรทัด: a sentence about one house or area, and where it leads."""

    organisation: Organisation
    report: Report | None
    question: Question
    words: str

    @property
    def about(self) -> str:
        return _about(self.question)


@dataclass(frozen=True, slots=True)
class End:
    """ปลายข้างหนึ่ง: who stands there (the first few, and how many more), and with what."""

    places: tuple[Place, ...]
    more: int
    words: str


@dataclass(frozen=True, slots=True)
class EndsLine:
    """สูงสุดและต่ำสุดของคำถามหนึ่ง, by one way of comparing, among so many with a number.

    `better` says which end is meant to be reached; empty where neither is, or where the size of a
    house decides.
    """

    question: Question
    way: Comparing
    highest: End
    lowest: End
    of: int
    better: str = ""

    @property
    def best(self) -> End:
        return self.lowest if self.better == Better.LESS else self.highest

    @property
    def worst(self) -> End:
        return self.highest if self.better == Better.LESS else self.lowest

    @property
    def about(self) -> str:
        return _about(self.question)


@dataclass(frozen=True, slots=True)
class Repeated:
    """เรื่องที่หลายแห่งกล่าวถึง, of one question, what most said first."""

    question: Question
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class StandingOut:
    """สิ่งที่เด่นของรอบ; `before` is the round that changes are held against, where there is one.

    `judged` are the lines with a best and a worst end, `ends` those with a highest and a lowest.
    `is_told` says whether what the houses wrote was gathered: of very many it is not.
    """

    flags: list[Flag]
    changes: list[Flag]
    repeated: list[Repeated]
    judged: list[EndsLine]
    ends: list[EndsLine]
    before: Round | None
    is_told: bool
    are_areas: bool


@dataclass(frozen=True, slots=True)
class _Compared:
    """One question's places by one way: their amounts, by organisation."""

    question: Question
    way: Comparing
    places: Mapping[int, Place]
    amounts: Mapping[int, Fraction]


def standing_out(post: Post, round_: Round, *, now: datetime) -> StandingOut:
    """สิ่งที่เด่นของรอบนี้, one level down from this post's house: of those that gave a number."""
    row = round_for(post, round_.pk)
    questions = counted_questions(post, row)
    places = places_of_all(post, row, questions)
    compared = list(_compared(questions, places))
    lines = [line for one in compared if (line := _ends_line(one)) is not None]
    before = round_before(post, row)
    is_told = reported(post, row, now=now).accepted <= MOST_TOLD_OF
    return StandingOut(
        flags=_flags(compared)[:MOST_FLAGS],
        changes=[] if before is None else _changes(post, before, compared)[:MOST_CHANGES],
        repeated=list(_repeated(post, row)) if is_told else [],
        judged=[line for line in lines if line.better],
        ends=[line for line in lines if not line.better],
        before=before,
        is_told=is_told,
        are_areas=any(one.report is None for found in places.values() for one in found),
    )


def round_before(post: Post, round_: Round) -> Round | None:
    """งวดก่อนของรอบนี้, as far as this post sees it."""
    earlier = rounds_seen_by(post).filter(obligation=round_.obligation_id, number__lt=round_.number)
    return earlier.order_by("-number").first()


def _about(question: Question) -> str:
    """ข้อ 2 ผู้รับประโยชน์: the clause by its number, as far as it has one."""
    number = squeeze(question.heading).split(" ", 1)[0]
    return f"ข้อ {number} {question.text}" if number[:1].isdigit() else question.text


def _amount_words(question: Question, way: Comparing, amount: Fraction) -> str:
    """ค่าที่เทียบเป็นคำ: ร้อยละ 12.50 · เฉลี่ยแห่งละ 3.4 คน · 1,200 บาท."""
    if way in SHARES:
        return f"ร้อยละ {round(amount * 10_000) / 100:.2f}"
    number = in_digits(round(amount * 100) * 10 if way != Comparing.AMOUNT else int(amount * 1000))
    words = f"{number} {question.unit}".strip()
    if way == Comparing.MEAN:
        return f"เฉลี่ยแห่งละ {words}"
    return f"{words} ต่อประชากร 1,000 คน" if way == Comparing.PER_HEAD else words


def _compared(
    questions: Sequence[Question], places: Mapping[int, Sequence[Place]]
) -> Iterator[_Compared]:
    """Areas with areas and houses with houses: a district is no peer of a house."""
    people = _people(one for found in places.values() for one in found)
    planned = {
        (one.directive_id, one.fill): places.get(one.pk, ())
        for one in questions
        if one.fill in _PLANNED
    }
    for question in questions:
        for is_area in (True, False):
            mine = {
                one.organisation.pk: one
                for one in places.get(question.pk, ())
                if (one.report is None) == is_area
            }
            way = way_of(question.kind, is_area=is_area)
            amounts = {
                key: amount_of(one.part, question.over_places, way) for key, one in mine.items()
            }
            yield _Compared(question, way, mine, _known(amounts))
            if question.fill in _DONE:
                against = _planned_of(question, planned, is_area=is_area)
                shares = {
                    key: of_plan(one.part, against[key].part)
                    for key, one in mine.items()
                    if key in against
                }
                yield _Compared(question, Comparing.OF_PLAN, mine, _known(shares))
            if question.unit in _HEADED and not is_area:
                heads = {key: per_head(one.part, people.get(key)) for key, one in mine.items()}
                yield _Compared(question, Comparing.PER_HEAD, mine, _known(heads))


def _known(amounts: Mapping[int, Fraction | None]) -> dict[int, Fraction]:
    return {key: amount for key, amount in amounts.items() if amount is not None}


def _planned_of(
    question: Question,
    planned: Mapping[tuple[int | None, str], Sequence[Place]],
    *,
    is_area: bool,
) -> dict[int, Place]:
    for fill in _PLANNED:
        if (question.directive_id, fill) in planned:
            places = planned[question.directive_id, fill]
            return {one.organisation.pk: one for one in places if (one.report is None) == is_area}
    return {}


def _people(places: Iterable[Place]) -> dict[int, int]:
    """How many live there, by house, as the house itself last said."""
    houses = {one.organisation.pk for one in places if one.report is not None}
    rows = Residents.objects.filter(organisation__in=houses).order_by("as_of", "pk")
    return dict(rows.values_list("organisation_id", "people"))


def _flags(compared: Sequence[_Compared]) -> list[Flag]:
    found: dict[tuple[int, int], Flag] = {}
    for one in compared:
        for far in far_from_others(one.amounts, are_shares=one.way in SHARES):
            # Far by the number and far by the head is one thing to look at.
            found.setdefault((far.key, one.question.pk), _flag(one, far))
    return list(found.values())


def _flag(one: _Compared, far: Far) -> Flag:
    place = one.places[far.key]

    def told(amount: Fraction) -> str:
        return _told(one, amount)

    side = "สูงกว่า" if far.is_above else "ต่ำกว่า"
    usual = (
        f"อีก {far.others} แห่ง ส่วนใหญ่อยู่ที่ {told(far.middle)}"
        if far.low == far.high
        else f"อีก {far.others} แห่ง ครึ่งหนึ่งอยู่ระหว่าง {told(far.low)} ถึง {told(far.high)}"
    )
    return Flag(
        place.organisation,
        place.report,
        one.question,
        f"{told(far.amount)} {side}ที่อื่นมาก {usual}",
    )


def _told(one: _Compared, amount: Fraction) -> str:
    return squeeze(_amount_words(one.question, one.way, amount))


def _changes(post: Post, before: Round, compared: Sequence[_Compared]) -> list[Flag]:
    """What changed the most, measured by the largest of its question: the same for any unit."""
    earlier = {one.key: one for one in counted_questions(post, before)}
    old = {
        (one.question.key, one.way, key): amount
        for one in _compared(
            list(earlier.values()), places_of_all(post, before, list(earlier.values()))
        )
        for key, amount in one.amounts.items()
    }
    found: list[tuple[Fraction, Flag]] = []
    for one in compared:
        if one.way in {Comparing.OF_PLAN, Comparing.PER_HEAD}:
            continue
        then = {
            key: old[one.question.key, one.way, key]
            for key in one.amounts
            if (one.question.key, one.way, key) in old
        }
        whole = max((abs(each) for each in (*one.amounts.values(), *then.values())), default=None)
        found += [
            (abs(change.by) / whole if whole else Fraction(0), _changed(one, change))
            for change in changes_of(one.amounts, then)[:2]
        ]
    return [flag for _, flag in sorted(found, key=lambda pair: -pair[0])]


def _changed(one: _Compared, change: Change) -> Flag:
    place = one.places[change.key]
    way = "เพิ่มขึ้น" if change.by > 0 else "ลดลง"
    by = (
        f"{round(abs(change.by) * 10_000) / 100:.2f} จุด"
        if one.way in SHARES
        else _told(one, abs(change.by))
    )
    return Flag(
        place.organisation,
        place.report,
        one.question,
        f"จาก {_told(one, change.before)} เป็น {_told(one, change.now)} ({way} {by})",
    )


def _repeated(post: Post, round_: Round) -> Iterator[Repeated]:
    """Obstacles and suggestions that more than one house wrote, in nearly the same words."""
    texts = [
        one
        for one in round_.questions.all()
        if one.kind == QuestionKind.TEXT and one.fill == Fill.NOTHING
    ]
    told = told_of_round(post, round_, texts)
    for question in texts:
        said = (one for one in told[question.pk] if len(one.reports) > 1)
        sentences = tuple(said)[:MOST_REPEATED]
        if sentences:
            yield Repeated(question, sentences)


def _ends_line(one: _Compared) -> EndsLine | None:
    ends = ends_of(one.amounts)
    if ends is None:
        return None
    return EndsLine(
        one.question,
        one.way,
        _end(one, ends.highest, ends.most),
        _end(one, ends.lowest, ends.least),
        ends.of,
        better_of(one.way, _better(one.question), most=ends.most),
    )


def _better(question: Question) -> str:
    return question.indicator.better if question.indicator is not None else ""


def _end(one: _Compared, keys: Sequence[int], amount: Fraction) -> End:
    places = tuple(one.places[key] for key in keys[:MOST_AT_AN_END])
    return End(places, max(len(keys) - MOST_AT_AN_END, 0), _told(one, amount))
