"""สิ่งที่ขอให้ดำเนินการ: what the running text asks of its addressees, and what each is due."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from thamthan.reading.items import Orders
from thamthan.reading.layout import Layout
from thamthan.reading.model import Ask, Deadline, ObligationFinding
from thamthan.reading.signs import AM, OFFICE, OFFICE_LINE, POST
from thamthan.thai.correspondence import LetterKind

_FAR = 4000
_LONGEST = 1500
_TOLD = re.compile(r"^[ \t]*(?:ตามที่|ตามหนังสือ|อนุสนธิ|สืบเนื่องจาก)", re.MULTILINE)
_THAT_WAS = re.compile(r"นั้น(?=\s|\Z)|\n[ \t]*\n")
_TRIGGER = re.compile(
    r"(?:จึง|ใคร่|จัก)?\s?(?:ขอให้|ขอความ(?:ร่วมมือ|อนุเคราะห์|กรุณา)(?:จาก|ให้)?|ขอได้โปรด|(?:ขอ)?โปรด|กรุณา"
    r"|ทั้งนี้\s*(?:ขอ)?ให้|จึงให้|ให้ท่าน)\s?"
)
_ENDS = re.compile(r"\n[ \t]*\n|\n\s*(?=จึง|ในการนี้|ทั้งนี้|บัดนี้|อนึ่ง|ขอแสดง)|(?:ดังนี้|ดังต่อไปนี้)\s*\n")
_JOINT = re.compile(
    rf"(?:รวมถึง|รวมทั้ง|ตลอดจน|พร้อม(?:ทั้ง|กับ)?|แล้ว|และ)\s?(?:ขอ)?(?:ให้)?\s?(?=(?:โปรด|รายงาน|จัดเตรียม|จัดท{AM}|จัดส่ง"
    rf"|ส่ง(?!เสริม)|แจ้ง|เสนอ|อนุญาต|ประชาสัมพันธ์|มอบหมาย|ตอบ|กรอก|ก{AM}ชับ|ถือปฏิบัติ))"
)
_SHORTEST = 20
_BOUND = re.compile(
    r"(?:จัด)?ส่ง(?!เสริม)|รายงาน|แจ้ง|ยืนยัน|กรอก|ตอบ|เสนอ|ขอให้|ให้|ต้อง|สมัคร|ด[ำา]เนินการ|ช[ำา]ระ"
)
_PROPOSE = re.compile(
    rf"จัดเตรียมแผน|(?:จัดท{AM}|ส่ง|เสนอ|จัดเตรียม)(?:แผนงาน|แผน|โครงการ|ค{AM}ขอ|งบประมาณ|ข้อเสนอ)|เสนอขอ|ขอรับการสนับสนุนงบ"
)
_REPORT = re.compile(
    r"รายงาน|แจ้งผล|ส่งผล|แจ้ง(?:ราย)?ชื่อ|(?:จัด)?ส่ง(?!เสริม)|กรอก|ตอบแบบ|ตอบรับ|แจ้งยืนยัน|ยืนยัน|แจ้งตอบ"
)
_INFORM = re.compile(
    r"(?:โปรด|เพื่อ|รับ)ทราบ|\Aทราบ|แจ้ง(?:ให้|เวียน|ข้าราชการ|บุคลากร|ผู้|พนักงาน|หน่วยงาน|ท่าน)|ประชาสัมพันธ์"
)
_TO = re.compile(
    rf"(?:ให้|ต่อ|ถึง|ไปยัง|มายัง|ไปที่|มาที่)\s?(?P<to>(?:{OFFICE}|{POST})(?:\S|\n(?=[ก-๎])){{0,80}}?)"
    r"(?=[ \t]|ภายใน|ทราบ|ก่อน|โดย|เพื่อ|ทุก|พิจารณา|\Z)"
    r"|รายงาน\s(?P<short>[ก-ฮ.]{2,12})\s+(?=ภายใน|ก่อน|ทุก)"
)
_PLAIN = re.compile(rf"(?:เพื่อ)?\s?(?:โปรด)?\s?(?:ทราบ|พิจารณา|ด{AM}เนินการ|อนุมัติ|อนุญาต|สั่งการ|ถือปฏิบัติ)")


@dataclass(frozen=True, slots=True)
class Dated:
    """A deadline and the stretch of the view where its words stand."""

    deadline: Deadline
    start: int
    end: int


def told_before(layout: Layout) -> tuple[tuple[int, int], ...]:
    """ความเดิม: the stretches "ตามที่ … นั้น" that tell what was asked earlier, and ask nothing now."""
    text = layout.sheet.text
    start, end = layout.body
    told: list[tuple[int, int]] = []
    closed: re.Match[str] | None = None
    for opened in _TOLD.finditer(text, start, end):
        if told and opened.start() < told[-1][1]:
            continue
        if closed is None or closed.start() < opened.end():
            closed = _THAT_WAS.search(text, opened.end(), end)
        if closed is None:
            break
        if closed.group() == "นั้น" and closed.end() - opened.end() < _FAR:
            told.append((opened.start(), closed.end()))
    return tuple(told)


def is_within(place: int, stretches: Sequence[tuple[int, int]]) -> bool:
    """Whether a place lies in one of the stretches, which come in order."""
    which = bisect_right(stretches, (place, 1 << 62)) - 1
    return which >= 0 and stretches[which][0] <= place < stretches[which][1]


def read_obligations(
    layout: Layout,
    *,
    orders: Orders,
    addressees: Sequence[str],
    dated: Sequence[Dated],
    told: Sequence[tuple[int, int]],
) -> tuple[ObligationFinding, ...]:
    """สิ่งที่ขอให้ดำเนินการ: each thing asked of the addressees, with its own deadline or none.

    1. "ขอให้", "โปรด" and their like open a clause; joining words with a new verb divide it.
    2. What is asked of an office that is not addressed is passed over, as is what was asked before.
    3. A deadline in no clause makes one of the words before it.
    4. Where nothing is asked so, the purpose ("จึงเรียนมาเพื่อ…") says what is.
    """
    found = list(_clauses(layout, orders, addressees, told))
    found += _clauses_of_deadlines(layout, dated, found, told)
    if not found and layout.kind is LetterKind.ORDER:
        found = list(orders.places)
    if not found:
        found = _purpose(layout)
    found.sort()
    dues = [due.start for due in dated]
    return tuple(_obligation(layout, start, end, dues) for start, end in found)


def _clauses(
    layout: Layout,
    orders: Orders,
    addressees: Sequence[str],
    told: Sequence[tuple[int, int]],
) -> Iterator[tuple[int, int]]:
    text = layout.sheet.text
    start, end = layout.body
    purpose = layout.foot.purpose
    done = start
    for trigger in _TRIGGER.finditer(text, start, end):
        at = trigger.start()
        if at < done or is_within(at, told) or is_within(at, orders.places):
            continue
        if _asked_of_another(text, trigger.end(), end, addressees):
            continue
        stop = _stop(text, trigger.end(), end, orders)
        if purpose and purpose[0] <= at < purpose[1] and _PLAIN.match(text, trigger.end()):
            # "โปรดพิจารณา และโปรดแจ้ง…": only what follows the plain purpose is an obligation.
            joint = _JOINT.search(text, trigger.end(), stop)
            if joint is None:
                continue
            at = joint.end()
        yield from _divided(text, at, stop)
        done = stop


def _stop(text: str, start: int, end: int, orders: Orders) -> int:
    limit = min(start + _LONGEST, end)
    ends = _ENDS.search(text, start, limit)
    stop = ends.start() if ends else limit
    place = bisect_left(orders.places, (start, start))
    return min(stop, orders.places[place][0]) if place < len(orders.places) else stop


def _divided(text: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
    """One clause for each thing asked; a joining word counts when enough stands before it."""
    first = start
    for joint in _JOINT.finditer(text, start, stop):
        if joint.start() - first < _SHORTEST:
            continue
        yield first, joint.start()
        first = joint.start()
    yield first, stop


def _asked_of_another(text: str, at: int, end: int, addressees: Sequence[str]) -> bool:
    """ขอให้จังหวัด… in a letter to อบต. repeats what was asked of the province."""
    named = OFFICE_LINE.match(text, at, min(at + 80, end))
    return named is not None and not any(named.group() in name for name in addressees)


def _clauses_of_deadlines(
    layout: Layout,
    dated: Sequence[Dated],
    clauses: Sequence[tuple[int, int]],
    told: Sequence[tuple[int, int]],
) -> list[tuple[int, int]]:
    text = layout.sheet.text
    made: list[tuple[int, int]] = []
    taken = sorted(clauses)
    for due in dated:
        if due.deadline.kind == "undated" or is_within(due.start, told):
            continue
        if is_within(due.start, taken) or not layout.body[0] <= due.start < layout.body[1]:
            continue
        since = max(due.start - 400, layout.body[0], made[-1][1] if made else 0)
        blank = text.rfind("\n\n", since, due.start)
        verbs = list(_BOUND.finditer(text, max(since, blank), due.start))
        if verbs:
            made.append((_first_of_run(verbs, due.start), due.end))
    return made


def _first_of_run(verbs: Sequence[re.Match[str]], due: int) -> int:
    """The "ให้" from which the words run on to the deadline, else the last verb."""
    asks = [
        verb.start() for verb in verbs if verb.group().endswith("ให้") and due - verb.start() < 300
    ]
    strong = [verb.start() for verb in verbs if not verb.group().endswith("ให้")]
    if strong and asks:
        before = [at for at in asks if at <= strong[-1]]
        return before[-1] if before and strong[-1] - before[-1] < 60 else strong[-1]
    return (asks or strong)[-1]


def _purpose(layout: Layout) -> list[tuple[int, int]]:
    purpose = layout.foot.purpose
    if purpose is None:
        return []
    start, end = layout.sheet.trimmed(*purpose)
    stop = layout.sheet.text.find("\n\n", start, end)
    return [(start, stop if stop > 0 else end)]


def _obligation(layout: Layout, start: int, end: int, dues: Sequence[int]) -> ObligationFinding:
    span = layout.sheet.span(start, end)
    words = layout.sheet.text[start:end]
    place = bisect_left(dues, start)
    due = place if place < len(dues) and dues[place] < end else None
    ask = _ask(words, has_deadline=due is not None)
    to = _TO.search(words) if ask in (Ask.REPORT, Ask.PROPOSE) else None
    return ObligationFinding(
        ask=ask,
        text=layout.sheet.words(span),
        to="".join((to["to"] or to["short"]).split("\n")) if to else None,
        deadline=due,
        span=span,
    )


def _ask(words: str, *, has_deadline: bool) -> Ask:
    """What is asked, by the verbs with which the clause begins."""
    head = _TRIGGER.sub("", words.strip(), count=1)[:90]
    propose, report, inform = (p.search(head) for p in (_PROPOSE, _REPORT, _INFORM))
    if propose and (report is None or propose.start() <= report.start()):
        return Ask.PROPOSE
    if report and (inform is None or report.start() <= inform.start() or has_deadline):
        return Ask.REPORT
    if has_deadline and _REPORT.search(words):
        return Ask.REPORT
    if inform:
        return Ask.INFORM
    return Ask.ACT
