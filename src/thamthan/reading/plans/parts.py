"""The parts of a packed workbook: names of sheets, shared words, styles; runs only in the child."""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element, iterparse

from thamthan.reading.packing import DAMAGED, opened
from thamthan.reading.parsed import Unparsed
from thamthan.reading.plans.grid import CellTrait

MOST_SHEETS = 300
_WORKBOOK = "xl/workbook.xml"
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_QUOTED = re.compile(r"\"[^\"]*\"|\\.|\[[^\]]*\]|_.|\*.")
# The numbers of the formats that need no telling: days and hours, and shares.
_DAYS = {*range(14, 23), *range(27, 37), 45, 46, 47, *range(50, 59), *range(71, 82)}
_SHARES = {9, 10}


@dataclass(frozen=True, slots=True)
class SheetPart:
    """แผ่นงานในแฟ้ม: its name, the part that holds it, and whether it is hidden."""

    name: str
    part: str
    hidden: bool


def local(tag: object) -> str:
    """The name of an element without the address of its namespace, of which there are two sets."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: Element, name: str) -> str:
    """An attribute by its bare name, in whatever namespace it was written."""
    found = element.get(name)
    if found is not None:
        return found
    return next((value for key, value in element.attrib.items() if local(key) == name), "")


class Parts:
    """แฟ้มที่คลี่แล้ว: asked for one part after another."""

    def __init__(self, content: bytes) -> None:
        self._archive = opened(content)
        self._names = {name.lstrip("/").lower(): name for name in self._archive.namelist()}

    def elements(self, part: str, *wanted: str) -> Iterator[Element]:
        """Each element of these names as soon as it ends, and then forgotten; none: the whole.

        An absent part has none. Nothing is fetched, and no entity of its own is unfolded.
        """
        name = self._names.get(part.lower())
        if name is None:
            return
        try:
            with self._archive.open(name) as stream:
                for _, element in iterparse(stream, events=("end",)):  # noqa: S314 – see below
                    # Expat (2.4.1 and later) bounds entities, and the process has its limits.
                    if local(element.tag) in wanted:
                        yield element
                        element.clear()
        except MemoryError:
            raise
        except Exception as fault:
            # Broken XML, a broken archive, and each way of packing has faults of its own.
            raise Unparsed(DAMAGED) from fault

    def related(self, part: str) -> dict[str, tuple[str, str]]:
        """The parts that a part points to: by its mark for each, the kind and the part's name."""
        folder, name = posixpath.split(part)
        found: dict[str, tuple[str, str]] = {}
        for one in self.elements(f"{folder}/_rels/{name}.rels", "Relationship"):
            target = one.get("Target", "")
            if one.get("TargetMode") == "External" or not target:
                continue
            whole = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
            kind = one.get("Type", "").rpartition("/")[2]
            found[one.get("Id", "")] = (kind, posixpath.normpath(whole))
        return found


def sheets_of(parts: Parts) -> list[SheetPart]:
    """รายชื่อแผ่นงาน, in the order of the tabs."""
    related = parts.related(_WORKBOOK)
    found = []
    for sheet in parts.elements(_WORKBOOK, "sheet"):
        kind, part = related.get(attribute(sheet, "id"), ("", ""))
        if kind in ("worksheet", "chartsheet", "dialogsheet"):
            hidden = sheet.get("state", "visible") != "visible"
            found.append(SheetPart(sheet.get("name", ""), part, hidden))
    if len(found) > MOST_SHEETS:
        raise Unparsed(f"มีแผ่นงานมากกว่า {MOST_SHEETS} แผ่น จึงไม่เปิด กรุณาแบ่งไฟล์")
    if not found:
        raise Unparsed(DAMAGED)
    return found


def unescaped(text: str) -> str:
    """Signs that XML cannot hold are written _x000D_ there."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


@dataclass(frozen=True, slots=True)
class Words:
    """ข้อความ: and whether all of it, part of it, or none is struck out."""

    text: str
    struck: bool = False


def words_of(element: Element) -> Words:
    """The words of a shared or inline text, plain or in runs; how they are spoken is left out."""
    text, struck = "", False
    for child in element:
        kind = local(child.tag)
        if kind == "t":
            text += child.text or ""
        elif kind == "r":
            run = "".join(part.text or "" for part in child if local(part.tag) == "t")
            text += run
            struck = struck or (bool(run.strip()) and any(map(_is_struck, child)))
    return Words(unescaped(text), struck)


def _is_struck(properties: Element) -> bool:
    return any(
        local(one.tag) in ("strike", "dstrike") and one.get("val", "1") not in ("0", "false")
        for one in properties
    )


def shared_words(parts: Parts) -> list[Words]:
    """ข้อความที่ใช้ร่วมกัน, by their number."""
    return [words_of(element) for element in parts.elements("xl/sharedStrings.xml", "si")]


def styles_of(parts: Parts) -> list[frozenset[CellTrait]]:
    """รูปแบบของช่อง: by the number of the style, what it says about what the cell holds."""
    formats: dict[int, str] = {}
    struck: list[bool] = []
    found: list[frozenset[CellTrait]] = []
    for element in parts.elements("xl/styles.xml", "numFmts", "fonts", "cellXfs"):
        kind = local(element.tag)
        if kind == "numFmts":
            for one in element:
                formats[_number(one.get("numFmtId"))] = one.get("formatCode", "")
        elif kind == "fonts":
            struck = [_is_struck(font) for font in element]
        else:
            for style in element:
                traits = _traits(_number(style.get("numFmtId")), formats)
                font = _number(style.get("fontId"))
                if 0 <= font < len(struck) and struck[font]:
                    traits = traits | {"struck"}
                found.append(traits)
    return found


def _number(words: str | None) -> int:
    return int(words) if words and words.isascii() and words.isdecimal() else 0


def _traits(number: int, formats: dict[int, str]) -> frozenset[CellTrait]:
    if number in _DAYS:
        return frozenset({"day"})
    if number in _SHARES:
        return frozenset({"share"})
    code = _QUOTED.sub("", formats.get(number, "").partition(";")[0]).lower()
    if "general" in code:
        return frozenset()
    if "%" in code:
        return frozenset({"share"})
    if re.search(r"[ymdhs]|ว|ด|ป", code):
        return frozenset({"day"})
    # A comma behind the last digit shows thousands: 1,500,000 is seen as 1,500.
    return frozenset({"scaled"}) if re.search(r"[0#?],+(?:[^0#?,]|$)", code) else frozenset()
