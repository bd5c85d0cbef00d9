"""สิ่งที่ขอให้ดำเนินการ: what the running text asks of its addressees, and what each is due."""

import re
from collections.abc import Sequence

from thamthan.reading.asking import (
    Clause,
    Running,
    clauses_of_deadlines,
    clauses_of_items,
    clauses_of_purpose,
    clauses_of_requests,
)
from thamthan.reading.asks import ask_of, ask_of_purpose, recipient
from thamthan.reading.model import Ask, Doubt, ObligationFinding
from thamthan.reading.signs import TITLE
from thamthan.reading.told import is_within
from thamthan.thai.correspondence import LetterKind

# "๑. นายวิชัย ทองดี   นักวิชาการ   กรรมการ": who is appointed, not what is ordered.
_MEMBER = re.compile(
    rf"\s*\S{{1,8}}\s*(?:{TITLE}[^\n]{{0,80}}|[^\n]{{0,120}}(?:กรรมการ|คณะท[ำา]งาน|เลขานุการ|ที่ปรึกษา|ประธาน)\S*\s*\Z)"
)
_ASK_UNCLEAR = "อาจเข้าใจสิ่งที่ขอไม่ตรง"
_CUT_BY_PAGE = "ข้อความต่อไปยังหน้าถัดไป"


def read_obligations(running: Running) -> tuple[tuple[ObligationFinding, ...], tuple[Doubt, ...]]:
    """สิ่งที่ขอให้ดำเนินการ: each thing asked of the addressees, with its own deadline or none.

    1. "ขอให้", "ขอความร่วมมือ" and their like open a clause, which runs to the end of its
       paragraph or to a list; joining words with a new verb divide it.
    2. What is asked of an office that is not addressed, or is only told of others, is passed over,
       as is what was asked before; of such there is something only where nothing else is asked.
    3. An item asks by itself where it wants an answer, or has a day; in an order every item does.
    4. A day outside all that makes a clause of the words before it; why something is to be done
       ("เพื่อให้ … โดยเร็ว") asks nothing.
    5. The purpose ("จึงเรียนมาเพื่อ…") says what is asked where nothing else does; an approval
       that it wants is asked in any case.

    Each clause whose cut or meaning is a judgement has a doubt.
    """
    asked, passed = clauses_of_requests(running)
    if running.layout.kind is LetterKind.ORDER and not asked:
        asked = [
            Clause(start, end)
            for start, end in running.orders.places
            if not _MEMBER.match(running.text[start:end])
        ]
    else:
        asked += clauses_of_items(running)
    asked += clauses_of_deadlines(running, asked)
    purpose = clauses_of_purpose(running, alone=not asked and not passed)
    if not asked and not purpose:
        asked = passed
    both = sorted([(clause, False) for clause in asked] + purpose)
    findings: list[ObligationFinding] = []
    doubts: list[Doubt] = []
    for clause, is_plain in both:
        found, unclear = _obligation(running, clause, is_plain=is_plain)
        if unclear:
            said = " ".join(found.text.split())[:60]
            place = f"obligations[{len(findings)}]"
            doubts.append(Doubt("obligation_unclear", (place,), f"คำขอ “{said}” ยังไม่ชัด: {unclear}"))
        findings.append(found)
    doubts += _unasked(running, findings)
    return tuple(findings), tuple(doubts)


def _unasked(running: Running, found: Sequence[ObligationFinding]) -> list[Doubt]:
    """กำหนดเวลาที่ไม่มีใครขอ: a day or a rhythm outside all that is asked may be no deadline."""
    used = {asked.deadline for asked in found}
    told = (running.told, running.of_others, running.orders.places)
    return [
        Doubt(
            "deadline_unasked",
            (f"deadlines[{which}]",),
            f"กำหนด “{' '.join(due.deadline.text.split())[:80]}” ไม่อยู่ในคำขอใด อาจไม่ใช่กำหนดส่ง",
        )
        for which, due in enumerate(running.dated)
        if due.binds
        and which not in used
        and not any(is_within(due.start, stretches) for stretches in told)
    ]


def _obligation(
    running: Running, clause: Clause, *, is_plain: bool
) -> tuple[ObligationFinding, str]:
    sheet = running.layout.sheet
    span = sheet.span(clause.start, clause.end)
    words = sheet.text[clause.start : clause.end]
    dues = [
        due
        for due in running.dues_in(clause.start, clause.end)
        if not is_within(due.start, running.told)
    ]
    due = next((due for due in dues if due.binds), dues[0] if dues else None)
    if is_plain:
        ask, sure = ask_of_purpose(words), True
    else:
        said = words if clause.verb_from is None else sheet.text[clause.verb_from : clause.end]
        ask, sure = ask_of(said, has_deadline=due is not None and due.binds)
    unclear = clause.unclear or ("" if sure else _ASK_UNCLEAR)
    end = max(clause.end - 1, clause.start)
    if len(sheet.pages) > 1 and sheet.span(end, end + 1).page != span.page:
        unclear = unclear or _CUT_BY_PAGE
    finding = ObligationFinding(
        ask=ask,
        text=sheet.words(span),
        to=recipient(words) if ask in (Ask.REPORT, Ask.PROPOSE) else None,
        deadline=running.first_due(due.start) if due else None,
        span=span,
    )
    return finding, unclear
