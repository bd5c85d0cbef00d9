"""แผนภูมิของรอบ: a question by place, and over the rounds; who gave no number is drawn as such."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from django.db.models import Count, QuerySet

from thamthan.letters.queries import house_of
from thamthan.organisations.models import Organisation, Post
from thamthan.organisations.rules import Level
from thamthan.projects.rules import in_digits
from thamthan.reports.models import Question, Report, Round
from thamthan.reports.queries.doors import reports_seen_by, rounds_seen_by
from thamthan.reports.queries.places import Place, places_of
from thamthan.reports.queries.tables import told_sum
from thamthan.reports.queries.totals import sum_below, totals_of
from thamthan.reports.rules import AnswerStanding, QuestionKind, ReportState, Sum
from thamthan.thai.dates import format_date
from thamthan.thai.text import squeeze
from thamthan.writing import Bar, BarChart, LineChart

MOST_ROUNDS = 12
_PER_CENT = "ร้อยละ"
_NOT_NOUGHT = "แห่งที่ยังไม่รายงานไม่นับเป็นศูนย์"


@dataclass(frozen=True, slots=True)
class Shown:
    """แถวหนึ่งของคำถาม: a house or an area, its part, of how many; without a number, why."""

    organisation: Organisation
    part: Sum
    value: Fraction | None
    words: str
    owed: int
    report: Report | None = None
    number: int | None = None

    @property
    def name(self) -> str:
        return self.organisation.name + self._own

    @property
    def label(self) -> str:
        return self.organisation.short_name + self._own

    @property
    def _own(self) -> str:
        """A district stands twice above: for the houses below it, and for its own report."""
        is_house = self.report is None or self.organisation.level == Level.LAO
        return "" if is_house else " (รายงานเอง)"


def shown_places(
    post: Post, round_: Round, question: Question, *, area: Organisation | None = None
) -> list[Shown]:
    """ทุกแห่งที่ต้องรายงานหนึ่งชั้นลงไป, in the dictionary's order: those without a number, too."""
    house = area or house_of(post)
    below = (
        reports_seen_by(post)
        .filter(round=round_)
        .exclude(organisation__path=post.organisation.house_path)
    )
    places = places_of(post, round_, question, area=area)
    # A district is an area, and a house with a report of its own: they are two.
    areas = {one.organisation.pk: one for one in places if one.report is None}
    there = {one.organisation.pk: one for one in places if one.report is not None}
    if house.level in {Level.MINISTRY, Level.DEPARTMENT}:
        found = _areas(below.exclude(giver=house), "province_id", areas, question)
    elif house.level == Level.PROVINCE:
        through = below.filter(province=house).exclude(giver=house)
        found = _areas(through, "giver_id", areas, question)
        found += _houses(below.filter(giver=house), there, question)
    else:
        found = _houses(below.filter(giver=house), there, question)
    return sorted(found, key=lambda one: (one.organisation.sort_key, one.organisation.pk))


def _areas(
    below: QuerySet[Report], by: str, there: dict[int, Place], question: Question
) -> list[Shown]:
    counts = dict(below.order_by().values_list(by).annotate(Count("pk")))
    names = Organisation.objects.in_bulk([pk for pk in counts if pk is not None])
    found = []
    for pk, area in names.items():
        part = there[pk].part if pk in there else Sum()
        why = "ดูรายแห่ง" if part.given else "ไม่มีแห่งใดมีตัวเลข"
        why = why if part.answered else "ยังไม่มีแห่งใดรายงาน"
        found.append(_shown(question, area, part, owed=counts[pk], why=why))
    return found


def _houses(below: QuerySet[Report], there: dict[int, Place], question: Question) -> list[Shown]:
    found = []
    for report in below:
        place = there.get(report.organisation_id)
        part = place.part if place is not None else Sum()
        why = _why(report) if place is None else _standing(part)
        found.append(
            _shown(
                question,
                report.organisation,
                part,
                owed=1,
                why=why,
                report=report,
                number=place.number if place is not None else None,
            )
        )
    return found


def _shown(
    question: Question,
    organisation: Organisation,
    part: Sum,
    *,
    owed: int,
    why: str,
    report: Report | None = None,
    number: int | None = None,
) -> Shown:
    value = value_of(question, part)
    words = why if value is None else _short(question, value)
    return Shown(organisation, part, value, words, owed, report, number)


def value_of(question: Question, part: Sum) -> Fraction | None:
    """ค่าที่วาด in whole units, of a share in per cent; none without a number."""
    if not part.given:
        return None
    if question.kind == QuestionKind.SHARE:
        return Fraction(part.sum_milli * 100, part.of_milli) if part.of_milli > 0 else None
    milli = part.value_milli(question.over_places)
    if milli is None and part.given == 1:
        milli = part.sum_milli
    return None if milli is None else Fraction(milli, 1000)


def _short(question: Question, value: Fraction) -> str:
    if question.kind == QuestionKind.SHARE:
        return f"{round(value * 100) / 100:.2f}"
    return in_digits(int(value * 1000))


