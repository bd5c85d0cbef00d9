import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.pdfs import pdf_of
from thamthan.errors import Refused
from thamthan.reading.pages import (
    Document,
    NeedsOCR,
    Unreadable,
    check_acceptable,
    media_type_of,
    pages_of,
    pages_of_text,
)

SCAN = pdf_of("", picture=True)
LETTER = "ที่ พบ ๐๖๑๘/๖๖๕\nเรื่อง การดูแลผู้สูงอายุ\n“เรียน” นายกเทศมนตรี – ทุกแห่ง\n"


@pytest.fixture(autouse=True)
def no_recogniser(monkeypatch: pytest.MonkeyPatch) -> None:
    """Here it is the words in the file that count; pictures wait, as on a machine without OCR."""
    monkeypatch.setattr("thamthan.reading.pages.is_available", lambda: False)


def zipped(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return out.getvalue()


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp874"],
)
def test_a_letter_is_read_in_every_encoding_offices_use(encoding: str) -> None:
    assert pages_of(Document(LETTER.encode(encoding))).texts == (LETTER,)


def test_utf_16_in_the_other_byte_order_is_known_by_its_mark() -> None:
    assert pages_of(Document(b"\xfe\xff" + LETTER.encode("utf-16-be"))).texts == (LETTER,)


def test_tis_620_is_read() -> None:
    text = "เรียน นายอำเภอบ้านลาด เรื่อง รายงาน"
    assert pages_of(Document(text.encode("tis-620"))).texts == (text,)


def test_one_broken_letter_does_not_make_utf_8_something_else() -> None:
    pages = pages_of(Document((LETTER * 3).encode()[:-1] + "ก".encode()[:2]))
    assert pages.texts[0].startswith(LETTER * 2)
    assert any("อักขระเสีย" in note for note in pages.notes)


@pytest.mark.parametrize("encoding", ["utf-8", "cp874"])
def test_nul_bytes_are_taken_out_and_told(encoding: str) -> None:
    content = LETTER.encode(encoding)
    pages = pages_of(Document(content[:20] + b"\x00\x00" + content[20:] + b"\x00" * 100))
    assert pages.texts == (LETTER,)
    assert pages.notes == ("ในไฟล์มีไบต์ว่าง (NUL) 102 ตัว ตัดออกแล้ว",)


def test_control_characters_are_taken_out_and_told() -> None:
    pages = pages_of(Document(LETTER.replace("เรื่อง", "เรื่\x07อง\x1b").encode()))
    assert pages.texts == (LETTER,)
    assert pages.notes == ("ในไฟล์มีอักขระควบคุม 2 ตัว ตัดออกแล้ว",)


def test_line_ends_of_every_system_become_one() -> None:
    assert pages_of(Document("ก\r\nข\rค\nง\u2028จ\x0bฉ".encode())).texts == ("ก\nข\nค\nง\nจ\nฉ",)


def test_a_form_feed_begins_a_page() -> None:
    assert pages_of(Document("หน้าหนึ่ง\f\fหน้าสาม\f\n".encode())).texts == ("หน้าหนึ่ง", "", "หน้าสาม")


@pytest.mark.parametrize(
    "content", [b"", b" \r\n\t ", b"\xef\xbb\xbf", b"\x00\x00\x00", b"\xff\xfe"]
)
def test_a_file_without_words_is_refused(content: bytes) -> None:
    with pytest.raises(Unreadable) as refused:
        pages_of(Document(content, "หนังสือ.txt"))
    assert refused.value.code == "unreadable"
    assert "ว่าง" in refused.value.message


WAITING = [
    (SCAN, "application/pdf", "PDF"),
    (b"received by gateway\n" + SCAN, "application/pdf", "PDF"),
    (b"\xff\xd8\xff\xe0\x00\x10JFIF", "image/jpeg", "JPEG"),
    (b"\x89PNG\r\n\x1a\n\x00\x00", "image/png", "PNG"),
    (b"II*\x00\x08\x00", "image/tiff", "TIFF"),
    (b"MM\x00*\x00\x00", "image/tiff", "TIFF"),
    (b"\x00\x00\x00\x18ftypheic\x00\x00", "image/heic", "HEIC"),
    (b"RIFF\x10\x00\x00\x00WEBPVP8 ", "image/webp", "WebP"),
    (
        b"PK\x03\x04" + b"\x00" * 26 + b"mimetypeapplication/vnd.oasis.opendocument.text",
        "application/vnd.oasis.opendocument.text",
        "ODT",
    ),
]


@pytest.mark.parametrize(("content", "media_type", "word"), WAITING)
def test_scans_and_pictures_wait_for_a_person(content: bytes, media_type: str, word: str) -> None:
    with pytest.raises(NeedsOCR) as refused:
        pages_of(Document(content, "หนังสือ.txt"))
    assert refused.value.code == "needs_ocr"
    assert word in refused.value.message
    assert "ด้วยมือ" in refused.value.message
    assert "แม้ชื่อลงท้ายด้วย .txt" in refused.value.message
    assert media_type_of(content) == media_type


