"""หนังสือนำส่งคำขอ: a request for money goes out by a letter, with the project's proposal enclosed."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from thamthan.errors import Refused
from thamthan.letters.actions import IncomingFile, attach_to_draft, start_draft
from thamthan.letters.actions.drafting import MOST_DRAFT_FILES
from thamthan.letters.models import Draft
from thamthan.letters.rules import (
    DraftEnclosure,
    DraftParts,
    DraftReference,
    with_fitting_opening,
)
from thamthan.organisations.models import Post
from thamthan.projects.actions.requests import locked_request
from thamthan.projects.models import FundingRequest, Project, RequestPaper
from thamthan.projects.queries.papers import MAY_ASK, CitedOrder, cited_orders, proposal_facts
from thamthan.projects.rules import RequestState
from thamthan.projects.rules.channel_list import channel_of
from thamthan.projects.rules.papers import (
    PROPOSAL,
    Surroundings,
    addressee_of,
    form_of_channel,
    is_asked_by_memo,
)
from thamthan.records.actions import record, store_file
from thamthan.records.queries import opened
from thamthan.records.rules import Verb
from thamthan.thai.correspondence import LetterKind, Urgency
from thamthan.thai.dates import format_date
from thamthan.thai.text import squeeze
from thamthan.writing.proposal_parts import baht_told_twice
from thamthan.writing.proposals import write_proposal

_OWN_NAME, _PROPOSAL_NAME = "{หน่วยงาน}", "แบบเสนอโครงการ"


@transaction.atomic
def draft_request_letter(
    request: FundingRequest, *, by: Post, submission: UUID | None = None
) -> Draft:
    """ร่างหนังสือนำส่งคำขอ: cites the orders that the project answers, with its proposal enclosed.

    Money of the house itself is asked for by a memo. The proposal is written in the channel's form
    and given to the request, unless its house gave one; the papers given go along as files. The
    draft of a request is made once: asked again, the one that there is comes back. Signs and
    sends nothing, and does not check whether the proposal is complete: its page says so.
    """
    row = locked_request(request, by=by)
    if row.draft is not None:
        return row.draft
    if row.state not in MAY_ASK:
        raise Refused(
            f"คำขอนี้{RequestState(row.state).label}แล้ว จึงไม่ร่างหนังสือนำส่งอีก",
            code="wrong_request_state",
        )
    project = Project.objects.select_related(
        "organisation", "unit", "district", "province", "made_by__person", "plan_row__plan"
    ).get(pk=row.project_id)
    papers = _papers_given(row, _proposal_paper(row, project, by=by))
    parts = _parts(row, project, cited_orders(by, project), papers)
    draft = start_draft(parts, by=by, submission=submission)
    attach_to_draft(draft, [_copy(paper) for paper in papers[:MOST_DRAFT_FILES]], by=by)
    row.draft = draft
    row.version += 1
    row.save(update_fields=["draft", "version"])
    record(Verb.REQUEST_CHANGED, row, by=by, draft=draft.pk, version=row.version)
    return draft


def _proposal_paper(request: FundingRequest, project: Project, *, by: Post) -> RequestPaper:
    """The proposal of this request: the file that its house gave, else written now and given.

    A channel whose list has no such paper gets it all the same: what is asked for must be told.
    """
    asked = channel_of(request.channel.facts)
    names = [paper.name for paper in asked.papers if paper.code == PROPOSAL]
    paper = request.papers.filter(name__in=names).select_related("file").first()
    if paper is not None and paper.file is not None:
        return paper
    facts = proposal_facts(by, project, today=timezone.localdate(), request=request)
    stored = store_file(write_proposal(facts, form=form_of_channel(asked)), by=by)
    if paper is None:
        return RequestPaper(name=_PROPOSAL_NAME, file=stored, file_name=f"{_PROPOSAL_NAME}.pdf")
    paper.file, paper.file_name, paper.waived_why = stored, f"{_PROPOSAL_NAME}.pdf", ""
    paper.given_by, paper.given_at = by, timezone.now()
    paper.save()
    return paper


def _papers_given(request: FundingRequest, proposal: RequestPaper) -> list[RequestPaper]:
    """The papers that go along, the proposal before all others."""
    given = request.papers.filter(file__isnull=False).select_related("file")
    return [proposal, *(paper for paper in given if paper.pk != proposal.pk)]


def _copy(paper: RequestPaper) -> IncomingFile:
    if paper.file is None:
        raise Refused(f"ยังไม่มีไฟล์ของ “{paper.name}”", code="no_file")
    with opened(paper.file) as stream:
        return IncomingFile(paper.file_name or paper.name, stream.read())


def _parts(
    request: FundingRequest,
    project: Project,
    orders: Sequence[CitedOrder],
    papers: Sequence[RequestPaper],
) -> DraftParts:
    name = _name(project)
    channel = channel_of(request.channel.facts)
    cited = [order for order in orders if order.letter is not None]
    proposal, *others = papers
    enclosures = [DraftEnclosure(f"{proposal.name} โครงการ{name}", "1", "ชุด")]
    enclosures += [DraftEnclosure(paper.name, "1", "ชุด") for paper in others]
    is_memo = is_asked_by_memo(channel)
    return with_fitting_opening(
        DraftParts(
            kind=LetterKind.MEMO if is_memo else LetterKind.EXTERNAL,
            subject=f"{'ขออนุมัติ' if is_memo else 'ขอรับการสนับสนุน'}งบประมาณโครงการ{name}",
            addressee=addressee_of(channel, _around(project)),
            references=tuple(_reference(order) for order in cited),
            enclosures=tuple(enclosures),
            body="\n\n".join(_body(request, project, cited, is_memo=is_memo)),
            owner_unit=project.unit.name if project.unit else "",
        )
    )


def _name(project: Project) -> str:
    """Without the word โครงการ before it, which the letter's own words say."""
    return project.name.removeprefix("โครงการ")


