"""รายงานขึ้นไป: what came from below becomes the house's own letter to whoever asked."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from thamthan.directives.queries import letter_of, own_handing_of
from thamthan.errors import Refused
from thamthan.letters.actions import IncomingFile, attach_to_draft, start_draft
from thamthan.letters.models import Draft, Letter
from thamthan.letters.rules import Direction, DraftEnclosure, DraftParts, DraftReference
from thamthan.organisations.models import Post
from thamthan.organisations.rules import Duty
from thamthan.reports.models import Question, Round
from thamthan.reports.queries import (
    Reported,
    counted_questions,
    missing_words,
    reported,
    round_for,
    round_paper,
    told_of_round,
    told_sum,
    totals_of,
)
from thamthan.reports.queries.overviews import MOST_IN_HAND
from thamthan.reports.rules import QuestionKind, Sum
from thamthan.thai.dates import format_date
from thamthan.thai.digits import to_thai
from thamthan.thai.text import squeeze
from thamthan.writing.reports import write_report

_OWN_NAME, _ANNEX = "{หน่วยงาน}", "รายงานสรุปผลการดำเนินงานในภาพรวม"
# Of each text so many sentences go into the letter; all of them stand in the annex.
MOST_SENTENCES = 6


def draft_round_letter(round_: Round, *, by: Post, submission: UUID | None = None) -> Draft:
    """ร่างหนังสือรายงานผลในภาพรวม: to whoever asked, citing their letter's number and date.

    Says how many reported and who did not, what it comes to clause by clause, and in whose words.
    Nothing is worded anew. The report over all of them goes along as a file. Who signs, and to
    whom where the letter does not say, is the writer's. The same press again gives the same draft.
    """
    if not by.has_duty(Duty.ORDER):
        raise Refused("ตำแหน่งนี้ไม่มีหน้าที่รายงานผลในภาพรวม", code="not_allowed", status=403)
    row = round_for(by, round_.pk)
    now = timezone.now()
    came = reported(by, row, now=now)
    if not came.accepted:
        raise Refused("ยังไม่มีรายงานที่รับรอง จึงยังไม่มีผลให้รายงาน", code="nothing_accepted")
    if submission is not None:
        drafts = Draft.objects.filter(organisation__path=by.organisation.house_path)
        there = drafts.filter(ref=submission).first()
        if there is not None:
            return there
    # Photographs take a while to be drawn: nobody waits for a lock meanwhile.
    annex = IncomingFile(f"{_ANNEX}.pdf", write_report(round_paper(by, row, now=now)))
    with transaction.atomic():
        draft = start_draft(
            _parts_of(row, came, by=by), by=by, answers=_asked_by(row, by)[0], submission=submission
        )
        if not draft.files.exists():
            attach_to_draft(draft, [annex], by=by)
    return draft


def _parts_of(row: Round, came: Reported, *, by: Post) -> DraftParts:
    received, references = _asked_by(row, by)
    title = squeeze(row.root.title)
    body = "\n\n".join(
        [
            _begun(received, title),
            to_thai(
                f"{_OWN_NAME}ขอรายงานผลการดำเนินงานในภาพรวม โดยหน่วยงานในสังกัด{came.words} "
                f"{missing_words(by, row, came)}"
            ).strip()
            + " ดังนี้",
            *_clauses(by, row, is_told=came.owed <= MOST_IN_HAND),
            "จึงเรียนมาเพื่อโปรดพิจารณา",
        ]
    )
    return DraftParts(
        subject=f"รายงานผลการดำเนินงาน {title}"[:500],
        body=body,
        references=references,
        enclosures=(DraftEnclosure(_ANNEX, "1", "ชุด"),),
    )


def _asked_by(row: Round, by: Post) -> tuple[Letter | None, tuple[DraftReference, ...]]:
    """The letter that is answered: received, or those that the house's own letter refers to."""
    handing = own_handing_of(by, row.root)
    letter = letter_of(by, handing) if handing is not None else row.root.letter
    if letter is None or letter.organisation.path != by.organisation.house_path:
        return None, ()
    if letter.direction == Direction.RECEIVED:
        return letter, ()
    return None, tuple(
        DraftReference(one.agency, one.number, format_date(one.dated_on) if one.dated_on else "")
        for one in letter.references.all()
    )


def _begun(received: Letter | None, title: str) -> str:
    if received is None:
        return f"ตามหนังสือที่อ้างถึง ให้ดำเนินการเรื่อง{title} นั้น"
    dated = f" ลงวันที่ {format_date(received.dated_on)}" if received.dated_on else ""
    return to_thai(
        f"ตามหนังสือที่อ้างถึง {squeeze(received.sender)}แจ้งเรื่อง{squeeze(received.subject)}{dated} นั้น"
    )


def _clauses(by: Post, row: Round, *, is_told: bool) -> list[str]:
    totals = totals_of(by, row)
    counted = {one.pk for one in counted_questions(by, row)}
    groups: dict[str, list[Question]] = {}
    for question in row.questions.all():
        groups.setdefault(question.heading, []).append(question)
    # Of more houses than are in hand their own words stand in the letters of the levels between.
    texts = [one for one in row.questions.all() if one.kind == QuestionKind.TEXT and is_told]
    told_of = told_of_round(by, row, texts)
    paragraphs: list[str] = []
    for heading, questions in groups.items():
        said = [
            f"{one.text} {told_sum(by, one, totals[one.pk])}"
            for one in questions
            if one.pk in counted and totals.get(one.pk, Sum()).given
        ]
        told = [
            sentence.text
            for one in questions
            for sentence in told_of.get(one.pk, ())[:MOST_SENTENCES]
        ]
        if said or told:
            words = " ".join([f"{squeeze(heading)}", ", ".join(said), *told])
            paragraphs.append(to_thai(f"{len(paragraphs) + 1}. {squeeze(words)}"))
    return paragraphs
