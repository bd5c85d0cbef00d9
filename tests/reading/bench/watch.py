"""Reads a file through the door and watches: the seconds of this core, the words of each page."""

import io
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from unittest.mock import patch

import numpy as np
import pypdfium2
from numpy.typing import NDArray
from PIL import Image, ImageSequence

from thamthan.reading import Document, pages, read
from thamthan.reading.model import to_json
from thamthan.reading.ocr import files
from thamthan.reading.ocr.language import language_folder
from thamthan.reading.parsed import ParsedFile, ParsedPage
from thamthan.reading.portable import parse_pdf
from thamthan.reading.wordfile import parse_docx

_PARSERS = {
    "pdf": parse_pdf,
    "docx": parse_docx,
    "scan": files.parse_scan,
    "picture": files.parse_picture,
}


@dataclass
class Watched:
    """What came out of a file: the reading as JSON, its pages, and the seconds that it took."""

    reading: dict[str, Any] = field(default_factory=dict)
    pages: tuple[ParsedPage, ...] = ()
    # The fields of which a person is shown the place on the paper, though nothing was read there.
    shown: frozenset[str] = frozenset()
    seconds: float = 0.0
    fault: str = ""


def read_watched(content: bytes, name: str) -> Watched:
    """The reading as the door gives it, its parsers run in this process so that they are timed.

    What starting a process costs is left out: a batch pays it once, not for every page.
    """
    watched = Watched()
    with _here(watched):
        begun = time.process_time()
        try:
            found = read(Document(content, name))
            watched.reading = to_json(found)
            watched.shown = frozenset(mark.field for mark in found.paper.marks if mark.field)
        except Exception as fault:
            # A letter that cannot be read at all is a finding of the bench, not its end.
            watched.fault = f"{type(fault).__name__}: {fault}"
        watched.seconds = time.process_time() - begun
    return watched


@contextmanager
def _here(watched: Watched) -> Iterator[None]:
    def parse(content: bytes, *, parser: str, most_seconds: float | None = None) -> ParsedFile:
        parsed = _PARSERS[parser](content)
        watched.pages = parsed.pages
        return parsed

    with patch.object(pages, "parse_apart", parse):
        yield


def pictures_of(content: bytes) -> list[NDArray[np.uint8]]:
    """The pages of a scan or a photograph as the reader sees them."""
    if content.startswith(b"%PDF"):
        document = pypdfium2.PdfDocument(content)
        return [
            np.array(page.render(scale=files.DPI / 72).to_pil().convert("RGB")) for page in document
        ]
    with Image.open(io.BytesIO(content)) as image:
        return [np.array(frame.convert("RGB")) for frame in ImageSequence.Iterator(image)]


@cache
def _plain_engine() -> Any:
    import tesserocr

    return tesserocr.PyTessBaseAPI(path=str(language_folder()), lang="tha+eng", psm=6)


def plainly(picture: NDArray[np.uint8]) -> tuple[str, float]:
    """One run of Tesseract over the whole page, as anybody would do it, and its seconds."""
    engine = _plain_engine()
    begun = time.process_time()
    engine.SetImage(Image.fromarray(picture))
    engine.SetSourceResolution(files.DPI)
    text = str(engine.GetUTF8Text())
    return text, time.process_time() - begun
