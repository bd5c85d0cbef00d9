"""A document's bytes become pages of text, or a refusal that says what the file is instead."""

import re
from dataclasses import dataclass, field
from pathlib import PurePath

from thamthan.errors import Refused
from thamthan.reading.apart import parse_apart
from thamthan.reading.kinds import FileKind, kind_of
from thamthan.reading.model import Paper
from thamthan.reading.ocr.language import is_available
from thamthan.reading.parsed import ParsedFile, Place, Unparsed


@dataclass(frozen=True, slots=True)
class Document:
    """เอกสาร: the bytes as they came, and the name they came under, which proves nothing."""

    content: bytes
    name: str = ""


@dataclass(frozen=True, slots=True)
class Pages:
    """หน้า: the text of each page, and what had to be mended to get it, in Thai sentences.

    `places` says for each page that was drawn where its letters stand on the paper, `certainty`
    for each that was read from its picture how sure every character is, `doubted` of which fields
    the first page has something that could not be read; `paper` tells what else the pages are.
    """

    texts: tuple[str, ...]
    notes: tuple[str, ...] = ()
    places: tuple[tuple[Place, ...], ...] = ()
    certainty: tuple[tuple[float, ...], ...] = ()
    doubted: tuple[str, ...] = ()
    paper: Paper = field(default=Paper())


class Unreadable(Refused):
    """อ่านไม่ได้: the file is empty, damaged, locked, or of a kind that no letter comes in."""

    def __init__(self, message: str, *, media_type: str) -> None:
        super().__init__(message, code="unreadable", status=422, media_type=media_type)


class NeedsOCR(Refused):
    """ยังอ่านไม่ได้: a scan, a picture, a text layer not to be trusted; a person types the fields."""

    def __init__(self, message: str, *, media_type: str) -> None:
        super().__init__(message, code="needs_ocr", status=422, media_type=media_type)


_TEXT = "text/plain"
_UNKNOWN = "application/octet-stream"
_TEXT_ENDINGS = (".txt", ".text", ".md", ".asc", ".log", ".csv", ".eml")

_TYPE_IT = "ไฟล์ต้นฉบับยังอยู่ครบ กรุณาเปิดดูแล้วกรอกข้อมูลของหนังสือด้วยมือ"

_LINE_ENDS = re.compile(r"\r\n?|[\v\x85\u2028\u2029]")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_UNSEEN = re.compile(r"[\s\u200b-\u200f\u2060\ufeff\ufffd]+")
_THAI = re.compile(r"[ก-๛]")
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,5}")

# More broken letters than this, and the bytes are no text; a scanner's damage stays far below.
_MOST_BROKEN = 0.05
_MOST_CONTROLS = 0.05


def pages_of(document: Document) -> Pages:
    """แยกหน้า: the document's pages as text, split at form feeds, with line ends made one kind.

    Reads UTF-8, UTF-16, UTF-32 and TIS-620 (Windows-874) text, PDFs with a text layer that can be
    trusted, and DOCX files, these two in a process apart. Raises `NeedsOCR` for scans and pictures,
    `Unreadable` for everything else.
    """
    kind = kind_of(document.content)
    if kind is None:
        return _plain_pages(document)
    if kind.parser is None and not _is_picture(kind):
        raise _refusal(kind, document)
    try:
        parsed = _parsed(kind, document.content)
    except Unparsed as fault:
        raise _unparsed(kind, document, fault) from fault
    despite = _despite(document.name, kind.endings)
    notes = (f"ไฟล์นี้เป็น{kind.label}{despite}",) if despite else ()
    return Pages(
        tuple(page.text for page in parsed.pages),
        (*notes, *parsed.notes),
        tuple(page.places for page in parsed.pages),
        tuple(page.certainty for page in parsed.pages),
        tuple(sorted({field for page in parsed.pages[:1] for field in page.doubted})),
        parsed.paper,
    )


def _is_picture(kind: FileKind) -> bool:
    """Whether a kind is a picture, and pictures can be read here."""
    return kind.media_type.startswith("image/") and is_available()


