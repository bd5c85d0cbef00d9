"""Files made to hurt end in pages or a named refusal, soon, and the next file is read."""

import io
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.pdfs import assembled, locked, pdf_of
from tests.reading import hostile
from tests.reading.hostile import encoded, page, picture_page, tiff
from thamthan.errors import Refused
from thamthan.reading import Document, apart, read
from thamthan.reading.apart import parse_apart, parsers_kept
from thamthan.reading.ocr.language import has_packages, is_available
from thamthan.reading.pages import NeedsOCR, Pages, Unreadable, pages_of
from thamthan.reading.parsed import Unparsed

SAMPLES = Path(__file__).parents[2] / "src/thamthan/data/samples"
MEMO = (SAMPLES / "memo.txt").read_text(encoding="utf-8")
GOOD = pdf_of(MEMO)
# Seconds of computing, which no machine's business lengthens; those of the clock are not counted.
SOON = 30.0

needs_ocr = pytest.mark.skipif(not is_available(), reason="OCR is off here: nothing opens pictures")
needs_pictures = pytest.mark.skipif(not has_packages(), reason="pip install thamthan[ocr]")


@pytest.fixture(autouse=True, scope="module")
def kept() -> Iterator[None]:
    """One process that is kept for all of them, as in a batch: it must outlive each."""
    with parsers_kept():
        yield


def computed() -> float:
    """The seconds that the copies of the kept processes have computed so far."""
    total = 0.0
    for one in (getattr(apart._keeping, "kept", None) or {}).values():
        if one._process is not None:
            told = Path(f"/proc/{one._process.pid}/stat").read_text().rpartition(")")[2].split()
            # What they themselves took, and what the copies did that have ended.
            total += sum(map(int, told[11:15])) / 100
    return total


def outcome(content: bytes, name: str = "หนังสือ") -> Pages | Refused:
    """What became of a file; it must come soon, and the next file must be read as ever."""
    before = computed() if sys.platform == "linux" else 0.0
    found: Pages | Refused
    try:
        found = pages_of(Document(content, name))
    except Refused as refused:
        found = refused
    after = computed() if sys.platform == "linux" else 0.0
    assert after - before < SOON
    assert parse_apart(GOOD, parser="pdf").pages[0].text
    return found


def check(found: Pages | Refused, what: str) -> None:
    if isinstance(found, Refused):
        assert isinstance(found, Unreadable | NeedsOCR)
        assert found.message.startswith("ไฟล์นี้เป็น")
        assert what in found.message
    else:
        # What is no letter is not taken for one without a word.
        assert found.notes or not "".join(found.texts).strip()


@pytest.mark.parametrize("name", hostile.PDFS)
def test_a_hostile_pdf_ends_soon_and_the_next_file_is_read(name: str) -> None:
    check(outcome(hostile.PDFS[name]()), "PDF")


@needs_ocr
@pytest.mark.parametrize("name", hostile.PICTURES)
def test_a_hostile_picture_ends_soon_and_the_next_file_is_read(name: str) -> None:
    try:
        content = hostile.PICTURES[name]()
    except (OSError, KeyError) as missing:
        pytest.skip(f"this machine's Pillow does not write it: {missing}")
    check(outcome(content), "ภาพ")


# Long files


def test_a_page_that_ends_the_process_leaves_those_before_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("thamthan.reading.pages.is_available", lambda: False)
    whole = pdf_of(MEMO)
    bomb = hostile.raw_stream(hostile.repeated(b"0 0 9 9 re f q Q\n" * 60_000, 400))
    objects = [
        body.partition(b" obj\n")[2]
        for body in whole.partition(b"xref")[0].split(b"\nendobj\n")
        if b" obj\n" in body
    ]
    kids, at = b"/Kids[8 0 R", len(objects) + 1
    objects[1] = (
        objects[1].replace(kids, b"%b %d 0 R" % (kids, at)).replace(b"/Count 1", b"/Count 2")
    )
    objects += [page(f"/Contents {at + 1} 0 R").encode(), bomb]
    found = outcome(assembled(objects))
    assert isinstance(found, Pages), found.message
    assert "บันทึกข้อความ" in found.texts[0]
    assert any(note.startswith("หน้า 2 ") for note in found.notes)


@needs_ocr
def test_of_a_thousand_scanned_pages_the_first_are_looked_at_and_the_rest_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    grey = hostile.image_object(1, 1, b"x\x9ck\x00\x00\x00\x81\x00\x81")
    plain = picture_page(grey, pages=1_000)
    with pytest.raises(Unparsed):
        parse_apart(plain, parser="scan")
    # The same behind a letter whose text is there: that is kept, and every other page is named.
    from thamthan.reading.ocr import files

    assert files.MOST_PAGES < 1_000
    found = _with_letter_in_front(plain)
    assert "บันทึกข้อความ" in found.texts[0]
    named = " ".join(found.notes)
    assert "หน้า 2–" in named
    assert "–1,000 อยู่เกินจำนวนหน้า" in named


def _with_letter_in_front(plain: bytes) -> Pages:
    import pypdfium2

    whole = pypdfium2.PdfDocument(GOOD)
    whole.import_pages(pypdfium2.PdfDocument(plain), pages=list(range(999)))
    held = io.BytesIO()
    whole.save(held)
    found = outcome(held.getvalue())
    assert isinstance(found, Pages), found.message
    return found


