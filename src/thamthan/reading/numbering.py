"""The numbers that Word counts by itself and does not write into the text: ๑. ๑.๑ (ก)."""

import re
from dataclasses import dataclass, field

from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from thamthan.thai.digits import to_thai

_VAL = qn("w:val")
_LETTERS = "กขคฆงจฉชซญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ"
_PLACE = re.compile(r"%([1-9])")
_LEVELS = 9
_LARGEST = 9_999


@dataclass(frozen=True, slots=True)
class _Level:
    form: str
    words: str
    first: int


@dataclass(slots=True)
class Numbering:
    """เลขข้ออัตโนมัติ: the lists of one document, and how far each has been counted."""

    lists: dict[str, dict[int, _Level]] = field(default_factory=dict)
    styles: dict[str, tuple[str, int]] = field(default_factory=dict)
    counted: dict[str, list[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, document: Document) -> "Numbering":
        """The lists that a document declares; none where it has no such part."""
        try:
            root = document.part.numbering_part.element
        except (KeyError, NotImplementedError):
            # So python-docx says that the document declares no lists.
            return cls()
        forms = {
            form.get(qn("w:abstractNumId")): _levels(form)
            for form in root.findall(qn("w:abstractNum"))
        }
        lists = {}
        for one in root.findall(qn("w:num")):
            form = one.find(qn("w:abstractNumId"))
            if form is not None:
                lists[one.get(qn("w:numId"))] = forms.get(form.get(_VAL), {})
        styles = {}
        for style in document.styles.element.findall(qn("w:style")):
            named = _named(style)
            if named is not None:
                styles[style.get(qn("w:styleId"))] = named
        return cls(lists, styles)

    def label(self, paragraph: BaseOxmlElement) -> str:
        """The number of this paragraph with a space behind it, and counts on; else nothing."""
        style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        named = _named(paragraph) or (
            self.styles.get(style.get(_VAL)) if style is not None else None
        )
        levels = self.lists.get(named[0]) if named else None
        if named is None or not levels or named[1] not in levels:
            return ""
        key, at = named
        counts = self.counted.setdefault(key, [0] * _LEVELS)
        counts[at] = counts[at] + 1 if counts[at] else levels[at].first
        counts[at + 1 :] = [0] * (_LEVELS - at - 1)

        def written(place: re.Match[str]) -> str:
            which = int(place[1]) - 1
            level = levels.get(which)
            return _written(counts[which] or (level.first if level else 1), level)

        words = _PLACE.sub(written, levels[at].words)
        return f"{words} " if words.strip() else ""


def _named(element: BaseOxmlElement) -> tuple[str, int] | None:
    """The list and the level that a paragraph or a style says it belongs to."""
    said = element.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
    which = said.find(qn("w:numId")) if said is not None else None
    if said is None or which is None:
        return None
    level = said.find(qn("w:ilvl"))
    return which.get(_VAL) or "", _number(level, 0) if level is not None else 0


def _levels(form: BaseOxmlElement) -> dict[int, _Level]:
    found = {}
    for level in form.findall(qn("w:lvl")):
        kind, words = level.find(qn("w:numFmt")), level.find(qn("w:lvlText"))
        at = level.get(qn("w:ilvl")) or ""
        if words is None or not at.isdecimal() or int(at) >= _LEVELS:
            continue
        form_word = (kind.get(_VAL) or "decimal") if kind is not None else "decimal"
        first = _number(level.find(qn("w:start")), 1)
        # A bullet is a sign of a picture font; as a letter it would be nonsense.
        text = "-" if form_word == "bullet" else words.get(_VAL) or ""
        found[int(at)] = _Level(form_word, text, first)
    return found


def _number(element: BaseOxmlElement | None, otherwise: int) -> int:
    said = (element.get(_VAL) or "") if element is not None else ""
    return (
        min(int(said), _LARGEST)
        if said.isascii() and said.isdecimal() and len(said) < 9
        else otherwise
    )


def _written(number: int, level: _Level | None) -> str:
    form = level.form if level else "decimal"
    if form in ("thaiNumbers", "thaiCounting"):
        return to_thai(str(number))
    if form == "thaiLetters" and number <= len(_LETTERS):
        return _LETTERS[number - 1]
    if form in ("lowerLetter", "upperLetter") and number <= 26:
        letter = chr(ord("a") + number - 1)
        return letter.upper() if form == "upperLetter" else letter
    return str(number)