def _around(project: Project) -> Surroundings:
    district, province = project.district, project.province
    return Surroundings(
        project.organisation.name,
        district.name.removeprefix("อำเภอ") if district else "",
        province.name.removeprefix("จังหวัด") if province else "",
    )


def _reference(order: CitedOrder) -> DraftReference:
    letter = order.letter
    if letter is None:
        return DraftReference()
    return DraftReference(
        agency=squeeze(letter.sender) or letter.organisation.name,
        number=letter.number,
        dated=format_date(letter.dated_on) if letter.dated_on else "",
        urgency=Urgency(letter.urgency),
    )


def _body(
    request: FundingRequest, project: Project, cited: Sequence[CitedOrder], *, is_memo: bool
) -> Iterator[str]:
    """Where it comes from, what is asked for, what is enclosed, and what the reader is to do."""
    name = _name(project)
    if cited:
        told = " และ ".join(
            f"{_reference(order).agency}แจ้งเรื่อง{squeeze(order.order.title)}" for order in cited
        )
        yield f"ตามหนังสือที่อ้างถึง {told} นั้น"
        clauses = " ".join(
            f"ข้อ {answer.directive.number}" for order in cited for answer in order.answers
        )
        begun = f"{_OWN_NAME}ได้จัดทำโครงการ{name} เพื่อดำเนินการตามข้อสั่งการ {clauses} "
    else:
        yield f"ด้วย{_OWN_NAME}มีความจำเป็นต้องดำเนินโครงการ{name}"
        begun = f"ในการนี้ {_OWN_NAME}"
    asked = request.asked_satang
    amount = baht_told_twice(asked) if asked is not None else "………… บาท (…………)"
    what = "ขออนุมัติงบประมาณตาม" if is_memo else "ขอรับการสนับสนุนงบประมาณจาก"
    yield (
        f"{begun}จึง{what}{request.channel.name} ปีงบประมาณ พ.ศ. {request.be_year} "
        f"เป็นเงิน {amount} รายละเอียดปรากฏตามสิ่งที่ส่งมาด้วย"
    )
    yield f"จึงเรียนมาเพื่อโปรดพิจารณา{'อนุมัติ' if is_memo else 'ให้การสนับสนุน'}"