def _parsed(kind: FileKind, content: bytes) -> ParsedFile:
    """The words that stand in the file; where there are none, those that its pictures show."""
    if kind.parser is None:
        return parse_apart(content, parser="picture")
    can_look = kind.parser == "pdf" and is_available()
    try:
        parsed = parse_apart(content, parser=kind.parser)
    except Unparsed as fault:
        if not (can_look and fault.waits):
            raise
        return parse_apart(content, parser="scan")
    if not (can_look and parsed.waits):
        return parsed
    try:
        return parse_apart(content, parser="scan")
    except Unparsed:
        return parsed


def check_acceptable(document: Document) -> None:
    """ตรวจที่ประตู: refuses what can be no letter, by its first bytes and cheaply.

    Raises `Unreadable`. Does not open PDFs and DOCX files: what is wrong inside them shows only
    when they are read.
    """
    kind = kind_of(document.content)
    if kind is None:
        _plain_pages(document)
    elif not kind.waits:
        raise _refusal(kind, document)


def _plain_pages(document: Document) -> Pages:
    if not document.content:
        raise Unreadable("ไฟล์นี้ว่างเปล่า ไม่มีข้อมูลอยู่เลย กรุณาส่งไฟล์ใหม่", media_type=_UNKNOWN)
    decoded = _decoded(document.content)
    if decoded is None:
        raise Unreadable(
            f"ไฟล์นี้ไม่ใช่ข้อความ{_despite(document.name, _TEXT_ENDINGS, known=False)} และไม่ใช่ชนิดที่รู้จัก "
            "กรุณาตรวจดูไฟล์แล้วส่งใหม่",
            media_type=_UNKNOWN,
        )
    text, notes = decoded
    if not _UNSEEN.sub("", text):
        raise Unreadable("ไฟล์นี้มีแต่ช่องว่าง ไม่มีข้อความให้อ่าน กรุณาส่งไฟล์ใหม่", media_type=_TEXT)
    despite = _despite(document.name, _TEXT_ENDINGS)
    if despite:
        notes = (f"ไฟล์นี้เป็นข้อความ{despite}", *notes)
    return Pages(_split(text), notes)


def pages_of_text(text: str) -> Pages:
    """แยกหน้า: the same for text that is already at hand; nothing is refused."""
    # Half of a UTF-16 pair is no character and could not be stored.
    whole = re.sub(r"[\ud800-\udfff]", "\ufffd", text)
    clean, notes = _cleaned(whole)
    return Pages(_split(clean), notes)


def media_type_of(content: bytes) -> str:
    """ชนิดไฟล์: the media type by the bytes alone; `application/octet-stream` when not known."""
    kind = kind_of(content)
    if kind is not None:
        return kind.media_type
    return _TEXT if content and _decoded(content) is not None else _UNKNOWN


def _refusal(kind: FileKind, document: Document) -> Refused:
    what = f"ไฟล์นี้เป็น{_spaced(kind.label)}{_despite(document.name, kind.endings)}"
    if kind.waits:
        return NeedsOCR(f"{what} ซึ่งระบบยังอ่านเองไม่ได้ {_TYPE_IT}", media_type=kind.media_type)
    return Unreadable(
        f"{what} ไม่ใช่ชนิดที่อ่านเป็นหนังสือได้ กรุณาส่งเป็นข้อความ (TXT) PDF Word (DOCX) หรือภาพ",
        media_type=kind.media_type,
    )


def _unparsed(kind: FileKind, document: Document, fault: Unparsed) -> Refused:
    what = f"ไฟล์นี้เป็น{_spaced(kind.label)}{_despite(document.name, kind.endings)}"
    if fault.waits:
        message = f"{what} ซึ่งระบบยังอ่านเองไม่ได้ ({fault.why}) {_TYPE_IT}"
        return NeedsOCR(message, media_type=kind.media_type)
    return Unreadable(f"{what} แต่{fault.why}", media_type=kind.media_type)


