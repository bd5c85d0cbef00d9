"""A DOCX file is read with its tables, its columns and the numbers that Word counts itself."""

import io
import zipfile
from collections.abc import Callable

import docx
import pytest
from docx.document import Document as Word
from docx.enum.text import WD_BREAK
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from thamthan.reading import Document, read
from thamthan.reading.model import Ask
from thamthan.reading.pages import NeedsOCR, Unreadable, media_type_of, pages_of


@pytest.fixture(autouse=True)
def no_recogniser(monkeypatch: pytest.MonkeyPatch) -> None:
    """Here it is the words in the file that count; pictures wait, as on a machine without OCR."""
    monkeypatch.setattr("thamthan.reading.pages.is_available", lambda: False)


def kept(word: Word) -> bytes:
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def text_of(word: Word) -> str:
    return "\f".join(pages_of(Document(kept(word))).texts)


def letter() -> Word:
    """An outgoing letter as offices keep them: the head in a table, orders as an automatic list."""
    word = docx.Document()
    head = word.add_table(1, 2)
    head.cell(0, 0).text = "ที่ พบ ๐๖๑๘/๗๐๑"
    head.cell(0, 1).text = "ที่ว่าการอำเภอบ้านลาด\nถนนบ้านลาด พบ ๗๖๑๕๐"
    for line in (
        "\t\t\t๒ มีนาคม ๒๕๖๙",
        "เรื่อง\tการสำรวจผู้สูงอายุที่อาศัยอยู่ลำพัง",
        "เรียน\tนายกองค์การบริหารส่วนตำบล ทุกแห่ง",
        "\tด้วยอำเภอบ้านลาดจะช่วยเหลือผู้สูงอายุในฤดูร้อน จึงขอให้ท่านดำเนินการ ดังนี้",
    ):
        word.add_paragraph(line)
    word.add_paragraph("สำรวจผู้สูงอายุทุกหมู่บ้าน", style="List Number")
    word.add_paragraph("บันทึกผลในแบบสำรวจ", style="List Number")
    for line in (
        "\tทั้งนี้ ให้รายงานผลให้อำเภอทราบภายในวันที่ ๑๖ มีนาคม ๒๕๖๙",
        "\tจึงเรียนมาเพื่อพิจารณาดำเนินการ",
        "\t\t\tขอแสดงความนับถือ",
        "",
        "\t\t\t(นายสมมุติ ตัวอย่างดี)",
        "\t\t\tนายอำเภอบ้านลาด",
        "ที่ทำการปกครองอำเภอ",
        "โทร. ๐ ๓๒๐๐ ๐๐๐๐",
    ):
        word.add_paragraph(line)
    return word


def test_a_letter_is_read_from_a_docx_file() -> None:
    reading = read(Document(kept(letter()), "หนังสือ.docx"))
    assert reading.number is not None
    assert reading.number.value == "พบ 0618/701"
    assert reading.sender is not None
    assert reading.sender.value == "ที่ว่าการอำเภอบ้านลาด"
    assert reading.dated_on is not None
    assert str(reading.dated_on.value) == "2026-03-02"
    assert reading.subject is not None
    assert reading.subject.value == "การสำรวจผู้สูงอายุที่อาศัยอยู่ลำพัง"
    assert [found.value for found in reading.addressees] == ["นายกองค์การบริหารส่วนตำบล ทุกแห่ง"]
    assert [item.label for item in reading.items] == ["1", "2"]
    assert Ask.REPORT in [asked.ask for asked in reading.obligations]
    assert [str(due.closes) for due in reading.deadlines] == ["2026-03-16"]
    assert reading.signatory is not None
    assert reading.signatory.value == "นายสมมุติ ตัวอย่างดี"
    assert reading.subject.span.box is None