@needs_pictures
def test_of_a_book_that_was_scanned_less_is_read_than_of_a_long_letter(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from thamthan.reading.ocr import files, page

    computed = 0.0

    def sees(picture: object, *, dpi: float | None) -> page.RecognisedPage:
        nonlocal computed
        computed += 2.0
        return page.RecognisedPage("seen", (), (), 1, 1)

    monkeypatch.setattr(page, "recognise", sees)
    monkeypatch.setattr(files, "time", SimpleNamespace(process_time=lambda: computed))
    long, book = (
        files.parse_picture(tiff(*[(40, 40)] * count, stripes=bytes(1600))) for count in (30, 1_000)
    )
    assert sum(bool(one.text) for one in long.pages) == files.MOST_PAGES
    assert 3 <= sum(bool(one.text) for one in book.pages) < files.MOST_PAGES / 2
    assert any("–1,000 อยู่เกินจำนวนหน้า" in note for note in book.notes)


@needs_ocr
def test_a_tiff_tells_how_many_pages_it_has_however_its_directories_lead() -> None:
    from thamthan.reading.ocr.files import _tiff_pages

    assert _tiff_pages(tiff(*[(40, 40)] * 10_000)) == 10_000
    assert _tiff_pages(tiff((40, 40), back_to=0)) == 1
    assert _tiff_pages(tiff(*[(40, 40)] * 3, back_to=1)) == 3
    assert _tiff_pages(encoded("TIFF")) == 1
    assert _tiff_pages(b"MM\x00*") == 1


# Locks and scripts


def test_a_pdf_locked_without_a_password_is_read_and_with_one_refused() -> None:
    text = parse_apart(GOOD, parser="pdf").pages[0].text
    assert parse_apart(locked(GOOD), parser="pdf").pages[0].text == text
    found = outcome(locked(GOOD, b"secret"))
    assert isinstance(found, Unreadable)
    assert "รหัสผ่าน" in found.message


def test_the_scripts_of_a_pdf_are_not_run_and_its_letter_is_read() -> None:
    script = "/OpenAction<</S/JavaScript/JS(app.alert\\(1\\); while\\(true\\){})>>"
    names = "/Names<</JavaScript<</Names[(a)<</S/JavaScript/JS(while(true){})>>]>>>>"
    armed = GOOD.replace(b"<</Type/Catalog", f"<</Type/Catalog{script}{names}".encode())
    assert read(Document(armed)).number == read(Document(GOOD)).number


def test_an_empty_file_and_one_of_nuls_are_refused_by_name() -> None:
    for content, why in ((b"", "ว่างเปล่า"), (bytes(1_000_000), "มีแต่ช่องว่าง")):
        with pytest.raises(Unreadable, match=why):
            pages_of(Document(content))


def test_half_a_pdf_says_that_something_may_be_missing() -> None:
    found = outcome(GOOD[: len(GOOD) - 400])
    if isinstance(found, Pages):
        assert any("ขาดหาย" in note for note in found.notes)
    else:
        assert isinstance(found, Unreadable | NeedsOCR)


# Word


def test_what_a_docx_file_points_to_is_not_fetched(tmp_path: Path) -> None:
    import docx

    secret = tmp_path / "secret.txt"
    secret.write_text("ความลับ", encoding="utf-8")
    held = io.BytesIO()
    document = docx.Document()
    document.add_paragraph("เรียน ผู้เกี่ยวข้อง")
    document.save(held)
    with zipfile.ZipFile(held) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    body = parts["word/document.xml"]
    entity = f'<!DOCTYPE x [<!ENTITY s SYSTEM "{secret.as_uri()}">]>'.encode()
    head, _, rest = body.partition(b"<w:document")
    parts["word/document.xml"] = (
        head + entity + b"<w:document" + rest.replace(b"</w:t>", b"&s;</w:t>", 1)
    )
    found = outcome(hostile.packed(parts))
    told = found.message if isinstance(found, Refused) else "".join(found.texts)
    assert "ความลับ" not in told


# A process that is kept


def test_what_a_file_does_to_a_kept_process_no_other_file_sees() -> None:
    first = parse_apart(GOOD, parser="pdf")
    kept = apart._keeping.kept["pdf"]._process
    with pytest.raises(Unparsed):
        parse_apart(hostile.PDFS["packed in packed"](), parser="pdf")
    assert parse_apart(GOOD, parser="pdf") == first
    assert apart._keeping.kept["pdf"]._process is kept


def test_a_kept_process_that_is_gone_is_replaced() -> None:
    first = parse_apart(GOOD, parser="pdf")
    apart._keeping.kept["pdf"]._process.kill()
    with pytest.raises(Unparsed, match="หยุดกลางคัน"):
        parse_apart(GOOD, parser="pdf")
    assert parse_apart(GOOD, parser="pdf") == first


def test_a_kept_process_that_does_not_answer_is_stopped() -> None:
    parse_apart(GOOD, parser="pdf")
    with pytest.raises(Unparsed, match="นานเกินไป"):
        parse_apart(hostile.PDFS["forms within forms"](), parser="pdf", most_seconds=0.2)
    assert parse_apart(GOOD, parser="pdf").pages


def test_without_keeping_every_file_has_a_new_process() -> None:
    import threading

    told: list[object] = []

    def elsewhere() -> None:
        told.append(getattr(apart._keeping, "kept", None))
        told.append(parse_apart(GOOD, parser="pdf"))

    other = threading.Thread(target=elsewhere)
    other.start()
    other.join()
    assert told == [None, parse_apart(GOOD, parser="pdf")]
