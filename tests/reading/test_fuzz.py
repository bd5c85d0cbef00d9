"""What is spoilt for `make fuzz` can be opened before it is spoilt: else nothing would be tried."""

from collections.abc import Callable

import pytest

from tests.reading.fuzz_seeds import SEEDS
from thamthan.reading.ocr.language import has_packages
from thamthan.reading.parsed import ParsedFile
from thamthan.reading.wordfile import parse_docx


def test_every_docx_file_holds_its_letter() -> None:
    for content in SEEDS()["docx"]:
        text = parse_docx(content).pages[0].text
        assert len(text) > 500


@pytest.mark.skipif(not has_packages(), reason="pip install thamthan[ocr]")
def test_every_pdf_and_every_picture_has_pages_to_recognise(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from thamthan.reading.ocr import files, page

    def sees(picture: object, *, dpi: float | None) -> page.RecognisedPage:
        return page.RecognisedPage("seen", (), (), 1, 1)

    monkeypatch.setattr(page, "recognise", sees)
    doors: dict[str, Callable[[bytes], ParsedFile]] = {
        "pdf": files.parse_scan,
        "picture": files.parse_picture,
    }
    for kind, door in doors.items():
        for content in SEEDS()[kind]:
            assert door(content).pages