def test_tables_stand_where_they_stand_and_their_columns_stay_apart() -> None:
    word = docx.Document()
    word.add_paragraph("ก่อน")
    table = word.add_table(2, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "ที่", "๑\n๒"
    table.cell(1, 0).text, table.cell(1, 1).text = "ตำบล", "๓"
    inner = table.cell(1, 1).add_table(1, 1)
    inner.cell(0, 0).text = "ใน"
    word.add_paragraph("หลัง")
    # A Thai mark takes no room, so ที่ is one wide and ตำบล is four.
    assert text_of(word).split("\n") == [
        "ก่อน",
        "ที่" + " " * 7 + "๑",
        " " * 8 + "๒",
        "ตำบล    ๓",
        " " * 8 + "ใน",
        "หลัง",
    ]


def test_tabs_and_breaks_are_kept() -> None:
    word = docx.Document()
    paragraph = word.add_paragraph("เรื่อง\tการ")
    paragraph.add_run().add_break()
    paragraph.add_run("สำรวจ")
    paragraph.add_run().add_break(WD_BREAK.PAGE)
    paragraph.add_run("หน้าสอง")
    word.add_paragraph("หน้าสาม").paragraph_format.page_break_before = True
    assert text_of(word) == "เรื่อง\tการ\nสำรวจ\fหน้าสอง\n\fหน้าสาม"


def test_the_first_header_and_footer_are_read() -> None:
    word = docx.Document()
    word.add_paragraph("เนื้อความ")
    word.sections[0].header.paragraphs[0].text = "ด่วนที่สุด"
    word.sections[0].footer.paragraphs[0].text = "โทร. ๐ ๓๒๐๐ ๐๐๐๐"
    assert text_of(word) == "ด่วนที่สุด\nเนื้อความ\nโทร. ๐ ๓๒๐๐ ๐๐๐๐"


def inside(xml: str) -> Word:
    word = docx.Document()
    space = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    box = 'xmlns:v="urn:schemas-microsoft-com:vml"'
    word.add_paragraph()._p.append(parse_xml(f"<w:r {nsdecls('w')} {space} {box}>{xml}</w:r>"))
    return word


def boxed(words: str) -> str:
    return f"<w:txbxContent><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:txbxContent>"


def test_a_text_box_is_read_once() -> None:
    told_twice = (
        f'<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>{boxed("เลขรับ ๑๒")}</w:drawing>'
        f"</mc:Choice><mc:Fallback><w:pict>{boxed('เลขรับ ๑๒')}</w:pict></mc:Fallback>"
        "</mc:AlternateContent><w:t>เรียน</w:t>"
    )
    assert text_of(inside(told_twice)) == "เรียน\nเลขรับ ๑๒"


@pytest.mark.parametrize(
    "unseen",
    [
        "<w:rPr><w:vanish/></w:rPr><w:t>ซ่อน</w:t>",
        "<w:instrText>HYPERLINK</w:instrText>",
        "<w:delText>ลบแล้ว</w:delText>",
    ],
)
def test_what_nobody_sees_is_not_read(unseen: str) -> None:
    word = inside(unseen)
    word.add_paragraph("เห็น")
    assert text_of(word).strip() == "เห็น"


def test_a_docx_file_without_words_waits() -> None:
    with pytest.raises(NeedsOCR, match="มีแต่ภาพ"):
        pages_of(Document(kept(docx.Document())))


def packed(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def with_body(change: Callable[[bytes], bytes]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(kept(letter()))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["word/document.xml"] = change(parts["word/document.xml"])
    return packed(parts)


def a_bomb_of_entities(body: bytes) -> bytes:
    names = "abcdefghij"
    rows = "".join(
        f'<!ENTITY {name} "{f"&{names[at - 1]};" * 10 if at else "ลูกระเบิด"}">'
        for at, name in enumerate(names)
    )
    head, _, rest = body.partition(b"<w:document")
    return (
        head
        + f"<!DOCTYPE x [{rows}]>".encode()
        + b"<w:document"
        + rest.replace(b"</w:t>", b"&j;</w:t>", 1)
    )


def nested(body: bytes) -> bytes:
    deep = 5_000
    whole = b"<w:tbl><w:tr><w:tc>" * deep + b"</w:tc></w:tr></w:tbl>" * deep
    return body.replace(b"<w:body>", b"<w:body>" + whole)


HOSTILE = {
    "a bomb of zeros": (packed({"word/document.xml": b"\x00" * 60_000_000}), "มากผิดปกติ"),
    "a thousand parts": (packed({f"word/document{n}.xml": b"" for n in range(2_001)}), "มากผิดปกติ"),
    "a bomb of entities": (with_body(a_bomb_of_entities), "ชำรุด"),
    "five thousand tables in each other": (with_body(nested), "ชำรุด"),
    "half a file": (kept(letter())[:4_000], "ชำรุด"),
    "no XML": (with_body(lambda body: body[:500]), "ชำรุด"),
    "nothing but a name": (packed({"word/document.xml": b""}), "ชำรุด"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_docx_file_is_refused_by_name(name: str) -> None:
    content, why = HOSTILE[name]
    assert "wordprocessingml" in media_type_of(content)
    with pytest.raises(Unreadable) as refused:
        pages_of(Document(content, "หนังสือ.docx"))
    assert why in refused.value.message
    assert refused.value.message.startswith("ไฟล์นี้เป็นเอกสาร Word (DOCX) แต่")


def test_macros_and_embedded_files_are_left_alone() -> None:
    with zipfile.ZipFile(io.BytesIO(kept(letter()))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    content = packed(
        {**parts, "word/vbaProject.bin": b"Shell", "word/embeddings/a.exe": b"MZ" + b"\x00" * 99}
    )
    assert pages_of(Document(content)).texts == pages_of(Document(kept(letter()))).texts
