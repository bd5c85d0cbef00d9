"""Whatever a file does to its parser, the caller gets pages or a named refusal, and goes on."""

import json
import logging
import sys
import zlib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.pdfs import assembled, pdf_of, pdf_of_contents, shown, stream
from thamthan.errors import Refused
from thamthan.reading import Document, apart, child, read
from thamthan.reading.apart import parse_apart
from thamthan.reading.model import Candidate, Mark, PageSize
from thamthan.reading.pages import Unreadable, pages_of
from thamthan.reading.parsed import ParsedFile, ParsedPage, Unparsed

MEMO = (Path(__file__).parents[2] / "src/thamthan/data/samples/memo.txt").read_text(
    encoding="utf-8"
)


@pytest.fixture(autouse=True)
def no_recogniser(monkeypatch: pytest.MonkeyPatch) -> None:
    """Here it is the words in the file that count; pictures wait, as on a machine without OCR."""
    monkeypatch.setattr("thamthan.reading.pages.is_available", lambda: False)


def page(entries: str) -> str:
    return f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]{entries}>>"


CATALOG = "<</Type/Catalog/Pages 2 0 R>>"
ONE_PAGE = "<</Type/Pages/Kids[3 0 R]/Count 1>>"


def bomb(megabytes: int) -> bytes:
    """A content of empty instructions that packs a thousand times."""
    packer = zlib.compressobj(9)
    whole = b"BT ET \n\n" * (1024 * 1024 // 8)
    first, again = (packer.compress(whole) + packer.flush(zlib.Z_FULL_FLUSH) for _ in range(2))
    packed = first + again * (megabytes - 1)
    return b"<</Filter/FlateDecode/Length %d>>\nstream\n%b\nendstream" % (len(packed), packed)


HOSTILE = {
    "pages that are their own parents": assembled(
        [CATALOG, "<</Type/Pages/Kids[2 0 R 2 0 R]/Count 9>>"]
    ),
    "a form that draws itself": assembled(
        [
            CATALOG,
            ONE_PAGE,
            page("/Resources<</XObject<</A 4 0 R>>>>/Contents 5 0 R"),
            stream("/A Do", "/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</A 4 0 R>>>>"),
            stream("/A Do"),
        ]
    ),
    "a length that is its own length": assembled(
        [CATALOG, ONE_PAGE, page("/Contents 4 0 R"), "<</Length 4 0 R>>\nstream\nx\nendstream"]
    ),
    "brackets without an end": assembled([CATALOG, ONE_PAGE, "[" * 200_000]),
    "a page larger than the country": assembled(
        [CATALOG, ONE_PAGE, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 1e38 1e38]>>"]
    ),
    "a bomb": assembled([CATALOG, ONE_PAGE, page("/Contents 4 0 R"), bomb(100)]),
    "a count that lies": assembled([CATALOG, "<</Type/Pages/Kids[3 0 R]/Count 2147483647>>"]),
    "a table of places that lies": pdf_of(MEMO).replace(b"00000 n", b"99999 n"),
    "half a file": pdf_of(MEMO)[: len(pdf_of(MEMO)) // 2],
    "nothing but a mark": b"%PDF-",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_pdf_ends_in_pages_or_a_named_refusal(name: str) -> None:
    try:
        assert pages_of(Document(HOSTILE[name], "หนังสือ.pdf")).texts
    except Refused as refused:
        assert refused.code in ("unreadable", "needs_ocr")
        assert refused.message.startswith("ไฟล์นี้เป็นเอกสาร PDF")


def test_a_parser_that_takes_too_long_is_stopped() -> None:
    with pytest.raises(Unparsed, match="นานเกินไป"):
        parse_apart(pdf_of(MEMO), parser="pdf", most_seconds=0.01)


@pytest.mark.skipif(sys.platform != "linux", reason="no limit of memory for one process here")
def test_a_parser_that_takes_all_memory_is_stopped() -> None:
    with pytest.raises(Unparsed, match=r"หน่วยความจำ|หยุดกลางคัน"):
        # A content of three gigabytes, from a file of three megabytes.
        parse_apart(
            assembled([CATALOG, ONE_PAGE, page("/Contents 4 0 R"), bomb(3_000)]), parser="pdf"
        )


def test_a_parser_that_falls_over_is_a_refusal_and_the_next_file_is_read(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    fallen = tmp_path / "thamthan" / "reading"
    fallen.mkdir(parents=True)
    (fallen.parent / "__init__.py").touch()
    (fallen / "__init__.py").touch()
    (fallen / "child.py").write_text(
        "import os, sys\nsys.stderr.write('fell')\nsys.stderr.flush()\nos.abort()\n"
    )
    with monkeypatch.context() as patched, caplog.at_level(logging.WARNING):
        patched.setattr(apart, "__file__", str(fallen / "apart.py"))
        with pytest.raises(Unreadable, match="หยุดกลางคัน"):
            pages_of(Document(pdf_of(MEMO)))
    assert "fell" in caplog.text
    assert read(Document(pdf_of(MEMO))).subject is not None


def test_a_file_larger_than_any_letter_is_not_even_handed_over(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(apart, "MOST_BYTES", 1_000)
    with pytest.raises(Unreadable, match="ใหญ่เกิน"):
        pages_of(Document(pdf_of(MEMO)))


def test_the_parser_is_told_no_secret(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    telling = tmp_path / "thamthan" / "reading"
    telling.mkdir(parents=True)
    (telling.parent / "__init__.py").touch()
    (telling / "__init__.py").touch()
    (telling / "child.py").write_text(
        "import json, os\n"
        "print(json.dumps({'pages': [], 'notes': [n for n in os.environ if 'THAMTHAN' in n]}))\n"
    )
    monkeypatch.setenv("THAMTHAN_SECRET_KEY", "secret")
    monkeypatch.setattr(apart, "__file__", str(telling / "apart.py"))
    assert parse_apart(b"%PDF-", parser="pdf").notes == ()


def test_sizes_and_marks_of_a_page_come_through_the_process_apart(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    seen = Mark(
        "handwriting",
        1,
        (60.5, 70.0, 99.5, 90.0),
        field="number",
        candidates=(Candidate("956", 0.75), Candidate("946", 0.25)),
    )
    sent = ParsedFile(
        (
            ParsedPage("ที่ พบ ๐๖๑๘/", size=PageSize(595.3, 841.9)),
            ParsedPage("", size=PageSize(841.9, 595.3), marks=(seen,)),
            ParsedPage("ไม่มีภาพ"),
        )
    )
    telling = tmp_path / "thamthan" / "reading"
    telling.mkdir(parents=True)
    (telling.parent / "__init__.py").touch()
    (telling / "__init__.py").touch()
    told = json.dumps(child._told(sent, since=0))
    (telling / "child.py").write_text(f"print({told!r})\n", encoding="utf-8")
    monkeypatch.setattr(apart, "__file__", str(telling / "apart.py"))
    paper = parse_apart(b"%PDF-", parser="pdf").paper
    assert paper.sizes == (PageSize(595.3, 841.9), PageSize(841.9, 595.3), None)
    assert paper.marks == (replace(seen, page=2),)


def test_a_parser_that_tells_of_marks_that_cannot_be_is_not_believed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    telling = tmp_path / "thamthan" / "reading"
    telling.mkdir(parents=True)
    (telling.parent / "__init__.py").touch()
    (telling / "__init__.py").touch()
    page = {"text": "x", "places": [], "paper": {"sizes": [None], "marks": [{"kind": "ghost"}]}}
    told = json.dumps({"pages": [page], "notes": []})
    (telling / "child.py").write_text(f"print({told!r})\n", encoding="utf-8")
    monkeypatch.setattr(apart, "__file__", str(telling / "apart.py"))
    with pytest.raises(Unparsed, match="หยุดกลางคัน"):
        parse_apart(b"%PDF-", parser="pdf")


GOOD = pdf_of(MEMO)
PIECES = st.sampled_from(
    [b"obj", b"<<", b">>", b"stream\n", b"/Kids[2 0 R]", b" 0 R", b"[", b"%%EOF"]
)


# Each example starts a process: a handful in every run, others each time.
@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.one_of(
        st.builds(
            lambda tail: b"%PDF-1.7\n" + b" ".join(tail),
            st.lists(st.one_of(PIECES, st.binary(max_size=30))),
        ),
        st.builds(
            lambda at, by: GOOD[:at] + by + GOOD[at + len(by) :],
            st.integers(0, len(GOOD)),
            st.binary(min_size=1, max_size=40),
        ),
        st.builds(lambda tail: b"PK\x03\x04word/document.xml" + tail, st.binary(max_size=200)),
    )
)
def test_any_bytes_under_a_known_mark_are_pages_or_a_named_refusal(content: bytes) -> None:
    try:
        assert pages_of(Document(content)).texts
    except Refused as refused:
        assert refused.code in ("unreadable", "needs_ocr")


def test_every_page_of_a_long_document_is_parsed() -> None:
    lines = [
        f"1 0 0 1 60 {780 - 20 * at} Tm {shown(f'ให้รายงานผลตามหนังสือที่ส่งมา ข้อ {at}')} Tj"
        for at in range(36)
    ]
    words = "\n".join(lines)
    content = pdf_of_contents([f"BT /F1 14 Tf {words} ET"] * 25)
    parsed = parse_apart(content, parser="pdf")
    assert len(parsed.pages) == 25
    assert all(page.text and page.places for page in parsed.pages)
