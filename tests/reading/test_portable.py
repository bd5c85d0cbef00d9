"""A PDF with a text layer is read like its text; what is no such layer waits for OCR."""

import html
import io
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path

import pypdfium2
import pytest
from pypdfium2 import PdfMatrix

from tests.pdfs import LEADING, LEFT, SIZE, TOP, broken, pdf_of, pdf_of_contents, shown, wrapped
from thamthan.reading import Document, read
from thamthan.reading.model import Finding, LetterReading, Span, from_json, is_flagged, to_json
from thamthan.reading.pages import NeedsOCR, Unreadable, pages_of

ROOT = Path(__file__).parents[2]
DOCUMENTS = ROOT / "tests" / "documents"
SAMPLES = sorted((ROOT / "src/thamthan/data/samples").glob("*.txt"))
MEMO = (ROOT / "src/thamthan/data/samples/memo.txt").read_text(encoding="utf-8")
CIRCULAR = DOCUMENTS / "001_circular_by_a_browser" / "letter.pdf"
OLD_FONT = DOCUMENTS / "002_memo_in_an_old_font" / "letter.pdf"


@pytest.fixture(autouse=True)
def no_recogniser(monkeypatch: pytest.MonkeyPatch) -> None:
    """Here it is the words in the file that count; pictures wait, as on a machine without OCR."""
    monkeypatch.setattr("thamthan.reading.pages.is_available", lambda: False)


