"""/rounds/{id}/outstanding and /figures: what stands out, and the reporting's own figures."""

from typing import TYPE_CHECKING, Any

from django.utils import timezone
from ninja import Field, Router, Schema

from thamthan.api.kinds import Key
from thamthan.api.problems import PROBLEMS
from thamthan.api.tokens import ApiRequest
from thamthan.reports.queries import reporting_figures, round_for, standing_out
from thamthan.reports.rules import Comparing, shipped_minutes

if TYPE_CHECKING:
    from thamthan.organisations.models import Organisation
    from thamthan.reports.models import Report
    from thamthan.reports.queries import EndsLine, Flag, Repeated, TimelyLine
    from thamthan.reports.queries.standing_out import End
    from thamthan.reports.rules import Timely

router = Router(tags=["rounds"])


class PlaceOut(Schema):
    """หน่วยงานหรือพื้นที่; an area has no report of its own here."""

    organisation: str = Field(description="code")
    name: str
    report: int | None


class FlagOut(PlaceOut):
    """ข้อสังเกต: a sentence about one house or area, and of which question."""

    key: str
    about: str
    words: str


class SentenceOut(Schema):
    """ประโยคที่หลายแห่งเขียน, by the words of whoever was accepted first."""

    words: str
    said_by: list[PlaceOut]


class RepeatedOut(Schema):
    key: str
    text: str
    sentences: list[SentenceOut]


class EndOut(Schema):
    """ปลายข้างหนึ่ง: the first few who stand there, and how many more."""

    words: str
    places: list[PlaceOut]
    more: int


class EndsOut(Schema):
    """สูงสุดและต่ำสุดของคำถาม, among `of` that gave a number."""

    key: str
    about: str
    way: Comparing
    of: int
    highest: EndOut
    lowest: EndOut


class OutstandingOut(Schema):
    """สิ่งที่เด่นของรอบ, of those alone that gave a number."""

    are_areas: bool
    before: int | None = Field(description="id of the round that changes are held against")
    is_told: bool = Field(description="false where so many wrote that it was not gathered")
    flags: list[FlagOut]
    changes: list[FlagOut]
    repeated: list[RepeatedOut]
    ends: list[EndsOut]


class TimelyOut(Schema):
    """ตัวเลขของการรายงาน: what is owed came in time, late, was sent back, or is missing."""

    owed: int
    came: int
    on_time: int
    late: int
    sent_back: int
    missing: int
    overdue: int = Field(description="of those missing")
    nil: int
    returns: int
    days: list[int] | None = Field(
        description="first quartile, median, third quartile till the first sending; null of nothing"
    )
    typed: int = Field(description="answers that people typed")
    minutes: int = Field(description="reckoned by stated assumptions, not measured")


class TimelyLineOut(TimelyOut):
    name: str
    report: int | None


class FiguresOut(Schema):
    """ตัวเลขของการรายงานของรอบ, one level down from the token's house."""

    whole: TimelyOut
    are_houses: bool
    places: list[TimelyLineOut]
    levels: list[TimelyLineOut]
    rounds: list[TimelyLineOut] = Field(description="of a repeating report alone")
    source: str = Field(description="of the minutes")


@router.get("/rounds/{round_id}/outstanding", response={200: OutstandingOut, **PROBLEMS})
def get_outstanding(request: ApiRequest, round_id: Key) -> OutstandingOut:
    """สิ่งที่เด่นของรอบ: far from the others, changed the most, told by many, the two ends."""
    row = round_for(request.auth, round_id)
    found = standing_out(request.auth, row, now=timezone.now())
    return OutstandingOut(
        are_areas=found.are_areas,
        before=found.before.pk if found.before is not None else None,
        is_told=found.is_told,
        flags=[_flag(one) for one in found.flags],
        changes=[_flag(one) for one in found.changes],
        repeated=[_repeated(one) for one in found.repeated],
        ends=[_ends(one) for one in found.ends],
    )


@router.get("/rounds/{round_id}/figures", response={200: FiguresOut, **PROBLEMS})
def get_figures(request: ApiRequest, round_id: Key) -> FiguresOut:
    """ความครบถ้วน ความทันเวลา และภาระ, by place, by level and by round."""
    row = round_for(request.auth, round_id)
    found = reporting_figures(request.auth, row, now=timezone.now())
    return FiguresOut(
        whole=TimelyOut(**_timely(found.whole)),
        are_houses=found.are_houses,
        places=[_line(one) for one in found.places],
        levels=[_line(one) for one in found.levels],
        rounds=[_line(one) for one in found.rounds],
        source=shipped_minutes().source,
    )


def _flag(one: "Flag") -> FlagOut:
    return FlagOut(
        **_place(one.organisation, one.report),
        key=one.question.key,
        about=one.about,
        words=one.words,
    )


def _repeated(one: "Repeated") -> RepeatedOut:
    return RepeatedOut(
        key=one.question.key,
        text=one.question.text,
        sentences=[
            SentenceOut(
                words=each.text,
                said_by=[PlaceOut(**_place(one.organisation, one)) for one in each.reports],
            )
            for each in one.sentences
        ],
    )


def _ends(one: "EndsLine") -> EndsOut:
    return EndsOut(
        key=one.question.key,
        about=one.about,
        way=one.way,
        of=one.of,
        highest=_end(one.highest),
        lowest=_end(one.lowest),
    )


def _end(one: "End") -> EndOut:
    places = [PlaceOut(**_place(each.organisation, each.report)) for each in one.places]
    return EndOut(words=one.words, places=places, more=one.more)


def _place(organisation: "Organisation", report: "Report | None") -> dict[str, Any]:
    return {
        "organisation": organisation.code,
        "name": organisation.name,
        "report": report.pk if report is not None else None,
    }


def _line(one: "TimelyLine") -> TimelyLineOut:
    report = one.report.pk if one.report is not None else None
    return TimelyLineOut(name=one.name, report=report, **_timely(one.timely))


def _timely(one: "Timely") -> dict[str, Any]:
    return {
        "owed": one.owed,
        "came": one.came,
        "on_time": one.on_time,
        "late": one.late,
        "sent_back": one.sent_back,
        "missing": one.missing,
        "overdue": one.overdue,
        "nil": one.nil,
        "returns": one.returns,
        "days": list(one.quartiles) if one.quartiles is not None else None,
        "typed": one.typed,
        "minutes": one.minutes,
    }
