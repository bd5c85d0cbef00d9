"""ข้อสั่งการเป็นข้อ ๆ: the numbered paragraphs of the running text, nested as they are numbered."""

import re
from dataclasses import dataclass, field

from thamthan.reading.deeds import ANY_DEED
from thamthan.reading.labels import BULLET, Label, label_of
from thamthan.reading.measures import cut_measures
from thamthan.reading.model import Finding, Item
from thamthan.reading.paragraphs import SENDER_SPEAKS, Paragraphs, is_page_turn, lines_of
from thamthan.reading.sheet import Sheet
from thamthan.reading.signs import OFFICE_LINE

# With these a paragraph behind the last item goes back to the whole.
_BACK = re.compile(
    r"(?:ในการนี้|ทั้งนี้|จึง|ให้(?:คณะ|ผู้)|มีหน้าที่|บัดนี้|อนึ่ง|อย่างไรก็ตาม|โดยมีวัตถุ|ขอแสดง|เพื่อให้การ|พร้อมนี้|กรณี|รวม(?:เป็น|ทั้ง|\s?\d)|รายละเอียด)"
)
# With these only where a new paragraph begins: within one they may join the words of an item.
_BACK_OF_PARAGRAPH = re.compile(
    rf"(?:พร้อม(?:ทั้ง|กับ)?|รวมทั้ง|ตลอดจน|แล้ว|และ|โดย)\s?(?:ขอ)?(?:ให้)?\s?(?={ANY_DEED})|(?:และ|โดย)(?:ขอ)?ให้|เพื่อให้|ดังนั้น|หาก|ตาม"
)
_REQUEST = re.compile(
    r"จึง(?:ใคร่|ขอ|ให้|เรียน)|ขอ\s?ให้|ขอความ(?:ร่วมมือ|อนุเคราะห์|กรุณา)|ขอได้โปรด|(?<!เพื่อ)โปรด"
)
_OPENING_WORDS = 400
_BACK_FROM_NESTED = re.compile(r"โดย")
_SECTION = re.compile(
    r"\s*(?:เรื่อง(?:เดิม)?|ต้นเรื่อง|ข้อเท็จจริง|ข้อกฎหมาย|ข้อระเบียบ|ระเบียบ|กฎหมาย|ข้อพิจารณา|ความเห็น|ข้อเสนอ|การด[ำา]เนินการ|ความเป็นมา|สรุป)"
    r"(?:และ\S{0,40})?\s*(?=\n|\Z|\s)"
)
_INTRO = re.compile(
    r"(?:ดังนี้|ดังต่อไปนี้|ต่อไปนี้|ได้แก่|คือ|ประกอบด้วย)\s?[:\uff1a]?(?:\s?(?:ต่อไปด้วย)?[^\n]{0,30})\s*\Z"
)
_ASKS = re.compile(
    r"(?:ขอ(?:ให้|ความ|ได้โปรด|โปรด|อนุมัติ\s?ดัง|อนุญาต\s?ดัง)|เห็นควร(?:ให้)?ด[ำา]เนินการ\s?ดัง|โปรด|กรุณา|(?<!ได้)ให้(?!ความเห็น|ความคิดเห็น)[^\n]{0,120}?(?:ด[ำา]เนิน|ปฏิบัติ|จัดส่ง|ส่ง|ตรวจสอบ|จัดท[ำา]|แจ้ง|ถือ)"
    r"|พิจารณาด[ำา]เนินการ|แนวทาง|ข้อสั่งการ)"
)
# A list of people is no list of orders.
_NAMES = re.compile(r"แต่งตั้ง|รายชื่อ|รายนาม|ประกอบด้วย")
_MOST = 400


@dataclass(frozen=True, slots=True)
class Orders:
    """The ordered items, and the stretches of the view that they fill.

    `parts` are the stretches of running words within them, without labels, in order; `is_cut` says
    that the lists were longer than is read.
    """

    items: tuple[Item, ...]
    places: tuple[tuple[int, int], ...]
    parts: tuple[tuple[int, int], ...] = ()
    is_cut: bool = False


@dataclass(slots=True)
class _Node:
    """One numbered paragraph while its end is not known yet; places are of the view."""

    style: str
    label: str
    order: int
    start: int
    inner: int
    end: int = 0
    below: list["_Node"] = field(default_factory=list)


def read_items(
    sheet: Sheet, *, body: tuple[int, int], paragraphs: Paragraphs, always: bool
) -> Orders:
    """ข้อสั่งการ: the lists that the text asks to be done; those that only tell or count are left.

    1. A line that opens with the next number of a list, or with a first one, is an item; strokes
       are the entries of one list as long as nothing ends it.
    2. An item ends where the text goes back to the whole: with the words of a new request, with
       the sender speaking for itself, or with a paragraph that asks.
    3. A list belongs to the reading where the words before it ask; in orders and notices always.
    4. The parts of a memo (เรื่องเดิม, ข้อเท็จจริง …) are no items, but what they hold may be.
    """
    roots, count = _tree(sheet, body, paragraphs)
    taken = _asked(sheet, roots, body[0], always=always)
    return Orders(
        items=tuple(_item(sheet, node) for node in taken),
        places=tuple((node.start, node.end) for node in taken),
        parts=tuple(part for node in taken for part in _parts(node)),
        is_cut=count >= _MOST,
    )