def _spaced(label: str) -> str:
    """Thai joins Thai, but stands apart from Latin letters."""
    return label if _THAI.match(label) else f" {label}"


def _despite(name: str, endings: tuple[str, ...], *, known: bool = True) -> str:
    """Says so where the name promises another kind of file than the bytes are."""
    ending = PurePath(name).suffix.lower()
    if not _ENDING.fullmatch(ending) or (ending in endings) is known:
        return ""
    return f" แม้ชื่อลงท้ายด้วย {ending}"


def _split(text: str) -> tuple[str, ...]:
    pages = text.split("\f")
    # Programs end the last page with a form feed, too; that makes no further page.
    while len(pages) > 1 and not pages[-1].strip():
        pages.pop()
    return tuple(pages)


def _decoded(content: bytes) -> tuple[str, tuple[str, ...]] | None:
    """The text and the notes on it; None when the bytes are no text in any encoding we know."""
    text = _wide(content)
    if text is None:
        text = _narrow(content.removeprefix(b"\xef\xbb\xbf"))
    if text is None:
        return None
    nul = text.count("\x00")
    controls = len(_CONTROLS.findall(text)) - nul
    if controls > _MOST_CONTROLS * (len(text) - nul):
        return None
    return _cleaned(text)


def _cleaned(text: str) -> tuple[str, tuple[str, ...]]:
    notes = []
    if nul := text.count("\x00"):
        notes.append(f"ในไฟล์มีไบต์ว่าง (NUL) {nul} ตัว ตัดออกแล้ว")
    text = _LINE_ENDS.sub("\n", text.replace("\x00", "").removeprefix("\ufeff"))
    text, controls = _CONTROLS.subn("", text)
    if controls:
        notes.append(f"ในไฟล์มีอักขระควบคุม {controls} ตัว ตัดออกแล้ว")
    if broken := text.count("\ufffd"):
        notes.append(f"ในไฟล์มีอักขระเสีย {broken} ตัว แสดงเป็น \ufffd")
    return text, tuple(notes)


def _wide(content: bytes) -> str | None:
    """UTF-16 and UTF-32, by their byte order mark or by where their high bytes stand."""
    if content.startswith((b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")):
        return _tolerant(content, "utf-32")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _tolerant(content, "utf-16")
    sample = content[:4096]
    units = len(sample) // 2
    # In Thai UTF-16 the high byte is 0E, and 00 for spaces and Latin letters; in no other
    # encoding do these stand so often in the one place and so seldom in the other.
    odd = sum(byte in (0x00, 0x0E) for byte in sample[1::2])
    even = sum(byte in (0x00, 0x0E) for byte in sample[0::2])
    if units >= 2 and odd >= 0.7 * units and even <= 0.3 * units:
        return _tolerant(content, "utf-16-le")
    if units >= 2 and even >= 0.7 * units and odd <= 0.3 * units:
        return _tolerant(content, "utf-16-be")
    return None


def _tolerant(content: bytes, encoding: str) -> str | None:
    text = content.decode(encoding, errors="replace")
    return None if text.count("\ufffd") > max(1, _MOST_BROKEN * len(text)) else text


def _narrow(content: bytes) -> str | None:
    """UTF-8, also a damaged one where most of it holds, else TIS-620 as Windows-874 has it."""
    # A NUL may stand inside a letter's bytes; it says nothing about them.
    whole = content.replace(b"\x00", b"")
    nul = "\x00" * (len(content) - len(whole))
    try:
        return whole.decode("utf-8") + nul
    except UnicodeDecodeError:
        pass
    text = whole.decode("utf-8", errors="replace")
    broken, thai = text.count("\ufffd"), len(_THAI.findall(text))
    if broken <= max(1, _MOST_BROKEN * thai) and thai:
        return text + nul
    text = whole.decode("cp874", errors="replace")
    broken, thai = text.count("\ufffd"), len(_THAI.findall(text))
    return text + nul if thai and broken <= _MOST_BROKEN * len(text) else None
