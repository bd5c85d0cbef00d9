"""เอกสารของโครงการ: what it costs and what forms ask is kept; a request's letter is drafted."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
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
from thamthan.projects.actions.checks import check_live, locked_project
from thamthan.projects.models import CostItem, FormAnswer, FundingRequest, Project, RequestPaper
from thamthan.projects.queries.papers import MAY_ASK, CitedOrder, cited_orders, proposal_facts
from thamthan.projects.rules import RequestState
from thamthan.projects.rules.papers import asked_of, form_of_channel, is_asked_by_memo
from thamthan.records.actions import record
from thamthan.records.queries import opened
from thamthan.records.rules import Verb
from thamthan.thai.correspondence import LetterKind, Urgency
from thamthan.thai.dates import format_date
from thamthan.thai.text import squeeze
from thamthan.writing.proposal_forms import proposal_forms
from thamthan.writing.proposal_parts import baht_told_twice
from thamthan.writing.proposals import write_proposal

MOST_COSTS, MOST_ANSWER = 100, 5_000
MOST_SATANG = 10**15
_OWN_NAME = "{หน่วยงาน}"


@dataclass(frozen=True, slots=True)
class CostWords:
    """รายการค่าใช้จ่าย as a person gives it; no satang is not known yet."""

    name: str
    satang: int | None = None
    reckoning: str = ""


@transaction.atomic
def set_costs(
    project: Project, costs: Sequence[CostWords], *, by: Post, seen_version: int | None = None
) -> Project:
    """กำหนดรายการค่าใช้จ่าย: exactly these, in this order. Says nothing of money that there is."""
    rows = [_cost(at, cost) for at, cost in enumerate(costs, start=1)]
    if len(rows) > MOST_COSTS:
        raise Refused(f"ใส่ได้ไม่เกิน {MOST_COSTS} รายการ", code="too_many", status=400)
    with _part(project, "costs", by=by, seen_version=seen_version) as locked:
        locked.costs.all().delete()
        for row in rows:
            row.project = locked
        CostItem.objects.bulk_create(rows)
    return locked


def _cost(position: int, cost: CostWords) -> CostItem:
    name, reckoning = squeeze(cost.name), squeeze(cost.reckoning)
    if not name:
        raise Refused(f"รายการที่ {position} ยังไม่มีชื่อ", code="no_name", status=400)
    if len(name) > 500 or len(reckoning) > 300:
        raise Refused(f"รายการที่ {position} ยาวเกินไป", code="long_words", status=400)
    if cost.satang is not None and not 0 <= cost.satang <= MOST_SATANG:
        raise Refused(f"จำนวนเงินของ “{name}” ไม่น่าใช่", code="wrong_amount", status=400)
    return CostItem(position=position, name=name, reckoning=reckoning, satang=cost.satang)


@transaction.atomic
def answer_form(
    project: Project,
    answers: Mapping[str, str],
    *,
    by: Post,
    seen_version: int | None = None,
) -> Project:
    """ตอบข้อที่แบบถาม: these asks are answered so; an empty answer takes the one before away."""
    known = {key for form in proposal_forms() for key in form.asks}
    if not answers.keys() <= known:
        raise Refused("แบบไม่มีข้อถามนี้", code="unknown_ask", status=400)
    with _part(project, "form_answers", by=by, seen_version=seen_version) as locked:
        for key, words in answers.items():
            said = words.strip()
            if len(said) > MOST_ANSWER:
                raise Refused(f"คำตอบยาวเกิน {MOST_ANSWER:,} ตัวอักษร", code="long_words", status=400)
            if said:
                FormAnswer.objects.update_or_create(
                    project=locked, key=key, defaults={"words": said}
                )
            else:
                locked.form_answers.filter(key=key).delete()
    return locked


@transaction.atomic
def draft_request_letter(
    request: FundingRequest, *, by: Post, submission: UUID | None = None
) -> Draft:
    """ร่างหนังสือนำส่งคำขอ: cites the orders that the project answers, with its proposal enclosed.

    A channel inside the house gets a memo. Papers given to the request go along as files. The
    draft of a request is made once: asked again, the one that there is comes back. Signs and
    sends nothing, and does not check whether the proposal is complete: its page says so.
    """
    project = locked_project(request.project, by=by)
    FundingRequest.objects.select_for_update(no_key=True).get(pk=request.pk)
    row = FundingRequest.objects.select_related("channel", "draft", "organisation").get(
        pk=request.pk
    )
    if row.draft is not None:
        return row.draft
    if row.state not in MAY_ASK:
        raise Refused(
            f"คำขอนี้{RequestState(row.state).label}แล้ว จึงไม่ร่างหนังสือนำส่งอีก",
            code="wrong_request_state",
        )
    today = timezone.localdate()
    facts = proposal_facts(by, project, today=today, request=row)
    proposal = write_proposal(facts, form=form_of_channel(row.channel.facts))
    papers = [paper for paper in row.papers.select_related("file") if paper.file is not None]
    parts = _parts(row, project, cited_orders(by, project), papers)
    draft = start_draft(parts, by=by, submission=submission)
    files = [IncomingFile(_file_name(project.name), proposal)]
    files += [_copy(paper) for paper in papers[: MOST_DRAFT_FILES - 1]]
    attach_to_draft(draft, files, by=by)
    row.draft = draft
    row.version += 1
    row.save(update_fields=["draft", "version"])
    record(Verb.REQUEST_CHANGED, row, by=by, draft=draft.pk, version=row.version)
    return draft


def _copy(paper: RequestPaper) -> IncomingFile:
    assert paper.file is not None  # noqa: S101  # only those with one are copied
    with opened(paper.file) as stream:
        return IncomingFile(paper.file_name or paper.name, stream.read())


def _file_name(name: str) -> str:
    return f"แบบเสนอโครงการ {name}"[:120] + ".pdf"


def _parts(
    request: FundingRequest,
    project: Project,
    orders: Sequence[CitedOrder],
    papers: Sequence[RequestPaper],
) -> DraftParts:
    name = project.name.removeprefix("โครงการ")
    cited = [order for order in orders if order.letter is not None]
    enclosures = [DraftEnclosure(f"แบบเสนอโครงการ{name}", "1", "ชุด")]
    enclosures += [DraftEnclosure(paper.name, "1", "ชุด") for paper in papers]
    return with_fitting_opening(
        DraftParts(
            kind=LetterKind.MEMO
            if is_asked_by_memo(request.channel.facts)
            else LetterKind.EXTERNAL,
            subject=f"ขอรับการสนับสนุนงบประมาณโครงการ{name}",
            addressee=asked_of(request.channel.facts),
            references=tuple(_reference(order) for order in cited),
            enclosures=tuple(enclosures),
            body="\n\n".join(_body(request, project, cited)),
            owner_unit=project.unit.name if project.unit else "",
        )
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


def _body(request: FundingRequest, project: Project, cited: Sequence[CitedOrder]) -> Iterator[str]:
    """Where it comes from, what is asked for, what is enclosed, and what the reader is to do."""
    name = project.name.removeprefix("โครงการ")
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
    yield (
        f"{begun}จึงขอรับการสนับสนุนงบประมาณจาก{request.channel.name} "
        f"ปีงบประมาณ พ.ศ. {request.be_year} เป็นเงิน {amount} "
        "รายละเอียดปรากฏตามสิ่งที่ส่งมาด้วย"
    )
    yield "จึงเรียนมาเพื่อโปรดพิจารณาให้การสนับสนุน"


@contextmanager
def _part(project: Project, part: str, *, by: Post, seen_version: int | None) -> Iterator[Project]:
    """One part of a project of one's own: locked before, its version and history written after."""
    locked = locked_project(project, by=by, seen_version=seen_version)
    check_live(locked)
    yield locked
    locked.version += 1
    locked.save(update_fields=["version"])
    record(Verb.PROJECT_CHANGED, locked, by=by, changed=[part], version=locked.version)
