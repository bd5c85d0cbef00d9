"""How well pictures are read: characters, digits, seconds a page; beside one plain Tesseract.

`python -m tests.reading.bench_scans` prints a table for our own samples, for pages drawn here by
Chromium and worn on purpose, and for the real scans where they stand beside the checkout.
"""

import contextlib
import difflib
import io
import shutil
import subprocess
import sys
import tempfile
import time
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pypdfium2
from numpy.typing import NDArray
from PIL import Image

from thamthan.reading.ocr.language import language_folder
from thamthan.reading.ocr.page import recognise
from thamthan.thai.digits import to_arabic
from thamthan.thai.text import repair

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "src" / "thamthan" / "data" / "samples"
REAL = ROOT.parent / "shared" / "letters" / "real"
SURE = 0.8
Picture = NDArray[np.uint8]


def told(text: str) -> str:
    kept = unicodedata.normalize("NFC", to_arabic(repair(text)))
    return "".join(c for c in kept if not c.isspace() and c not in "“”\"‘’'*")


def plainly(picture: Picture) -> tuple[str, float]:
    """One run of Tesseract over the whole page, as anybody would do it."""
    import tesserocr

    with tesserocr.PyTessBaseAPI(path=str(language_folder()), lang="tha+eng", psm=6) as engine:
        begun = time.process_time()
        engine.SetImage(Image.fromarray(picture))
        engine.SetSourceResolution(200)
        text = str(engine.GetUTF8Text())
        return text, time.process_time() - begun


def score(wanted: str, found: str, sure: list[bool]) -> tuple[int, int, int, int]:
    """Characters wrong; digits right, wrong and doubted, wrong and not doubted."""
    wrong = right = doubted = silent = 0
    matcher = difflib.SequenceMatcher(None, wanted, found, autojunk=False)
    for what, start, end, first, last in matcher.get_opcodes():
        if what == "equal":
            right += sum(c.isdigit() for c in wanted[start:end])
            continue
        wrong += max(end - start, last - first)
        for at in range(first, last):
            if found[at].isdigit():
                doubted, silent = doubted + (not sure[at]), silent + sure[at]
    return wrong, right, doubted, silent


def measure(name: str, pages: list[Picture], wanted: str, *, dpi: float | None) -> None:
    wanted = told(wanted)
    digits = sum(c.isdigit() for c in wanted)
    begun = time.process_time()
    read = [recognise(page, dpi=dpi) for page in pages]
    took = (time.process_time() - begun) / len(pages)
    found, sure = "", []
    for page in read:
        for letter, one in zip(page.text, page.certainty, strict=True):
            kept = told(letter) if letter != "ำ" else letter
            found += kept
            sure += [one >= SURE] * len(kept)
    ours = score(wanted, found, sure)
    plain = [plainly(page) for page in pages]
    text = told("".join(words for words, _ in plain))
    theirs = score(wanted, text, [True] * len(text))
    plain_took = sum(seconds for _, seconds in plain) / len(pages)
    print(
        f"| {name} | {ours[0] / len(wanted):.1%} | {ours[1]}/{digits} | {ours[3]} | {took:.1f} "
        f"| {theirs[0] / len(wanted):.1%} | {theirs[1]}/{digits} | {plain_took:.1f} |",
        flush=True,
    )


def pages_of_pdf(content: bytes) -> list[Picture]:
    document = pypdfium2.PdfDocument(content)
    return [np.array(page.render(scale=200 / 72).to_pil().convert("RGB")) for page in document]


def drawn(text: str) -> list[Picture]:
    """The text as Chromium prints it on A4, nothing when there is no Chromium."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser")
    if browser is None:
        return []
    style = (
        "@page{size:A4;margin:25mm 20mm 20mm 30mm}"
        "body{font:15pt/1.45 'Laksaman','Garuda',sans-serif;white-space:pre-wrap;margin:0}"
    )
    with tempfile.TemporaryDirectory() as folder:
        page, paper = Path(folder) / "page.html", Path(folder) / "page.pdf"
        page.write_text(f"<meta charset=utf-8><style>{style}</style>{text}", encoding="utf-8")
        command = [browser, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
        subprocess.run(
            [*command, f"--print-to-pdf={paper}", str(page)], capture_output=True, check=True
        )
        return pages_of_pdf(paper.read_bytes())


def worn(page: Picture, *, angle: float, noise: float, blur: float, quality: int) -> Picture:
    """A page as a worse scanner would give it."""
    chance = np.random.default_rng(5)
    high, wide = page.shape[:2]
    spun = cv2.getRotationMatrix2D((wide / 2, high / 2), angle, 1)
    grey = cv2.warpAffine(page, spun, (wide, high), borderValue=(255, 255, 255))
    if blur:
        grey = cv2.GaussianBlur(grey, (0, 0), blur)
    shade = np.linspace(1.0, 1.0 - noise / 60, wide)[None, :, None]
    dots = grey * shade - noise / 2 + chance.normal(0, noise, grey.shape)
    held = io.BytesIO()
    Image.fromarray(np.clip(dots, 0, 255).astype(np.uint8)).save(held, "JPEG", quality=quality)
    return np.array(Image.open(held).convert("RGB"))


def cases() -> Iterator[tuple[str, list[Picture], str, float | None]]:
    order = (SAMPLES / "district_order.txt").read_text(encoding="utf-8")
    scan = pages_of_pdf((SAMPLES / "district_order_scan.pdf").read_bytes())
    yield "our scan", scan, order, 200
    first = order.split("๒. ด้านความสะอาด", maxsplit=1)[0]
    with Image.open(SAMPLES / "district_order_photo.jpg") as photo:
        yield "our photograph", [np.array(photo.convert("RGB"))], first, None
    text = (SAMPLES / "provincial_circular.txt").read_text(encoding="utf-8")
    pages = drawn(text)
    for name, wear in (
        ("drawn, clean", {"angle": 0.0, "noise": 0.0, "blur": 0.0, "quality": 95}),
        ("drawn, as a scan", {"angle": 1.2, "noise": 6.0, "blur": 0.6, "quality": 45}),
        ("drawn, a bad scan", {"angle": -1.7, "noise": 16.0, "blur": 1.0, "quality": 30}),
    ):
        if pages:
            yield name, [worn(page, **wear) for page in pages], text, 200  # type: ignore[arg-type]
    for paper in sorted(REAL.glob("*.pdf")):
        wanted = paper.with_suffix(".txt").read_text(encoding="utf-8")
        yield f"real {paper.stem[:3]}", pages_of_pdf(paper.read_bytes()), wanted, 200


def main() -> None:
    print(
        "| page | characters wrong | digits right | digits silently wrong | s | "
        "Tesseract: characters | digits | s |"
    )
    print("|---|---|---|---|---|---|---|---|")
    chosen = sys.argv[1:]
    for name, pages, wanted, dpi in cases():
        if not chosen or any(word in name for word in chosen):
            with contextlib.suppress(KeyboardInterrupt):
                measure(name, pages, wanted, dpi=dpi)


if __name__ == "__main__":
    main()
