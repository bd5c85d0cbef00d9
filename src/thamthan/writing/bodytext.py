"""เนื้อความที่พิมพ์: the body of a letter as plain text in one box, and the same as paragraphs."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from thamthan.thai.text import squeeze
from thamthan.writing.letters import Paragraph
from thamthan.writing.tables import Align, Column, Table

Body = tuple[Paragraph | Table, ...]

MOST_COLUMNS = 12
_LEAST_SHARE, _MOST_SHARE = 3, 60

_N = r"[1-9๑-๙][0-9๐-๙]?"
# “3.5 ล้านบาท” and “10.30 น.” begin a line now and then, and are no items.
_NO_UNIT = r"(?!\s*(?:น\.|นาฬิกา|บาท|ล้าน|แสน|หมื่น|พัน|ร้อย|%|เปอร์เซ็นต์|กิโล|เมตร|ไร่|ตาราง))"
_LABEL = re.compile(
    rf"(?P<label>{_N}(?:\.{_N}){{1,3}}\.?{_NO_UNIT}|{_N}[.)]|\({_N}\)|\([ก-ฮ]\)|[ก-ฮ]\.|-)(?=\s|$)"
)
_RULE = re.compile(r"\s*:?-{3,}:?\s*")
_CELL_PARTS = re.compile(r"(?:\\.|[^|\\]|\\$)*")


def parse_body(text: str) -> Body:
    """เนื้อความจากข้อความ: blank lines part paragraphs, a label begins an item, bars make a table.

    “๑.” “1.” “๑.๑” “(๑)” “(ก)” “-” at a line's start label an item; other lines go on with what
    stands above them. A line that begins with a backslash is taken as it stands. Nothing is left
    out but white space.
    """
    parts: list[Paragraph | Table] = []
    lines = text.replace("\x00", "").splitlines()
    for is_table, group in groupby(lines, key=lambda line: line.lstrip().startswith("|")):
        if is_table:
            parts.append(_table([_cells(line) for line in group]))
        else:
            parts.extend(_paragraphs(group, parts))
    return tuple(parts)


def print_body(body: Sequence[Paragraph | Table]) -> str:
    """ข้อความจากเนื้อความ: what `parse_body` reads back as the same."""
    return "\n\n".join(
        _printed_table(part) if isinstance(part, Table) else _printed(part) for part in body
    )


def depth_of(label: str, *, under: str) -> int:
    """ระดับของข้อ, from its label and that of the last item above it; 0 without a label."""
    if not label:
        return 0
    steps = label.strip(".").count(".")
    if steps:
        return steps + 1
    # “(๑)” stands under “๑.”, and by itself where there is no such item.
    is_inner = label[0] in "(-" or label.endswith(")")
    if is_inner and under:
        outer = re.fullmatch(rf"{_N}(?:\.{_N})*\.?|[ก-ฮ]\.", under)
        return depth_of(under, under="") + 1 if outer else 1
    return 1


def outer_of(label: str, *, under: str) -> str:
    """ข้อที่ครอบอยู่: the item under which what follows this one stands."""
    return label if label and (label[0] not in "(-" and not label.endswith(")")) else under


def _paragraphs(lines: Iterator[str], before: list[Paragraph | Table]) -> Iterator[Paragraph]:
    under = ""
    for part in before:
        under = outer_of(part.label, under=under) if isinstance(part, Paragraph) else under
    label, is_open = "", False
    words: list[str] = []
    for line in [*lines, ""]:
        kept = squeeze(line)
        found = _LABEL.match(kept)
        if is_open and (found or not kept):
            yield Paragraph(" ".join(words), label=label, depth=depth_of(label, under=under))
            under = outer_of(label, under=under)
            label, words, is_open = "", [], False
        if not kept:
            continue
        is_open = True
        if found:
            label, kept = found["label"], kept[found.end() :].strip()
        elif kept.startswith("\\"):
            kept = kept[1:].strip()
        if kept:
            words.append(kept)


def _printed(part: Paragraph) -> str:
    if part.label:
        return f"{part.label} {part.text}".rstrip()
    looks_odd = part.text[:1] in ("|", "\\") or _LABEL.match(part.text) or not part.text
    return f"\\{part.text}" if looks_odd else part.text


def _cells(line: str) -> list[str]:
    kept = line.strip().removeprefix("|")
    cells, at = [], 0
    while at <= len(kept):
        found = _CELL_PARTS.match(kept, at)
        end = found.end() if found else at
        cells.append(kept[at:end])
        at = end + 1
    # The bar that closes the line opens no cell.
    if len(cells) > 1 and not cells[-1].strip():
        cells.pop()
    return cells


def _table(rows: list[list[str]]) -> Table:
    rules = rows[1] if len(rows) > 1 and all(_RULE.fullmatch(cell) for cell in rows[1]) else []
    kept = [rows[0], *rows[2 if rules else 1 :]]
    width = max(len(row) for row in kept)
    cells = [[_plain(cell) for cell in row] + [""] * (width - len(row)) for row in kept]
    columns = tuple(
        Column(
            heading,
            share=_share(rules[at].count("-") if at < len(rules) else _widest(cells, at)),
            align=_align(rules[at]) if at < len(rules) else "left",
        )
        for at, heading in enumerate(cells[0])
    )
    return Table("", "", columns, tuple(tuple(row) for row in cells[1:]))


def _plain(cell: str) -> str:
    return squeeze(re.sub(r"\\(.)", r"\1", cell))


def _share(wide: int) -> float:
    return float(min(max(wide, _LEAST_SHARE), _MOST_SHARE))


def _widest(cells: list[list[str]], at: int) -> int:
    return max(len(row[at]) for row in cells)


def _align(rule: str) -> Align:
    kept = rule.strip()
    if kept.endswith(":"):
        return "center" if kept.startswith(":") else "right"
    return "left"


def _printed_table(table: Table) -> str:
    heads = [column.heading for column in table.columns]
    rules = []
    for column in table.columns:
        dashes = "-" * int(_share(round(column.share)))
        left = ":" if column.align == "center" else ""
        right = "" if column.align == "left" else ":"
        rules.append(f"{left}{dashes}{right}")
    rows = [heads, rules, *([str(cell or "") for cell in row] for row in table.rows)]
    return "\n".join(
        "| " + " | ".join(rule if row is rules else _escaped(rule) for rule in row) + " |"
        for row in rows
    )


def _escaped(cell: str) -> str:
    return cell.replace("\\", "\\\\").replace("|", "\\|")