def _why(report: Report) -> str:
    """Why an owed report stands without a number in the totals."""
    if report.accepted_number is not None:
        return "ไม่มีผล" if report.is_nil else "ไม่ได้ตอบ"
    if report.state == ReportState.SUBMITTED:
        return "รอพิจารณา"
    return "ส่งกลับให้แก้" if report.state == ReportState.RETURNED else "ยังไม่รายงาน"


def _standing(part: Sum) -> str:
    none, other = AnswerStanding.NONE, AnswerStanding.NOT_APPLICABLE
    return str((none if part.none else other).label)


def unit_of(post: Post, question: Question) -> str:
    """หน่วยของแผนภูมิ."""
    return _PER_CENT if question.kind == QuestionKind.SHARE else question.unit


def question_chart(
    post: Post,
    round_: Round,
    question: Question,
    rows: Sequence[Shown],
    *,
    now: datetime,
    area: Organisation | None = None,
) -> BarChart:
    """แผนภูมิแท่งของคำถาม by place, of rows of `shown_places`; the title says what is to be seen."""
    given = sum(row.part.given for row in rows)
    owed = sum(row.owed for row in rows)
    where = (area or house_of(post)).name
    heading = squeeze(question.heading)
    parts = [heading[:70] + ("…" if len(heading) > len(heading[:70]) else ""),
             f"หน่วย: {unit_of(post, question)}" if unit_of(post, question) else "",
             f"มีตัวเลข {given:,} จาก {owed:,} แห่ง"]  # fmt: skip
    return BarChart(
        title=_title(post, round_, question, rows, area=area),
        subtitle=" · ".join(part for part in parts if part),
        unit=unit_of(post, question),
        bars=tuple(Bar(row.label, row.value, row.words) for row in rows),
        foot=f"{where} ข้อมูล ณ วันที่ {format_date(now.date())} · {_NOT_NOUGHT}",
    )


def _title(
    post: Post,
    round_: Round,
    question: Question,
    rows: Sequence[Shown],
    *,
    area: Organisation | None,
) -> str:
    place = f"{area.short_name}: " if area is not None else ""
    known = [(row.value, row) for row in rows if row.value is not None]
    if not known:
        return f"{place}{question.text} ยังไม่มีตัวเลขที่รับรอง"
    unit = unit_of(post, question)
    total = _whole(post, round_, question, rows, area=area)
    words = [f"{place}{question.text} {told_sum(post, question, total)}"]
    most = max(value for value, _ in known)
    first = [row for value, row in known if value == most]
    if len(first) == 1 and len(known) > 1:
        told = _with_unit(first[0].words, unit)
        words.append(f"มากที่สุดที่{first[0].label} {told}")
    return squeeze(" ".join(words))


def _whole(
    post: Post,
    round_: Round,
    question: Question,
    rows: Sequence[Shown],
    *,
    area: Organisation | None,
) -> Sum:
    if area is not None:
        return sum((row.part for row in rows), Sum())
    return totals_of(post, round_).get(question.pk, Sum())


def rounds_chart(post: Post, round_: Round, question: Question) -> LineChart | None:
    """แผนภูมิเส้นของคำถามตลอดทุกงวด of a repeating report; none where there is one round alone.

    The last twelve; a round in which nobody gave a number breaks the line.
    """
    rounds = list(
        rounds_seen_by(post)
        .filter(obligation=round_.obligation_id)
        .order_by("-number")[:MOST_ROUNDS]
    )[::-1]
    asked = {
        one.round_id: one for one in Question.objects.filter(round__in=rounds, key=question.key)
    }
    points = []
    for each in rounds:
        same = asked.get(each.pk)
        total = sum_below(post, each, same) if same is not None else Sum()
        value = value_of(same, total) if same is not None else None
        words = "ยังไม่มียอด" if same is None or value is None else _short(same, value)
        points.append(Bar(f"งวดที่ {each.number}", value, words))
    if len(points) == 1:
        return None
    unit = unit_of(post, question)
    return LineChart(
        title=_line_title(question, points, unit),
        subtitle=f"{house_of(post).name} · หน่วย: {unit}" if unit else house_of(post).name,
        unit=unit,
        points=tuple(points),
        foot=f"แต่ละงวดรวมเฉพาะแห่งที่รับรองแล้ว {_NOT_NOUGHT}",
    )


def _line_title(question: Question, points: Sequence[Bar], unit: str) -> str:
    known = [point for point in points if point.value is not None]
    if not known:
        return f"{question.text} ยังไม่มีตัวเลขในงวดใด"
    first, last = known[0], known[-1]
    if first is last or first.value is None or last.value is None:
        return f"{question.text} {_with_unit(last.words, unit)} ใน{last.label}"
    move = "เท่าเดิม"
    if first.value != last.value:
        move = "เพิ่มขึ้น" if last.value > first.value else "ลดลง"
    then, now = _with_unit(first.words, unit), _with_unit(last.words, unit)
    return f"{question.text}{move} จาก {then} ใน{first.label} เป็น {now} ใน{last.label}"


def _with_unit(words: str, unit: str) -> str:
    return squeeze(f"{unit} {words}" if unit == _PER_CENT else f"{words} {unit}")
