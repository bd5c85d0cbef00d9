"""ตัวเลขของการรายงาน of a round: by place, by level, by round; as a table and as a chart."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.db.models import Sum as SumOf
from django.db.models.functions import TruncDate

from thamthan.letters.queries import house_of
from thamthan.organisations.models import Organisation, Post
from thamthan.organisations.rules import Level
from thamthan.reports.models import Report, Round
from thamthan.reports.queries.doors import reports_seen_by, round_for, rounds_seen_by
from thamthan.reports.rules import ReportState, Timely
from thamthan.thai.dates import format_date
from thamthan.thai.text import squeeze
from thamthan.writing import Cell, Column, StateChart, StateRow, Table

STATES = ("ทันกำหนด", "ส่งช้า", "ส่งกลับ รอส่งใหม่", "ยังไม่ส่ง")
_DIRECT = "ขึ้นตรง ไม่อยู่ในพื้นที่ใด"
_COUNTS = (
    "on_time",
    "late",
    "sent_back",
    "overdue",
    "not_due",
    "nil",
    "returns",
    "typed",
    "minutes",
)


@dataclass(frozen=True, slots=True)
class TimelyLine:
    """แถวหนึ่ง: of an area, of a house (with its report), of a level, or of a round."""

    name: str
    short_name: str
    timely: Timely
    report: Report | None = None


@dataclass(frozen=True, slots=True)
class ReportingFigures:
    """ตัวเลขของการรายงานของรอบ; `rounds` is of a repeating report alone."""

    whole: Timely
    places: list[TimelyLine]
    levels: list[TimelyLine]
    rounds: list[TimelyLine]
    are_houses: bool


def reporting_figures(post: Post, round_: Round, *, now: datetime) -> ReportingFigures:
    """ความครบถ้วน ความทันเวลา และภาระของรอบนี้, one level down from this post's house."""
    row = round_for(post, round_.pk)
    house = house_of(post)
    by = _by(house)
    rows = (
        reports_seen_by(post)
        .filter(round=row)
        .exclude(organisation__path=post.organisation.house_path)
    )
    counted = _counted(rows, (by, "level"), now=now)
    by_place: dict[Any, Timely] = defaultdict(Timely)
    by_level: dict[Any, Timely] = defaultdict(Timely)
    for (place, level), timely in counted.items():
        by_place[place] += timely
        by_level[level] += timely
    are_houses = by == "organisation_id"
    reports = {one.organisation_id: one for one in rows} if are_houses else {}
    return ReportingFigures(
        sum(by_level.values(), Timely()),
        _places(by_place, reports),
        [
            TimelyLine(str(one.label), str(one.label), by_level[one])
            for one in Level
            if one in by_level
        ],
        _rounds(post, row, now=now),
        are_houses,
    )


def _of_level(level: Level, timely: Timely) -> TimelyLine:
    return TimelyLine(str(level.label), str(level.label), timely)


def _by(house: Organisation) -> str:
    if house.level in {Level.MINISTRY, Level.DEPARTMENT}:
        return "province_id"
    return "district_id" if house.level == Level.PROVINCE else "organisation_id"


def _counted(
    rows: QuerySet[Report], by: tuple[str, ...], *, now: datetime
) -> dict[tuple[Any, ...], Timely]:
    """Counts and days of each group; thousands that took as many days are one row."""
    came = Q(state__in=[ReportState.SUBMITTED, ReportState.ACCEPTED])
    late, past = Q(first_sent_at__gt=F("due_at")), Q(due_at__lt=now)
    # Without a day nobody is late: said, since a database says neither of what is empty.
    in_time = Q(due_at=None) | Q(first_sent_at__lte=F("due_at"))
    not_past = Q(due_at=None) | Q(due_at__gte=now)
    plain = rows.order_by()
    counts: Iterable[Mapping[str, Any]] = plain.values(*by).annotate(
        on_time=Count("pk", filter=came & in_time),
        late=Count("pk", filter=came & late),
        sent_back=Count("pk", filter=Q(state=ReportState.RETURNED)),
        overdue=Count("pk", filter=Q(state=ReportState.OPEN) & past),
        not_due=Count("pk", filter=Q(state=ReportState.OPEN) & not_past),
        nil=Count("pk", filter=came & Q(is_nil=True)),
        sum_returns=SumOf("returns"),
        typed=SumOf("typed_answers"),
        minutes=SumOf("typed_minutes"),
    )
    known = list(counts)
    days = _days(plain, by)
    return {
        tuple(row[one] for one in by): Timely(
            on_time=row["on_time"],
            late=row["late"],
            sent_back=row["sent_back"],
            overdue=row["overdue"],
            not_due=row["not_due"],
            nil=row["nil"],
            returns=row["sum_returns"],
            typed=row["typed"],
            minutes=row["minutes"],
            days=days[tuple(row[one] for one in by)],
        )
        for row in known
    }


