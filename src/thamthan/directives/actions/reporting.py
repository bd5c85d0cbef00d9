"""The house's answers become a letter to whoever gave the order, clause by clause."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from thamthan.directives.actions.moving import check_acts_for
from thamthan.directives.models import Handing
from thamthan.directives.queries import ClauseLine, clause_lines, letter_of
from thamthan.directives.rules import AssignmentState, RemarkKind
from thamthan.errors import Refused
from thamthan.letters.actions import start_draft
from thamthan.letters.models import Draft
from thamthan.letters.rules import Direction, DraftParts
from thamthan.organisations.models import Post
from thamthan.organisations.rules import Level
from thamthan.reading.model import Ask
from thamthan.thai.digits import to_thai
from thamthan.thai.text import squeeze

_OWN_NAME = "{หน่วยงาน}"


@transaction.atomic
def draft_answer_letter(handing: Handing, *, by: Post, submission: UUID | None = None) -> Draft:
    """ร่างหนังสือรายงานผล: a draft that answers the letter received, with every answer given so far.

    Who signs is the writer's to fill in; nothing is sent by it, and no task moves.
    """
    check_acts_for(handing, by)
    if handing.level == Level.DIVISION:
        raise Refused("กองส่งผลในหน่วยงาน ไม่ต้องร่างหนังสือ", code="wrong_division", status=400)
    letter = letter_of(by, handing)
    if letter is None or letter.direction != Direction.RECEIVED:
        raise Refused("ยังไม่มีหนังสือรับของเรื่องนี้ในทะเบียน โปรดลงรับก่อนร่างหนังสือตอบ", code="no_letter")
    lines = [
        line for line in clause_lines(by, handing, now=timezone.now()) if line.answer is not None
    ]
    if not lines:
        raise Refused("ยังไม่มีผลที่ส่งไว้ โปรดส่งผลอย่างน้อยหนึ่งข้อก่อน", code="no_answers")
    begun = f"ตามหนังสือที่อ้างถึง {squeeze(letter.sender)}แจ้งเรื่อง{letter.subject} นั้น"
    told = f"{_OWN_NAME}ขอรายงานผลการดำเนินการ ดังนี้"
    body = "\n\n".join([begun, told, *_items(lines), "จึงเรียนมาเพื่อโปรดพิจารณา"])
    return start_draft(DraftParts(body=body), by=by, answers=letter, submission=submission)


def _items(lines: Sequence[ClauseLine]) -> list[str]:
    return [f"{to_thai(str(at))}. {_item(line)}" for at, line in enumerate(lines, start=1)]


def _item(line: ClauseLine) -> str:
    asked = line.task.obligation
    clause = asked.directive
    if clause is not None:
        head = f"ข้อ {to_thai(clause.number)} {squeeze(clause.text)}"
    else:
        head = Ask(asked.ask).label
    said = squeeze(line.answer.text) if line.answer is not None else ""
    kind = line.answer.kind if line.answer is not None else ""
    if line.task.state == AssignmentState.NIL or kind == RemarkKind.NIL:
        said = f"ไม่มีผลการดำเนินการ เนื่องจาก{said}"
    elif line.task.state == AssignmentState.DECLINED or kind == RemarkKind.DECLINE:
        said = f"{_OWN_NAME}ไม่มีภารกิจนี้ เนื่องจาก{said}"
    return to_thai(f"{head} : {said}")
