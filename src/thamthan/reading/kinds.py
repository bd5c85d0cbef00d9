"""What a file is, told by its bytes and never by its name."""

from dataclasses import dataclass

from thamthan.reading.parsed import Parser


@dataclass(frozen=True, slots=True)
class FileKind:
    """ชนิดไฟล์: `waits` says that a letter may well come so, and waits where it cannot be read.

    `parser` names who takes the words out of it; a kind without one has to be looked at.
    """

    media_type: str
    label: str
    endings: tuple[str, ...]
    waits: bool = False
    parser: Parser | None = None


_OFFICE = "application/vnd.openxmlformats-officedocument"

PDF = FileKind("application/pdf", "เอกสาร PDF", (".pdf",), waits=True, parser="pdf")
JPEG = FileKind("image/jpeg", "ภาพ JPEG", (".jpg", ".jpeg", ".jpe", ".jfif"), waits=True)
PNG = FileKind("image/png", "ภาพ PNG", (".png",), waits=True)
TIFF = FileKind("image/tiff", "ภาพ TIFF", (".tif", ".tiff"), waits=True)
HEIC = FileKind("image/heic", "ภาพ HEIC", (".heic", ".heif", ".hif"), waits=True)
AVIF = FileKind("image/avif", "ภาพ AVIF", (".avif",), waits=True)
WEBP = FileKind("image/webp", "ภาพ WebP", (".webp",), waits=True)
GIF = FileKind("image/gif", "ภาพ GIF", (".gif",), waits=True)
BMP = FileKind("image/bmp", "ภาพ BMP", (".bmp", ".dib"), waits=True)
DOCX = FileKind(
    f"{_OFFICE}.wordprocessingml.document",
    "เอกสาร Word (DOCX)",
    (".docx", ".docm"),
    waits=True,
    parser="docx",
)
ODT = FileKind(
    "application/vnd.oasis.opendocument.text", "เอกสาร OpenDocument (ODT)", (".odt",), waits=True
)
XLSX = FileKind(f"{_OFFICE}.spreadsheetml.sheet", "ตารางคำนวณ Excel (XLSX)", (".xlsx", ".xlsm"))
PPTX = FileKind(f"{_OFFICE}.presentationml.presentation", "งานนำเสนอ PowerPoint (PPTX)", (".pptx",))
ZIP = FileKind("application/zip", "ZIP", (".zip",))
OLE = FileKind(
    "application/x-ole-storage", "เอกสาร Office รุ่นเก่า (เช่น DOC)", (".doc", ".xls", ".ppt")
)
RTF = FileKind("application/rtf", "เอกสาร RTF", (".rtf",))
HTML = FileKind("text/html", "หน้าเว็บ HTML", (".html", ".htm"))
XML = FileKind("application/xml", "ข้อมูล XML", (".xml", ".svg"))
PROGRAM = FileKind("application/octet-stream", "โปรแกรม", (".exe", ".dll", ".bin"))
SCRIPT = FileKind("text/x-script", "ชุดคำสั่ง", (".sh", ".py", ".pl"))
MEDIA = FileKind(
    "application/octet-stream", "ไฟล์เสียงหรือวิดีโอ", (".mp4", ".mp3", ".mov", ".ogg", ".wav")
)

# Marks that no other kind of file begins with.
_MARKS: tuple[tuple[bytes, FileKind], ...] = (
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"II*\x00", TIFF),
    (b"MM\x00*", TIFF),
    (b"II+\x00", TIFF),
    (b"MM\x00+", TIFF),
    (b"GIF87a", GIF),
    (b"GIF89a", GIF),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLE),
    (b"{\\rtf", RTF),
    (b"\x7fELF", PROGRAM),
    (b"\xcf\xfa\xed\xfe", PROGRAM),
    (b"\xca\xfe\xba\xbe", PROGRAM),
    (b"#!/", SCRIPT),
    (b"7z\xbc\xaf\x27\x1c", FileKind("application/x-7z-compressed", "7-Zip", (".7z",))),
    (b"Rar!\x1a\x07", FileKind("application/vnd.rar", "RAR", (".rar",))),
    (b"\x1f\x8b\x08", FileKind("application/gzip", "GZIP", (".gz", ".tgz"))),
    (b"\xfd7zXZ\x00", FileKind("application/x-xz", "XZ", (".xz",))),
    (b"%!PS", FileKind("application/postscript", "เอกสาร PostScript", (".ps", ".eps"))),
    (b"SQLite format 3\x00", FileKind("application/vnd.sqlite3", "ฐานข้อมูล SQLite", (".db",))),
    (b"OggS\x00", MEDIA),
    (b"ID3\x03", MEDIA),
    (b"ID3\x04", MEDIA),
)
_ZIP_MARKS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_ZIP_CONTENTS: tuple[tuple[bytes, FileKind], ...] = (
    (b"word/document", DOCX),
    (b"mimetypeapplication/vnd.oasis.opendocument.text", ODT),
    (b"xl/workbook", XLSX),
    (b"ppt/presentation", PPTX),
)
_HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
_HTML_OPENINGS = (b"<!doctype html", b"<html", b"<head", b"<body")
_LEADING = b" \t\r\n\x0c\x00\xef\xbb\xbf"


def kind_of(content: bytes) -> FileKind | None:
    """ชนิดไฟล์: what the bytes say they are; None for what may be plain text, or nothing known."""
    for mark, kind in _MARKS:
        if content.startswith(mark):
            return kind
    if content.startswith(_ZIP_MARKS):
        return next((kind for mark, kind in _ZIP_CONTENTS if mark in content), ZIP)
    if content[4:8] == b"ftyp":
        return _by_brand(content[8:12])
    if content.startswith(b"RIFF") and len(content) >= 12:
        return WEBP if content[8:12] == b"WEBP" else MEDIA
    if content.startswith(b"BM") and int.from_bytes(content[2:6], "little") == len(content):
        return BMP
    if content.startswith(b"MZ") and b"\x00" in content[:64]:
        return PROGRAM
    return _by_opening(content)


def _by_brand(brand: bytes) -> FileKind:
    if brand in (b"avif", b"avis"):
        return AVIF
    return HEIC if brand in _HEIC_BRANDS else MEDIA


def _by_opening(content: bytes) -> FileKind | None:
    """Kinds that programs write with white space, a byte order mark or junk before the opening."""
    opening = content[:1024].lstrip(_LEADING)
    # A mail gateway may leave a line before the PDF; a letter that speaks of PDF has no objects.
    if opening.startswith(b"%PDF-") or (b"%PDF-" in opening and b"endobj" in content):
        return PDF
    lowered = opening[:16].lower()
    if lowered.startswith(_HTML_OPENINGS):
        return HTML
    if lowered.startswith((b"<?xml", b"<svg")):
        return HTML if b"<html" in content[:1024].lower() else XML
    return None