def _days(rows: QuerySet[Report], by: tuple[str, ...]) -> Mapping[tuple[Any, ...], Counter[int]]:
    groups = (
        rows.filter(first_sent_at__isnull=False)
        .annotate(
            handed=TruncDate("handing__handed_at"),
            opened=TruncDate("round__made_at"),
            came_on=TruncDate("first_sent_at"),
        )
        .values_list(*by, "handed", "opened", "came_on")
        .annotate(Count("pk"))
    )
    found: dict[tuple[Any, ...], Counter[int]] = defaultdict(Counter)
    for *key, handed, opened, came_on, count in groups:
        # A round that was opened later than the matter came is counted from its opening.
        found[tuple(key)][max((came_on - max(handed, opened)).days, 0)] += count
    return found


def _places(by_place: Mapping[Any, Timely], reports: Mapping[int, Report]) -> list[TimelyLine]:
    names = Organisation.objects.filter(pk__in=[pk for pk in by_place if pk is not None])
    lines = [
        TimelyLine(one.name, one.short_name, by_place[one.pk], reports.get(one.pk))
        for one in names.order_by("sort_key", "pk")
    ]
    if None in by_place:
        lines.append(TimelyLine(_DIRECT, _DIRECT, by_place[None]))
    return lines


def _rounds(post: Post, round_: Round, *, now: datetime) -> list[TimelyLine]:
    same = list(rounds_seen_by(post).filter(obligation=round_.obligation_id).order_by("number"))
    if len(same) == 1:
        return []
    rows = (
        reports_seen_by(post)
        .filter(round__in=same)
        .exclude(organisation__path=post.organisation.house_path)
    )
    counted = _counted(rows, ("round_id",), now=now)
    names = {one.pk: f"งวดที่ {one.number}" for one in same}
    return [TimelyLine(name, name, counted[pk,]) for pk, name in names.items() if (pk,) in counted]


def days_words(post: Post, timely: Timely) -> str:
    """“4 วัน (2–7)”: the median, and where half of them lie; empty where nothing came."""
    found = timely.quartiles
    if found is None:
        return ""
    first, middle, third = found
    return f"{middle:,} วัน" if first == third else f"{middle:,} วัน ({first:,}–{third:,})"


def hours_words(post: Post, timely: Timely) -> str:
    """ชั่วโมงภาระ: 12.5 ชม."""
    return f"{timely.hours_tenth // 10:,}.{timely.hours_tenth % 10} ชม."


def reporting_table(post: Post, round_: Round, *, now: datetime) -> Table:
    """ตารางตัวเลขของการรายงาน: a row for each place, then for each level; numbers are numbers."""
    found = reporting_figures(post, round_, now=now)
    names = (
        "ต้องรายงาน", "รายงานแล้ว", *STATES, "ในนั้นเลยกำหนด", "ไม่มีผล", "ถูกส่งกลับ (ครั้ง)",
        "วัน: ควอร์ไทล์ 1", "วัน: ค่ากลาง", "วัน: ควอร์ไทล์ 3", "คำตอบที่กรอกเอง", "ภาระโดยประมาณ (นาที)",
    )  # fmt: skip
    lines = [*found.places, *found.levels, TimelyLine("รวม", "รวม", found.whole)]
    return Table(
        title=f"ตัวเลขของการรายงาน {squeeze(round_.root.title)}",
        subtitle=f"{house_of(post).name} ข้อมูล ณ วันที่ {format_date(now.date())}",
        columns=(
            Column("พื้นที่ หน่วยงาน หรือระดับ", 24),
            *(Column(name, 8, "right") for name in names),
        ),
        rows=tuple((line.name, *_cells(line.timely)) for line in lines),
    )


def _cells(one: Timely) -> tuple[Cell, ...]:
    return (
        one.owed, one.came, one.on_time, one.late, one.sent_back, one.missing, one.overdue,
        one.nil, one.returns, *(one.quartiles or (None, None, None)), one.typed, one.minutes,
    )  # fmt: skip


def reporting_chart(
    post: Post, round_: Round, found: ReportingFigures, *, now: datetime
) -> StateChart:
    """แผนภูมิสถานะการรายงาน: each place one bar; of a house its state in words."""
    whole = found.whole
    return StateChart(
        title=f"รายงานแล้ว {whole.came:,} จาก {whole.owed:,} แห่ง ทันกำหนด {whole.on_time:,} แห่ง",
        subtitle=squeeze(f"{house_of(post).name} · {round_.root.title}")[:110],
        states=STATES,
        rows=tuple(
            StateRow(line.short_name, _of_states(line.timely), _state_words(line, found.are_houses))
            for line in found.places
        ),
        foot=f"ข้อมูล ณ วันที่ {format_date(now.date())}",
    )


def _of_states(one: Timely) -> tuple[int, ...]:
    return (one.on_time, one.late, one.sent_back, one.missing)


def _state_words(line: TimelyLine, is_house: bool) -> str:
    if not is_house:
        return ""
    return next(
        (name for name, count in zip(STATES, _of_states(line.timely), strict=True) if count), ""
    )