def _tree(sheet: Sheet, body: tuple[int, int], paragraphs: Paragraphs) -> tuple[list[_Node], int]:
    roots: list[_Node] = []
    stack: list[_Node] = []
    count = 0
    said = 0
    for line in lines_of(sheet, body):
        words = line.text.strip()
        if not words or is_page_turn(words):
            continue
        label = label_of(line) if count < _MOST else None
        place = _place_of(label, stack) if label else None
        if label is None or place is None:
            rest = words
            if paragraphs.opens_at(line.start):
                stop = paragraphs.next_after(line.start, line.start + _OPENING_WORDS)
                rest = sheet.text[line.start + line.indent : stop]
                _close(stack, rest, said, opens=True)
            else:
                _close(stack, rest, said, opens=False)
        else:
            depth, order = place
            for node in stack[depth:]:
                node.end = node.end or said
            del stack[depth:]
            node = _Node(label.style, label.said, order, line.start + line.indent, label.end)
            (stack[-1].below if stack else roots).append(node)
            stack.append(node)
            count += 1
        said = line.end
    for node in stack:
        node.end = node.end or said
    return roots, count


def _place_of(label: Label, stack: list[_Node]) -> tuple[int, int] | None:
    """How deep in the stack a label belongs, and its order there.

    It stands behind its elder, or is the first below the last.
    """
    open_ones = len([node for node in stack if not node.end])
    if label.style == BULLET:
        for depth in range(len(stack) - 1, -1, -1):
            if stack[depth].style == BULLET and not stack[depth].end:
                return depth, stack[depth].order + 1
        return open_ones, 1
    for depth in range(len(stack) - 1, -1, -1):
        node = stack[depth]
        kin = label.style != "1.1" or _parent(node.label) == _parent(label.said)
        if node.style == label.style and node.order + 1 == label.order and kin:
            return depth, label.order
    if label.order != 1:
        return None
    if label.style == "1.1":
        owner = next((d for d, n in enumerate(stack) if n.label == _parent(label.said)), None)
        return None if owner is None else (owner + 1, 1)
    for depth, node in enumerate(stack):
        if node.style == label.style:
            return depth, 1
    return open_ones, 1


def _parent(said: str) -> str:
    return said.rsplit(".", 1)[0]


def _close(stack: list[_Node], words: str, said: int, *, opens: bool) -> None:
    """A paragraph that goes back to the whole ends the items above, not their numbering."""
    if not stack or stack[-1].end:
        return
    back = _BACK.match(words) or SENDER_SPEAKS.match(words)
    if opens and not back:
        back = _BACK_OF_PARAGRAPH.match(words) or OFFICE_LINE.match(words) or _REQUEST.search(words)
        if back and len(stack) > 1 and _BACK_FROM_NESTED.match(words):
            back = None
    if back:
        for node in stack:
            node.end = node.end or said
    elif len(stack) > 1 and _BACK_FROM_NESTED.match(words):
        stack[-1].end = said


def _asked(sheet: Sheet, nodes: list[_Node], start: int, *, always: bool) -> list[_Node]:
    taken: list[_Node] = []
    for group, before in _groups(nodes, start):
        if _SECTION.match(sheet.text, group[0].inner, group[0].end):
            for node in group:
                taken += _asked(sheet, node.below, node.inner, always=False)
            continue
        words = sheet.text[max(before, group[0].start - 400) : group[0].start]
        intro = _INTRO.search(words.rstrip()[-80:])
        if group[0].style == BULLET and len(group) < 2:
            continue
        if (always and not _NAMES.search(words[-200:])) or (intro and _ASKS.search(words)):
            taken += group
        else:
            for node in group:
                taken += _asked(sheet, node.below, node.inner, always=False)
    return taken


def _groups(nodes: list[_Node], start: int) -> list[tuple[list[_Node], int]]:
    """Lists one after another: each begins again at its first number."""
    groups: list[tuple[list[_Node], int]] = []
    before = start
    for node in nodes:
        if node.order == 1 or not groups:
            groups.append(([], before))
        groups[-1][0].append(node)
        before = node.end
    return groups


def _parts(node: _Node) -> list[tuple[int, int]]:
    """The words of an item outside the items below it, and theirs, in the order of the text."""
    found: list[tuple[int, int]] = []
    at = node.inner
    for below in node.below:
        found.append((at, below.start))
        found += _parts(below)
        at = below.end
    found.append((at, node.end))
    return [(start, end) for start, end in found if start < end]


def _item(sheet: Sheet, node: _Node) -> Item:
    below = tuple(_item(sheet, inner) for inner in node.below)
    own_end = node.below[0].start if node.below else node.end
    text = sheet.text[node.inner : own_end]
    measures = tuple(
        _measure(sheet, node.inner + first, node.inner + last, sure)
        for first, last, sure in cut_measures(text)
        if text[first:last].strip()
    )
    span = sheet.span(node.start, node.end)
    written = sheet.words(sheet.span(node.start, node.inner))
    return Item(
        label=_bare_label(written) or node.label,
        text=sheet.words(span),
        measures=measures,
        span=span,
        items=below,
    )


def _measure(sheet: Sheet, start: int, end: int, certainty: float) -> Finding[str]:
    return sheet.finding(sheet.squeezed((start, end)), start, end, certainty)


def _bare_label(written: str) -> str:
    """The number as written, without the stop behind it: ๑, ๑.๑, ก."""
    return written.strip().strip("(). ").removeprefix("ข้อ").strip()