NO_LETTERS = [
    (zipped("a.txt"), "application/zip", "ZIP"),
    (zipped("xl/workbook.xml"), None, "Excel"),
    (b"%PDF-1.7\n%\xe2\xe3\n1 0 obj", "application/pdf", "ชำรุด"),
    (zipped("[Content_Types].xml", "word/document.xml"), None, "ชำรุด"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 64, "application/x-ole-storage", "DOC"),
    (b"{\\rtf1\\ansi", "application/rtf", "RTF"),
    (b"\n<!DOCTYPE html><html>", "text/html", "HTML"),
    (b'<?xml version="1.0"?><a/>', "application/xml", "XML"),
    (b"MZ\x90\x00\x03" + b"\x00" * 60, "application/octet-stream", "โปรแกรม"),
    (b"\x7fELF\x02\x01", "application/octet-stream", "โปรแกรม"),
    (b"\x1f\x8b\x08\x00", "application/gzip", "GZIP"),
    (bytes(range(256)) * 8, "application/octet-stream", "ไม่ใช่ข้อความ"),
]


@pytest.mark.parametrize(("content", "media_type", "word"), NO_LETTERS)
def test_what_is_no_letter_is_refused_by_what_it_is(
    content: bytes, media_type: str | None, word: str
) -> None:
    with pytest.raises(Unreadable) as refused:
        pages_of(Document(content, "หนังสือ.dat"))
    assert word in refused.value.message
    assert media_type in (None, media_type_of(content))


def test_the_refusal_says_that_the_name_promised_something_else() -> None:
    with pytest.raises(Unreadable, match=r"^ไฟล์นี้เป็น ZIP แม้ชื่อลงท้ายด้วย \.pdf"):
        pages_of(Document(zipped("a.txt"), "หนังสือ.PDF"))
    with pytest.raises(NeedsOCR, match=r"^ไฟล์นี้เป็นเอกสาร PDF ซึ่ง"):
        pages_of(Document(WAITING[0][0], "หนังสือ.pdf"))


def test_text_under_the_name_of_a_pdf_is_read_and_told() -> None:
    pages = pages_of(Document(LETTER.encode(), "หนังสือ.pdf"))
    assert pages.texts == (LETTER,)
    assert pages.notes == ("ไฟล์นี้เป็นข้อความ แม้ชื่อลงท้ายด้วย .pdf",)


def test_a_letter_that_speaks_of_pdf_is_a_letter() -> None:
    pages_of(Document("ส่งไฟล์ %PDF-1.7 ทางไปรษณีย์".encode()))


def test_plain_text_is_stored_as_such() -> None:
    assert media_type_of(LETTER.encode()) == media_type_of(LETTER.encode("cp874")) == "text/plain"
    assert media_type_of(b"") == "application/octet-stream"


# Files that a process apart opens are tried in test_apart.py, some at a time.
MARKS = st.sampled_from(
    [mark for content, *_ in [*WAITING, *NO_LETTERS] if b"%PDF" not in (mark := content[:12])]
)
ENCODINGS = st.sampled_from(["utf-8", "utf-16", "utf-16-le", "utf-32"])


@given(
    st.one_of(
        st.binary(max_size=300),
        st.builds(bytes.__add__, MARKS, st.binary(max_size=40)),
        st.builds(str.encode, st.text(), ENCODINGS),
    ),
    st.text(max_size=20),
)
def test_any_bytes_are_pages_or_a_named_refusal(content: bytes, name: str) -> None:
    assert media_type_of(content)
    try:
        pages = pages_of(Document(content, name))
    except Refused as refused:
        assert refused.code in ("unreadable", "needs_ocr")
        assert refused.message
    else:
        assert any(text.strip() for text in pages.texts)
        assert not any("\x00" in text or "\r" in text for text in pages.texts)


@given(st.text(alphabet=st.characters()))
def test_any_text_is_pages(text: str) -> None:
    assert pages_of_text(text).texts


def test_text_at_hand_may_hold_half_a_pair() -> None:
    assert pages_of_text("ก\ud800ข").texts == ("ก\ufffdข",)


@pytest.mark.parametrize("content", [LETTER.encode(), *(content for content, *_ in WAITING)])
def test_what_may_be_a_letter_passes_the_door(content: bytes) -> None:
    check_acceptable(Document(content))


@pytest.mark.parametrize("content", [b"%PDF-1.7\n", zipped("word/document.xml")])
def test_the_door_does_not_open_a_file_to_see_what_is_wrong_inside(content: bytes) -> None:
    check_acceptable(Document(content))


@pytest.mark.parametrize(
    "content", [b"", b" \n", b"MZ\x90\x00\x03" + b"\x00" * 60, zipped("a.txt")]
)
def test_what_can_be_no_letter_is_refused_at_the_door(content: bytes) -> None:
    with pytest.raises(Unreadable):
        check_acceptable(Document(content))