def sample(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def said(reading: LetterReading) -> dict[str, object]:
    """What a letter says, without the places and with the white space of no file."""

    def value(found: object) -> object:
        if isinstance(found, Finding):
            return value(found.value)
        if isinstance(found, tuple):
            return [value(one) for one in found]
        return "".join(found.split()) if isinstance(found, str) else found

    whole = {
        name: value(getattr(reading, name))
        for name in (
            *("kind", "number", "urgency", "secrecy", "sender", "address", "dated_on", "subject"),
            *("addressees", "references", "enclosures", "signatory", "position", "owner_unit"),
            *("telephone", "email"),
        )
    }
    whole["items"] = [item.label for item in reading.items]
    whole["asked"] = [(one.ask, one.deadline) for one in reading.obligations]
    whole["due"] = [(one.kind, one.opens, one.closes, one.amount) for one in reading.deadlines]
    return whole


def spans(part: object) -> Iterator[Span]:
    if isinstance(part, Span):
        yield part
    elif isinstance(part, tuple):
        for one in part:
            yield from spans(one)
    elif is_dataclass(part):
        for one in fields(part):
            yield from spans(getattr(part, one.name))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_pdf_says_what_its_text_says(path: Path) -> None:
    text = "\n".join(wrapped(sample(path)))
    assert said(read(Document(pdf_of(text)))) == said(read(text))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_torn_text_layer_is_mended(path: Path) -> None:
    text = "\n".join(wrapped(sample(path)))
    reading = read(Document(pdf_of(broken(text))))
    assert said(reading) == said(read(text))
    assert not any("\ue000" <= letter <= "\uf8ff" for letter in "".join(reading.pages))


def test_a_letter_printed_by_a_browser_is_read() -> None:
    text = sample(ROOT / "src/thamthan/data/samples/provincial_circular.txt")
    assert said(read(Document(CIRCULAR.read_bytes()))) == said(read(text))


def test_a_memo_in_an_old_font_is_read() -> None:
    assert said(read(Document(OLD_FONT.read_bytes()))) == said(read(MEMO))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_what_a_browser_prints_on_this_machine_is_read(path: Path, tmp_path: Path) -> None:
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if browser is None:
        pytest.skip("no Chromium on this machine: its printing is tried from one kept file only")
    page, printed = tmp_path / "letter.html", tmp_path / "letter.pdf"
    style = "@page{size:A3;margin:2cm} pre{font:15px Laksaman,sans-serif;white-space:pre-wrap}"
    page.write_text(
        f"<meta charset=utf-8><style>{style}</style><pre>{html.escape(sample(path))}</pre>",
        encoding="utf-8",
    )
    subprocess.run(
        [
            *(browser, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"),
            *(f"--user-data-dir={tmp_path / 'browser'}", f"--print-to-pdf={printed}", str(page)),
        ],
        check=True,
        capture_output=True,
        timeout=60,
    )
    assert said(read(Document(printed.read_bytes()))) == said(read(sample(path)))


@pytest.mark.parametrize("content", [CIRCULAR.read_bytes(), pdf_of(broken(MEMO))])
def test_every_finding_has_its_box_and_keeps_it_as_json(content: bytes) -> None:
    reading = read(Document(content))
    found = list(spans(reading))
    assert len(found) > 10
    for span in found:
        assert span.box is not None
        left, top, right, bottom = span.box
        assert 0 <= left < right <= 595
        assert 0 <= top < bottom <= 842
    assert from_json(to_json(reading)) == reading


def test_a_box_is_where_the_words_are_drawn() -> None:
    lines = wrapped(broken(MEMO))
    reading = read(Document(pdf_of(broken(MEMO))))
    assert reading.number is not None
    assert reading.number.text == "พบ ๗๒๔๐๔/๘๕"
    assert reading.number.span.box is not None
    left, top, right, bottom = reading.number.span.box
    at = next(at for at, line in enumerate(lines) if "๗๒๔๐๔" in line)
    before = lines[at].index("พบ") - lines[at][: lines[at].index("พบ")].count("่")
    # ที่ has two marks, which take no room.
    assert left == pytest.approx(LEFT + (before - 1) * SIZE / 2, abs=0.2)
    assert right == pytest.approx(left + 11 * SIZE / 2, abs=0.2)
    assert top < 842 - TOP + at * LEADING <= bottom


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_that_is_shown_turned_reads_the_same(turn: int) -> None:
    document = pypdfium2.PdfDocument(CIRCULAR.read_bytes())
    page = document[0]
    width, height = page.get_size()
    matrix = {
        90: PdfMatrix(0, 1, -1, 0, height, 0),
        180: PdfMatrix(-1, 0, 0, -1, width, height),
        270: PdfMatrix(0, -1, 1, 0, 0, width),
    }[turn]
    for drawn in list(page.get_objects(max_depth=1)):
        drawn.transform(matrix)
    page.gen_content()
    if turn != 180:
        page.set_mediabox(0, 0, height, width)
        page.set_cropbox(0, 0, height, width)
    page.set_rotation(turn)
    out = io.BytesIO()
    document.save(out)
    document.close()
    assert read(Document(out.getvalue())) == read(Document(CIRCULAR.read_bytes()))


def test_columns_stay_apart_and_paragraphs_too() -> None:
    content = pdf_of("ที่ พบ ๐๖๑๘/๗๐๑" + " " * 20 + "ที่ว่าการอำเภอบ้านลาด\n\n" + MEMO)
    first = pages_of(Document(content)).texts[0]
    assert first.startswith("ที่ พบ ๐๖๑๘/๗๐๑" + " " * 20 + "ที่ว่าการอำเภอบ้านลาด\n\n")


WAITING = [
    (pdf_of("", picture=True), "มีแต่ภาพ"),
    (pdf_of(MEMO, picture=True, invisible=True), "ข้อความซ่อน"),
    (pdf_of("เลขรับ ๑๐๒ วันที่ ๕ มี.ค. ๒๕๖๙ " * 3, picture=True), "เพียงบางส่วน"),
    (pdf_of("เลขรับ ๑๐๒"), "น้อยเกิน"),
    (pdf_of(MEMO.encode("cp874").decode("latin-1")), "อักษรเพี้ยน"),
    (pdf_of("".join(chr(0xE000 + ord(one) % 256) for one in MEMO)), "อักษรเพี้ยน"),
    (pdf_of("\n".join(line[::-1] for line in MEMO.split("\n"))), "อยู่ผิดที่"),
    (pdf_of("".join(one for one in MEMO if one not in "ัิีึืุู็่้์ำ")), "หายไป"),
    (pdf_of("".join(chr(ord(one) + 1) if "ก" <= one < "ฮ" else one for one in MEMO)), "ไม่เป็นคำ"),
    (pdf_of("Dear Sir, the quick brown fox. " * 40), "ภาษาไทย"),
]


@pytest.mark.parametrize(("content", "why"), WAITING, ids=[why for _, why in WAITING])
def test_a_layer_that_cannot_be_trusted_waits_and_says_why(content: bytes, why: str) -> None:
    with pytest.raises(NeedsOCR) as waits:
        read(Document(content, "หนังสือ.pdf"))
    assert why in waits.value.message
    assert "ด้วยมือ" in waits.value.message


def test_every_page_of_a_pdf_has_its_size_and_boxes_lie_within() -> None:
    reading = read(Document(CIRCULAR.read_bytes()))
    assert len(reading.paper.sizes) == len(reading.pages)
    size = reading.paper.sizes[0]
    assert size is not None
    assert reading.subject is not None and reading.subject.span.box is not None
    left, top, right, bottom = reading.subject.span.box
    assert 0 < left < right < size.width
    assert 0 < top < bottom < size.height
    assert read(MEMO).paper.sizes == ()


def test_a_later_page_without_words_is_left_out_and_told() -> None:
    lines = [
        f"1 0 0 1 60 {780 - 20 * at} Tm {shown(line)} Tj" for at, line in enumerate(wrapped(MEMO))
    ]
    words = "\n".join(["BT /F1 14 Tf", *lines, "ET"])
    content = pdf_of_contents([words, "q 595 0 0 842 0 0 cm /Im0 Do Q", ""])
    reading = read(Document(content))
    assert [bool(page) for page in reading.pages] == [True, False, False]
    assert [doubt.message for doubt in reading.doubts if doubt.code == "text_mended"] == [
        "หน้า 2 มีแต่ภาพ ไม่มีข้อความ เครื่องจึงยังไม่ได้อ่าน"
    ]
    assert not is_flagged(reading, "subject")


def test_a_pdf_under_another_name_is_read_and_told() -> None:
    pages = pages_of(Document(OLD_FONT.read_bytes(), "หนังสือ.docx"))
    assert pages.notes == ("ไฟล์นี้เป็นเอกสาร PDF แม้ชื่อลงท้ายด้วย .docx",)


def test_a_pdf_whose_end_is_missing_is_told() -> None:
    pages = pages_of(Document(pdf_of(MEMO).partition(b"startxref")[0]))
    assert pages.notes == ("ท้ายไฟล์ PDF ขาดหาย ข้อความอาจมาไม่ครบ",)


def test_of_more_pages_than_any_letter_has_the_first_are_read_and_the_rest_named() -> None:
    line = f"BT /F1 14 Tf 1 0 0 1 60 700 Tm {shown('แบบรายงานผลของหมู่บ้าน')} Tj ET"
    letter = "\n".join(
        f"BT /F1 14 Tf 1 0 0 1 {LEFT} {TOP - LEADING * at} Tm {shown(words)} Tj ET"
        for at, words in enumerate(wrapped(MEMO)[:36])
        if words.strip()
    )
    found = pages_of(Document(pdf_of_contents([letter, *[line] * 999])))
    assert "๗๒๔๐๔" in found.texts[0]
    assert len(found.texts) <= 300
    begins = len(found.texts) + 1
    assert found.notes[-1].startswith(f"หน้า {begins}–1,000 อยู่เกินจำนวนหน้า")


REFUSED = [
    (pdf_of(MEMO, encrypted=True), "รหัสผ่าน"),
    (pdf_of(MEMO)[:300], "ชำรุด"),
    (b"%PDF-1.7\n" + b"\x00" * 200, "ชำรุด"),
    (pdf_of_contents([]), "ไม่มีหน้า"),
    (pdf_of_contents(["BT /F1 9 Tf " + f"{shown('กข' * 1000)} Tj " * 16 + "ET"]), "มากผิดปกติ"),
]


@pytest.mark.parametrize(("content", "why"), REFUSED, ids=[why for _, why in REFUSED])
def test_what_cannot_be_opened_is_refused_by_name(content: bytes, why: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read(Document(content, "หนังสือ.pdf"))
    assert refused.value.code == "unreadable"
    assert refused.value.message.startswith("ไฟล์นี้เป็นเอกสาร PDF แต่")
    assert why in refused.value.message


@pytest.mark.shared
def test_the_real_scans_wait_or_are_read(shared: Path) -> None:
    scans = sorted((shared / "letters" / "real").glob("*.pdf"))
    assert scans
    for scan in scans:
        try:
            assert read(Document(scan.read_bytes(), scan.name)).pages
        except NeedsOCR as waits:
            assert "ด้วยมือ" in waits.message


def test_our_own_scan_waits() -> None:
    content = (ROOT / "src/thamthan/data/samples/district_order_scan.pdf").read_bytes()
    with pytest.raises(NeedsOCR, match="มีแต่ภาพ"):
        read(Document(content))
