"""คำขอในเนื้อความ: the clauses in which the running text and its items ask for something."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from thamthan.reading.asks import ask_of
from thamthan.reading.deeds import ANY_DEED, BARE_DEED, INFORM, PROPOSE, REPORT
from thamthan.reading.items import Orders
from thamthan.reading.layout import Layout
from thamthan.reading.measures import cut_measures
from thamthan.reading.model import Ask, Deadline
from thamthan.reading.paragraphs import Paragraphs
from thamthan.reading.signs import AM, OFFICE_LINE
from thamthan.reading.told import Stretches, is_purpose, is_within
from thamthan.thai.correspondence import LetterKind

_LONGEST = 1500
_FAVOUR = r"ขอ\s{0,2}ความ\s{0,12}(?:ร่วมมือ|อ?นุเคราะห์|กรุณา)(?:จาก|ให้|มายัง)?"
_TRIGGER = re.compile(
    rf"(?:จึง|ใคร่|จัก)?\s?(?:ขอ\n?ให้|{_FAVOUR}|ขอได้โปรด|(?:ขอ)?โปรด(?!เกล้า)|(?<!พระ)กรุณา(?!ธิคุณ)"
    r"|ทั้งนี้\s*(?:ขอ)?ให้|จึงให้|(?<!แจ้ง)(?<!เรียน)ให้ท่าน|จึง(?:ใคร่)?\s?ขอ(?:กราบ)?(?:เรียน)?เชิญ|ขอ(?:กราบ)?(?:เรียน)?เชิญท่าน)\s?"
)
_LONGER = re.compile(rf"(?:จึง)?(?:ขอ(?:แจ้ง|ให้)?|ให้|ได้)?\s?ขยาย(?:ก{AM}หนด)?(?:ระยะ)?เวลา")
_TURN = re.compile(r"จึง|ในการนี้|ดังนั้น")
_ANOTHER_DAY = re.compile(r"และ|,|\s(?:ครั้ง|งวด|ระยะ|รอบ)ที่")
_NEW_VERB = re.compile(rf"\s*(?:และ|แล้ว)\s?(?:ขอ)?(?:ให้)?\s?(?={REPORT}|{PROPOSE})")
_COURTESY = re.compile(r"\s?(?:ท่าน)?\s?(?:ติดต่อ|สอบถาม|อภัย|ขอบคุณ|มองข้าม|ถือว่า)")
# "หากมีข้อสงสัย โปรดติดต่อ…", "หากส่งแล้วขออภัย…": nothing more is asked.
_NO_MORE = re.compile(
    r"(?:มิฉะนั้น|หากพ้นก[ำา]หนด|หากไม่(?:รายงาน|ส่ง|ด[ำา]เนินการ))|(?:ทั้งนี้\s?)?หาก[^\n]{0,80}?(?:ติดต่อ|สอบถาม|อภัย|ประสานงานได้)"
)
_JOINT = re.compile(
    rf"(?P<sure>(?:รวมถึง|รวมทั้ง|ตลอดจน|พร้อม(?:ทั้ง|กับ|นี้)?|อีกทั้ง|ทั้งนี้)\s{{0,12}}(?:ขอ)?(?:ให้|โปรด)?\s?(?={ANY_DEED})"
    rf"|(?:ทั้งนี้|และ|พร้อม(?:ทั้ง|กัน)?(?:นี้)?|รวมทั้ง|นอกจากนี้|อนึ่ง)\s{{0,12}}(?:เมื่อ\S{{0,40}}?)?(?:จึง)?(?:ขอให้|{_FAVOUR}|ขอได้โปรด|โปรด|ให้ท่าน)"
    rf"|โดย(?:ขอ)?ให้\s?(?={REPORT}|{PROPOSE}))"
    rf"|(?:และ|แล้ว)\s{{0,12}}(?:ให้)?\s?(?:ด{AM}เนินการ)?(?={PROPOSE}|{REPORT}|{INFORM}|จัดเตรียม|จัดท{AM}|มอบหมาย|ก{AM}ชับ|ถือปฏิบัติ"
    rf"|อนุญาต|เข้าร่วม)|และให้\s?(?={ANY_DEED})"
)
_OPENING = re.compile(rf"\s*(?:{_TRIGGER.pattern})?(?:ท่าน)?\s*")
_WHOLE_VERB = re.compile(rf"(?:ด{AM}เนินการ|ปฏิบัติ)\Z")
_ONWARD = re.compile(r"ต่อไป\s*\Z")
_LIST_FOLLOWS = re.compile(r"\s*(?:ดังนี้|ดังต่อไปนี้)\s*[:\uff1a]?\s*\Z")
_SHORTEST = 5
_INTRO = 200
_OF_OWN = re.compile(r"(?:หน่วย|ส่วน|ทีม|กลุ่ม|งาน)")
_SPELT_OUT = (("เทศบาล", "เทศมนตรี"), ("อบต", "องค์การบริหารส่วนต"), ("อบจ", "องค์การบริหารส่วนจ"))

_BOUND = re.compile(
    r"(?:จัด)?ส่ง(?!เสริม)|รายงาน|แจ้ง|ยืนยัน|กรอก|ตอบ|เสนอ|ขอให้|ให้|ต้อง|สมัคร|ด[ำา]เนินการ|ช[ำา]ระ"
)
_TOLD_TO_ANSWER = re.compile(rf"(?:โดย|ทั้งนี้\s?)?(?:ขอ)?ให้\s?(?={REPORT}|{PROPOSE})")
_LEADS = re.compile(rf"\s*(?:ขอ)?(?:ให้)?\s?(?:ท่าน)?\s?(?={PROPOSE}|{REPORT})")
_FOR_APPROVAL = re.compile(r"ขออนุมัติ|ขออนุญาต|เห็นควร|ขอความเห็นชอบ")
_APPROVES = re.compile(r"อนุมัติ|(?<!ขอ)อนุญาต|เห็นชอบ|ลงนาม")
_ADDS_NOTHING = re.compile(
    rf"(?:และ|แล้ว|พร้อมทั้ง|รวมทั้ง)\s*(?:ขอได้)?(?:โปรด|ขอให้|ให้)?\s*"
    rf"(?:ถือปฏิบัติ|ด{AM}เนินการ|ประชาสัมพันธ์|พิจารณา|สั่งการ|ทราบ)"
)

NO_OPENER = "ไม่มีคำขอนำหน้ากำหนดเวลา"
OF_OTHERS = "อาจเป็นคำขอของหน่วยงานอื่นที่หนังสือเล่าถึง"
FOR_APPROVAL = "อยู่ในเรื่องที่ขออนุมัติ อาจยังไม่ใช่คำสั่ง"
CUT_BY_JUDGEMENT = "อาจตัดข้อความไม่ตรงช่วง"
SECOND_DAY = "มีกำหนดเวลาหลายกำหนดในคำขอเดียว"


@dataclass(frozen=True, slots=True)
class Dated:
    """A deadline and the stretch of the view where its words stand."""

    deadline: Deadline
    start: int
    end: int

    @property
    def binds(self) -> bool:
        return self.deadline.kind not in ("urgent", "undated")


@dataclass(frozen=True, slots=True, order=True)
class Clause:
    """A stretch of the view that asks; `unclear` says what a person must look at, if anything.

    `verb_from` is set where it shares the verb of the words before it.
    """

    start: int
    end: int
    unclear: str = ""
    verb_from: int | None = None


@dataclass(frozen=True, slots=True)
class Running:
    """The running text with what is known of it when its requests are looked for."""

    layout: Layout
    paragraphs: Paragraphs
    orders: Orders
    addressees: Sequence[str]
    dated: Sequence[Dated]
    told: Stretches
    of_others: Stretches

    @property
    def text(self) -> str:
        return self.layout.sheet.text

    def dues_in(self, start: int, end: int) -> Sequence[Dated]:
        return self.dated[self.first_due(start) : self.first_due(end)]

    def first_due(self, place: int) -> int:
        """Which deadline is the first at or behind a place."""
        return bisect_left(self.dated, place, key=lambda due: due.start)


def clauses_of_requests(running: Running) -> tuple[list[Clause], list[Clause]]:
    """What the sender asks, and apart from it what is only told of the requests of others."""
    text = running.text
    asked: list[Clause] = []
    passed: list[Clause] = []
    done = running.layout.body[0]
    purpose = running.layout.foot.purpose
    for at, behind in _openers(running):
        if at < done or is_within(at, running.told) or is_within(at, running.orders.places):
            continue
        if (purpose and purpose[0] <= at < purpose[1]) or _COURTESY.match(text, behind):
            continue
        stop = _stop(running, at, behind)
        if _asked_of_another(running, behind) or is_within(at, running.of_others):
            turn = _TURN.search(text, behind, stop)
            stop = turn.start() if turn else stop
            passed += [replace(one, unclear=OF_OTHERS) for one in _divided(running, at, stop)]
        else:
            asked += _divided(running, at, stop)
        done = stop
    return asked, passed


def _openers(running: Running) -> list[tuple[int, int]]:
    """Where a request may open: its own words, more time, or a joining word behind a list."""
    text = running.text
    start, end = running.layout.body
    found = [opener.span() for opener in _TRIGGER.finditer(text, start, end)]
    for longer in _LONGER.finditer(text, start, end):
        stop = running.paragraphs.next_after(longer.start(), end)
        if any(due.binds for due in running.dues_in(longer.start(), stop)):
            found.append(longer.span())
    first_list = running.orders.places[0][0] if running.orders.places else end
    for place in running.paragraphs.starts:
        line = running.layout.sheet.lines[running.layout.sheet.line_at(place)]
        joint = _JOINT.match(text, place + line.indent, end)
        if joint and place > first_list:
            found.append(joint.span())
    return sorted(found)


def _stop(running: Running, at: int, behind: int) -> int:
    body_end = running.layout.body[1]
    end = running.paragraphs.next_after(max(at, behind - 1), body_end)
    if not running.text[behind:end].strip():
        # The line broke off behind the opening words, so that no new paragraph can begin there.
        end = running.paragraphs.next_after(end, body_end)
    places = running.orders.places
    which = bisect_left(places, (behind, behind))
    if which < len(places):
        end = min(end, places[which][0])
    courtesy = _NO_MORE.search(running.text, behind, min(end, at + _LONGEST))
    return min(end, at + _LONGEST, courtesy.start() if courtesy else end)


def _asked_of_another(running: Running, at: int) -> bool:
    """ขอให้จังหวัด… in a letter to อบต. repeats what was asked of the province."""
    end = running.layout.body[1]
    named = OFFICE_LINE.match(running.text, at, min(at + 80, end))
    if named is None or _OF_OWN.match(named.group()):
        return False
    office = named.group()
    spelt = next((long for short, long in _SPELT_OUT if office.startswith(short)), office)
    return not any(office in name or spelt in name for name in running.addressees)


def _divided(running: Running, start: int, stop: int) -> Iterator[Clause]:
    """One clause for each thing asked; a joining word counts where it joins whole clauses."""
    text = running.text
    intro = _LIST_FOLLOWS.search(text[start:stop])
    if intro:
        stop = start + intro.start()
    first = start
    unclear = CUT_BY_JUDGEMENT if stop - start >= _LONGEST else ""
    for joint in _JOINT.finditer(text, start, stop):
        said = text[first : joint.start()]
        opening = _OPENING.match(said)
        own = said[opening.end() :] if opening else said
        if len(own.strip()) < _SHORTEST:
            continue
        if not joint["sure"]:
            if BARE_DEED.search(own[-40:]) and not _WHOLE_VERB.search(own.rstrip()):
                continue
            verdict = _within_purpose(running, said, joint, stop)
            if verdict == "perhaps":
                unclear = CUT_BY_JUDGEMENT
            if verdict != "outside":
                continue
        yield from _by_days(running, Clause(first, joint.start(), unclear))
        first, unclear = joint.start(), ""
    yield from _by_days(running, Clause(first, stop, unclear))


def _within_purpose(
    running: Running, said: str, joint: re.Match[str], stop: int
) -> Literal["within", "perhaps", "outside"]:
    """Whether "และ…" goes on telling what for: "เพื่อรวบรวมและรายงานจังหวัดต่อไป"."""
    told = said.rfind("เพื่อ")
    if told < 0:
        return "outside"
    if not re.search(r"\s", said[told:]):
        return "within"
    rest = running.text[joint.end() : stop]
    if running.dues_in(joint.start(), stop) or not _ONWARD.search(rest):
        return "outside"
    return "perhaps"


def _by_days(running: Running, clause: Clause) -> Iterator[Clause]:
    """A clause that names several days asks once for each of them."""
    dues = [due for due in running.dues_in(clause.start, clause.end) if due.binds]
    dues = [due for due in dues if not is_within(due.start, running.told)]
    for due, after in pairwise(dues):
        if _NEW_VERB.match(running.text, due.end, after.start):
            yield replace(clause, end=due.end)
            clause = Clause(due.end, clause.end)
        elif _ANOTHER_DAY.search(running.text, due.end, after.start):
            clause = replace(clause, unclear=SECOND_DAY)
            yield replace(clause, end=due.end)
            clause = replace(clause, start=due.end, verb_from=clause.verb_from or clause.start)
        else:
            clause = replace(clause, unclear=SECOND_DAY)
    yield clause


def clauses_of_items(running: Running) -> Iterator[Clause]:
    """What an item asks to be answered, or done by a day; its recurring work stays a measure."""
    text = running.text
    leads = running.layout.kind is not LetterKind.MEMO
    for start, end in running.orders.parts:
        cuts = [(start + a, start + b) for a, b, _ in cut_measures(text[start:end])]
        for first, last in cuts or [(start, end)]:
            dues = [due for due in running.dues_in(first, last) if due.binds]
            if not dues and not (leads and _LEADS.match(text, first, last)):
                continue
            due_at = dues[0].start if dues else first
            told = list(_TOLD_TO_ANSWER.finditer(text, first, due_at))
            at = told[-1].start() if told else first
            ask, _ = ask_of(text[at:last], has_deadline=bool(dues))
            recurs = dues and all(due.deadline.kind == "recurring" for due in dues)
            if recurs and ask in (Ask.ACT, Ask.INFORM):
                continue
            for clause in _by_days(running, Clause(at, last)):
                yield replace(clause, unclear=clause.unclear or _doubtful_list(running, at))


def _doubtful_list(running: Running, at: int) -> str:
    """Why the list in which an item stands may ask nothing of the addressees."""
    places = running.orders.places
    which = bisect_left(places, (at + 1, 0)) - 1
    while which > 0 and not running.text[places[which - 1][1] : places[which][0]].strip():
        which -= 1
    if which < 0:
        return ""
    since = max(places[which][0] - _INTRO, running.layout.body[0])
    if _FOR_APPROVAL.search(running.text, since, places[which][0]):
        return FOR_APPROVAL
    triggers = list(_TRIGGER.finditer(running.text, since, places[which][0]))
    return OF_OTHERS if triggers and _asked_of_another(running, triggers[-1].end()) else ""


def clauses_of_deadlines(running: Running, clauses: Sequence[Clause]) -> list[Clause]:
    """A day outside every request makes one of the words before it, to be looked at."""
    body = running.layout.body
    made: list[Clause] = []
    taken = sorted((clause.start, clause.end) for clause in clauses)
    purpose = running.layout.foot.purpose
    passed: tuple[Sequence[tuple[int, int]], ...] = (
        running.told,
        running.of_others,
        running.orders.places,
        taken,
        [purpose] if purpose else [],
    )
    for due in running.dated:
        if not due.binds or not body[0] <= due.start < body[1]:
            continue
        if any(is_within(due.start, stretches) for stretches in passed):
            continue
        since = max(due.start - 400, body[0], made[-1].end if made else 0)
        since = max(since, running.text.rfind("\n\n", since, due.start))
        if is_purpose(running.text, due.start, since=since):
            continue
        verbs = list(_BOUND.finditer(running.text, since, due.start))
        if verbs:
            made.append(Clause(_first_of_run(verbs, due.start), due.end, NO_OPENER))
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
    # Every "ให้" may stand too far before the deadline; the last of them is then the nearest.
    return (asks or strong or [verbs[-1].start()])[-1]


def clauses_of_purpose(running: Running, *, alone: bool) -> list[tuple[Clause, bool]]:
    """What "จึงเรียนมาเพื่อ…" asks, each with whether it is the plain purpose itself.

    Where the text asks nothing else, the purpose is what is asked; where it does, only what the
    purpose adds: an approval, or a deed of its own behind a joining word.
    """
    purpose = running.layout.foot.purpose
    if purpose is None:
        return []
    start, end = running.layout.sheet.trimmed(*purpose)
    stop = running.text.find("\n\n", start, end)
    end = stop if stop > 0 else end
    places = running.orders.places
    which = bisect_left(places, (start, start))
    if which < len(places):
        end = min(end, places[which][0])
    head, *more = _divided(running, start, end)
    added = [clause for clause in more if _adds(running, clause)]
    if alone and not added:
        return [(Clause(start, end), True)]
    approves = _APPROVES.search(running.text, head.start, head.end) is not None
    is_due = any(due.binds for due in running.dues_in(head.start, head.end))
    kept = [(head, True)] if approves or is_due else []
    return kept + [(clause, False) for clause in added]


def _adds(running: Running, clause: Clause) -> bool:
    if running.dues_in(clause.start, clause.end):
        return True
    return _ADDS_NOTHING.match(running.text, clause.start, clause.end) is None
