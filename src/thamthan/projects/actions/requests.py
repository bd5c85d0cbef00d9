"""คำขอรับการสนับสนุนงบประมาณ: begun, given its papers, and taken back while it is one's own."""

from datetime import date

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from thamthan.errors import NotFound, Refused
from thamthan.organisations.models import Post
from thamthan.projects.actions.checks import check_live, locked_project
from thamthan.projects.models import (
    FundingChannel,
    FundingFacts,
    FundingRequest,
    Project,
    RequestPaper,
)
from thamthan.projects.rules import (
    CLOSED_REQUESTS,
    MOST_YEARS_AHEAD,
    OPEN_REQUESTS,
    AskedPaper,
    PaperNeed,
    RequestState,
    Shape,
    channel_of,
    is_paper_file,
    papers_asked,
)
from thamthan.records.actions import record, store_file
from thamthan.records.models import StoredFile
from thamthan.records.rules import Verb
from thamthan.thai.dates import FiscalYear
from thamthan.thai.text import squeeze

MOST_WHY = 1000
MOST_SATANG_ASKED = 10**15
_OPEN_NOT = (RequestState.REFUSED, RequestState.WITHDRAWN)


@transaction.atomic
def open_request(
    project: Project,
    channel: FundingChannel,
    *,
    by: Post,
    be_year: int | None = None,
    asked_satang: int | None = None,
) -> FundingRequest:
    """เริ่มคำขอ: one project by one channel, with the papers that the channel asks for.

    A paper that another request of the project has already is given here too. Does not refuse
    because of the channel's rules: what speaks against it is told on its page.
    """
    locked = locked_project(project, by=by)
    check_live(locked)
    if channel.until_on is not None and channel.until_on < timezone.localdate():
        raise Refused("หลักเกณฑ์ฉบับนี้เลิกใช้แล้ว โปรดเลือกจากรายการปัจจุบัน", code="old_channel")
    facts = channel_of(channel.facts)
    money_on = facts.earliest_money(timezone.localdate())
    year = be_year or (FiscalYear.containing(money_on).be if money_on else locked.be_year)
    _check_year(year)
    _check_amount(asked_satang)
    # The same channel in other words is still the same channel.
    there = (
        FundingRequest.objects.filter(project=locked, channel__code=channel.code, be_year=year)
        .exclude(state__in=_OPEN_NOT)
        .first()
    )
    if there is not None:
        raise Refused(
            f"มีคำขอทางนี้ของปีงบประมาณ พ.ศ. {year} อยู่แล้ว", code="request_there", request=there.pk
        )
    told = FundingFacts.objects.filter(project=locked).first()
    shapes = [Shape(one) for one in told.shapes] if told else []
    row = FundingRequest.objects.create(
        project=locked,
        organisation=locked.organisation,
        channel=channel,
        be_year=year,
        # What the project needs was typed once; an amount of its own stands before it.
        asked_satang=asked_satang or (told.needed_satang if told else None),
        made_by=by,
    )
    _put_papers(row, papers_asked(facts, shapes), by=by)
    record(Verb.REQUEST_OPENED, row, by=by, channel=channel.code, be_year=year)
    return row


def _put_papers(request: FundingRequest, asked: tuple[AskedPaper, ...], *, by: Post) -> None:
    given = _given_before(request)
    rows = []
    for position, paper in enumerate(asked, start=1):
        row = RequestPaper(
            request=request,
            position=position,
            name=paper.name,
            words=paper.why,
            is_required=paper.need == PaperNeed.REQUIRED,
        )
        kept = given.get(paper.code)
        if kept is not None:
            row.file, row.file_name = kept.file, kept.file_name
            row.given_by, row.given_at = by, timezone.now()
        rows.append(row)
    RequestPaper.objects.bulk_create(rows)


def _given_before(request: FundingRequest) -> dict[str, RequestPaper]:
    """Papers of the project's other requests, by what they are; the newest of each."""
    others = (
        RequestPaper.objects.filter(request__project=request.project_id, file__isnull=False)
        .exclude(request=request)
        .select_related("request__channel", "file")
        .order_by("given_at", "pk")
    )
    found = {}
    for row in others:
        codes = {one.name: one.code for one in channel_of(row.request.channel.facts).papers}
        if row.name in codes:
            found[codes[row.name]] = row
    return found


@transaction.atomic
def change_request(
    request: FundingRequest,
    *,
    by: Post,
    be_year: int,
    asked_satang: int | None,
    seen_version: int,
) -> FundingRequest:
    """แก้ไขคำขอ: its year and the amount asked, while it is prepared or was sent back."""
    row = locked_request(request, by=by, seen_version=seen_version)
    check_open(row)
    _check_year(be_year)
    _check_amount(asked_satang)
    twin = (
        FundingRequest.objects.filter(
            project=row.project, channel__code=row.channel.code, be_year=be_year
        )
        .exclude(pk=row.pk)
        .exclude(state__in=_OPEN_NOT)
    )
    if twin.exists():
        raise Refused(
            f"มีคำขอทางนี้ของปีงบประมาณ พ.ศ. {be_year} อยู่แล้ว", code="request_there", field="year"
        )
    if (row.be_year, row.asked_satang) == (be_year, asked_satang):
        return row
    row.be_year, row.asked_satang = be_year, asked_satang
    _touched(row)
    record(Verb.REQUEST_CHANGED, row, by=by, be_year=be_year, asked_satang=asked_satang)
    return row


