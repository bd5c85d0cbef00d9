"""ข้อสั่งการเป็นข้อ ๆ: the numbered paragraphs of the running text, nested as they are numbered."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from thamthan.reading.measures import cut_measures
from thamthan.reading.model import Finding, Item
from thamthan.reading.sheet import Line, Sheet
from thamthan.reading.signs import CATCHWORD, PAGE_MARK

_THAI_LETTERS = "กขคงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ"
_LABELS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("ข้อ", re.compile(r"ข้อ\s?(\d{1,2})(?:\s?[.)])?(?=\s)")),
    ("1.1", re.compile(r"(\d{1,2}(?:\.\d{1,2}){1,3})(?:\s?[.)])?(?=\s|[^\d\s.])")),
    ("1.", re.compile(r"([1-9]\d?)\s?\.(?=\s|[^\d\s.])")),
    ("(1)", re.compile(r"\(\s?([1-9]\d?)\s?\)")),
    ("1)", re.compile(r"([1-9]\d?)\s?\)")),
    ("(ก)", re.compile(r"\(\s?([ก-ฮ])\s?\)")),
    ("ก.", re.compile(r"([ก-ฮ])\s?\.(?=\s)")),
)
# With these a paragraph behind the last item goes back to the whole.
_BACK = re.compile(
    r"(?:ในการนี้|ทั้งนี้|จึง|ให้(?:คณะ|ผู้)|มีหน้าที่|บัดนี้|อนึ่ง|อย่างไรก็ตาม|โดยมีวัตถุ|ขอแสดง|เพื่อให้การ|พร้อมนี้|กรณี|รวม(?:เป็น|ทั้ง|\s?\d)|รายละเอียด)"
)
_BACK_FROM_NESTED = re.compile(r"โดย")
_SECTION = re.compile(
    r"\s*(?:เรื่อง(?:เดิม)?|ต้นเรื่อง|ข้อเท็จจริง|ข้อกฎหมาย|ข้อระเบียบ|ระเบียบ|กฎหมาย|ข้อพิจารณา|ความเห็น|ข้อเสนอ|การด[ำา]เนินการ|ความเป็นมา|สรุป)"
    r"(?:และ\S{0,40})?\s*(?=\n|\Z|\s)"
)
_INTRO = re.compile(
    r"(?:ดังนี้|ดังต่อไปนี้|ต่อไปนี้|ได้แก่|คือ|ประกอบด้วย)\s?[:\uff1a]?(?:\s?(?:ต่อไปด้วย)?[^\n]{0,30})\s*\Z"
)
_ASKS = re.compile(
    r"(?:ขอ(?:ให้|ความ|ได้โปรด|โปรด)|โปรด|กรุณา|(?<!ได้)ให้(?!ความเห็น|ความคิดเห็น)[^\n]{0,120}?(?:ด[ำา]เนิน|ปฏิบัติ|จัดส่ง|ส่ง|ตรวจสอบ|จัดท[ำา]|แจ้ง|ถือ)"
    r"|พิจารณาด[ำา]เนินการ|แนวทาง|ข้อสั่งการ)"
)
# A list of people is no list of orders.
_NAMES = re.compile(r"แต่งตั้ง|รายชื่อ|รายนาม|ประกอบด้วย")
_MOST = 400


@dataclass(frozen=True, slots=True)
class Orders:
    """The ordered items, and the stretches of the view that they fill."""

    items: tuple[Item, ...]
    places: tuple[tuple[int, int], ...]


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


def read_items(sheet: Sheet, *, body: tuple[int, int], always: bool) -> Orders:
    """ข้อสั่งการ: the lists that the text asks to be done; those that only tell or count are left.

    1. A line that opens with the next number of a list, or with a first one, is an item.
    2. A list belongs to the reading where the words before it ask; in orders and notices always.
    3. The parts of a memo (เรื่องเดิม, ข้อเท็จจริง …) are no items, but what they hold may be.
    """
    lines = _lines_of(sheet, body)
    roots = _tree(lines)
    taken = _asked(sheet, roots, body[0], always=always)
    return Orders(
        items=tuple(_item(sheet, node) for node in taken),
        places=tuple((node.start, node.end) for node in taken),
    )


def _lines_of(sheet: Sheet, body: tuple[int, int]) -> Sequence[Line]:
    first, last = sheet.line_at(body[0]), sheet.line_at(body[1])
    return [line for line in sheet.lines[first : last + 1] if line.start < body[1]]


def _label_of(line: Line) -> tuple[str, str, int, int] | None:
    """Style, label, order and end of the label with which a line opens."""
    words = line.text
    at = line.indent
    if at >= len(words) or not (
        words[at].isdigit() or words[at] in "(ข" or words[at + 1 : at + 2] in ". "
    ):
        return None
    for style, pattern in _LABELS:
        found = pattern.match(words, at)
        if found:
            label = found.group(1)
            last = label.rsplit(".", 1)[-1]
            order = int(last) if last.isdigit() else _THAI_LETTERS.find(label) + 1
            return style, label, order, line.start + found.end()
    return None


def _tree(lines: Sequence[Line]) -> list[_Node]:
    roots: list[_Node] = []
    stack: list[_Node] = []
    count = 0
    said = 0
    for line in lines:
        words = line.text.strip()
        if not words or PAGE_MARK.match(words) or CATCHWORD.match(words):
            continue
        label = _label_of(line) if count < _MOST else None
        place = _place_of(label, stack) if label else None
        if label is None or place is None:
            _close(stack, words, said)
        else:
            style, number, order, inner = label
            for node in stack[place:]:
                node.end = node.end or said
            del stack[place:]
            node = _Node(style, number, order, line.start + line.indent, inner)
            (stack[-1].below if stack else roots).append(node)
            stack.append(node)
            count += 1
        said = line.end
    for node in stack:
        node.end = node.end or said
    return roots


def _place_of(label: tuple[str, str, int, int], stack: list[_Node]) -> int | None:
    """How deep in the stack a label belongs: behind its elder, or as the first below the last."""
    style, said, order, _ = label
    for depth in range(len(stack) - 1, -1, -1):
        node = stack[depth]
        kin = style != "1.1" or node.label.rsplit(".", 1)[0] == said.rsplit(".", 1)[0]
        if node.style == style and node.order + 1 == order and kin:
            return depth
    if order != 1:
        return None
    if style == "1.1":
        parent = said.rsplit(".", 1)[0]
        owner = next((d for d, n in enumerate(stack) if n.label == parent), None)
        return None if owner is None else owner + 1
    if any(node.style == style for node in stack):
        return next(d for d, node in enumerate(stack) if node.style == style)
    return len([node for node in stack if not node.end])


def _close(stack: list[_Node], words: str, said: int) -> None:
    """A paragraph that goes back to the whole ends the items above, not their numbering."""
    if not stack or stack[-1].end:
        return
    if _BACK.match(words):
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