@transaction.atomic
def give_paper(
    request: FundingRequest, paper_pk: int, *, by: Post, name: str, content: bytes
) -> RequestPaper:
    """แนบเอกสาร: a file for one paper of the list; another takes the place of the one before."""
    stored = kept_file(content, name, by=by)
    row = locked_request(request, by=by)
    check_open(row)
    paper = _paper(row, paper_pk)
    paper.file, paper.file_name, paper.waived_why = stored, name[:255] or "เอกสาร", ""
    paper.given_by, paper.given_at = by, timezone.now()
    paper.save()
    _touched(row)
    record(Verb.REQUEST_CHANGED, row, by=by, paper=paper.name, file=paper.file_name)
    return paper


@transaction.atomic
def waive_paper(request: FundingRequest, paper_pk: int, *, by: Post, why: str) -> RequestPaper:
    """ไม่ต้องใช้เอกสารนี้, with the reason; whoever decides reads it."""
    reason = squeeze(why)
    if not reason or len(reason) > MOST_WHY:
        raise Refused("โปรดบอกเหตุที่ไม่ต้องใช้เอกสารนี้", code="no_reason", status=400)
    row = locked_request(request, by=by)
    check_open(row)
    paper = _paper(row, paper_pk)
    paper.file, paper.file_name, paper.waived_why = None, "", reason
    paper.given_by, paper.given_at = by, timezone.now()
    paper.save()
    _touched(row)
    record(Verb.REQUEST_CHANGED, row, by=by, note=reason, paper=paper.name, waived=True)
    return paper


@transaction.atomic
def take_out_paper(request: FundingRequest, paper_pk: int, *, by: Post) -> RequestPaper:
    """เอาเอกสารออก, or what was waived back in; the stored file itself stays."""
    row = locked_request(request, by=by)
    check_open(row)
    paper = _paper(row, paper_pk)
    if paper.file_id is None and not paper.waived_why:
        return paper
    paper.file, paper.file_name, paper.waived_why = None, "", ""
    paper.given_by = paper.given_at = None
    paper.save()
    _touched(row)
    record(Verb.REQUEST_CHANGED, row, by=by, paper=paper.name, taken_out=True)
    return paper


def kept_file(content: bytes, name: str, *, by: Post) -> StoredFile:
    """The file of a paper or a decision, kept; refused where it is too large or no such file."""
    if len(content) > settings.MAX_FILE_BYTES:
        most = settings.MAX_FILE_BYTES // (1024 * 1024)
        raise Refused(
            f"ไฟล์ “{name}” ใหญ่เกิน {most} MB โปรดสแกนให้เล็กลงหรือแบ่งไฟล์",
            code="file_too_large",
            status=413,
        )
    if content and not is_paper_file(content):
        raise Refused(
            f"ไฟล์ “{name}” ไม่ใช่ PDF ภาพ หรือเอกสาร Word/Excel", code="wrong_file", status=415
        )
    return store_file(content, by=by)


def locked_request(
    request: FundingRequest, *, by: Post, seen_version: int | None = None
) -> FundingRequest:
    """The request of one's own house, its project locked before it; refused where it changed."""
    locked_project(request.project, by=by)
    FundingRequest.objects.select_for_update(no_key=True).get(pk=request.pk)
    row = FundingRequest.objects.select_related("project", "organisation", "channel").get(
        pk=request.pk
    )
    if seen_version is not None and row.version != seen_version:
        raise Refused("มีผู้แก้คำขอนี้ไปแล้วระหว่างที่ท่านเปิดอยู่ ยังไม่ได้บันทึกของท่าน", code="changed_meanwhile")
    return row


def check_open(request: FundingRequest) -> None:
    """Refuse unless the house still works on it."""
    if request.state not in OPEN_REQUESTS:
        more = "" if request.state in CLOSED_REQUESTS else " แก้ได้เมื่อส่งกลับมา หรือถอนแล้วเริ่มใหม่"
        raise Refused(
            f"คำขอนี้{RequestState(request.state).label}แล้ว จึงแก้ไม่ได้{more}", code="request_closed"
        )


def _paper(request: FundingRequest, paper_pk: int) -> RequestPaper:
    paper = request.papers.filter(pk=paper_pk).first()
    if paper is None:
        raise NotFound("ไม่พบเอกสารนี้ในคำขอ")
    return paper


def _touched(request: FundingRequest) -> None:
    request.version += 1
    request.save()


def _check_year(be_year: int) -> None:
    this_year = FiscalYear.containing(timezone.localdate()).be
    if not this_year - 1 <= be_year <= this_year + MOST_YEARS_AHEAD:
        raise Refused(
            "ปีงบประมาณนี้ไม่น่าใช่ โปรดใส่เป็น พ.ศ.", code="wrong_year", status=400, field="year"
        )


def _check_amount(asked_satang: int | None) -> None:
    if asked_satang is not None and not 0 < asked_satang <= MOST_SATANG_ASKED:
        raise Refused("จำนวนเงินที่ขอต้องมากกว่าศูนย์", code="no_amount", status=400, field="asked")


def check_past(day: date) -> None:
    """Refuse a day that is still to come."""
    if day > timezone.localdate():
        raise Refused("วันที่นี้ยังมาไม่ถึง", code="future_day", status=400, field="on")
