"""Whatever a letter comes in, one door reads it: by its bytes, upright, each page by its best."""

import io
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from tests.pdfs import LEADING, LEFT, SIZE, TOP, broken, pdf_of, pdf_of_contents, shown, wrapped
from thamthan.reading import Document, read
from thamthan.reading.ocr.language import has_packages, is_available
from thamthan.reading.pages import NeedsOCR, media_type_of, pages_of

SAMPLES = Path(__file__).parents[2] / "src/thamthan/data/samples"
MEMO = (SAMPLES / "memo.txt").read_text(encoding="utf-8")

needs_ocr = pytest.mark.skipif(
    not is_available(),
    reason="OCR is off here: "
    + ("no language files (tesseract-ocr-tha)" if has_packages() else "pip install thamthan[ocr]"),
)
# What stands on the piece of paper below, letter by letter.
SEEN = "จังหวัดจึงกำหนดข้อสั่งการเพิ่มเติมให้ถือปฏิบัติ"


def bare(text: str) -> str:
    return "".join(text.split())


@cache
def paper() -> object:
    """The lower half of the sample's first page: some ten lines, for every page costs seconds."""
    import pypdfium2

    document = pypdfium2.PdfDocument((SAMPLES / "district_order_scan.pdf").read_bytes())
    image = document[0].render(scale=150 / 72).to_pil().convert("L")
    document.close()
    return image.crop((0, image.height // 2, image.width, image.height))


def saved(form: str, *, turned: int = 0, **more: object) -> bytes:
    image = paper().rotate(turned, expand=True, fillcolor=255)  # type: ignore[attr-defined]
    held = io.BytesIO()
    if form == "HEIF":
        heif = pytest.importorskip("pillow_heif", reason="pip install thamthan[ocr]")
        heif.from_pillow(image.convert("RGB")).save(held, quality=80, **more)
    else:
        image.save(held, form, **more)
    return held.getvalue()


def turned_by_camera(form: str) -> bytes:
    """Taken with the camera on its side, as the picture itself says."""
    from PIL import Image

    exif = Image.Exif()
    exif[0x0112] = 6
    return saved(form, turned=90, exif=exif.tobytes())


PICTURES = {
    "image/png": lambda: saved("PNG"),
    "image/jpeg": lambda: turned_by_camera("JPEG"),
    "image/heic": lambda: turned_by_camera("HEIF"),
    "image/webp": lambda: saved("WEBP", quality=80),
    "image/bmp": lambda: saved("BMP", turned=180),
    "image/gif": lambda: saved("GIF", turned=270),
}


@needs_ocr
@pytest.mark.parametrize("media_type", PICTURES)
def test_a_picture_is_known_by_its_bytes_and_read_upright(media_type: str) -> None:
    content = PICTURES[media_type]()
    assert media_type_of(content) == media_type
    found = pages_of(Document(content, "หนังสือ.docx"))
    assert SEEN[:24] in bare(found.texts[0])
    assert found.notes[0].endswith("แม้ชื่อลงท้ายด้วย .docx")


@needs_ocr
def test_every_page_of_a_tiff_is_read_also_one_fed_on_its_side() -> None:
    image = paper()
    held = io.BytesIO()
    others = [image.rotate(90, expand=True), image]  # type: ignore[attr-defined]
    image.save(held, "TIFF", save_all=True, append_images=others)  # type: ignore[attr-defined]
    whole = held.getvalue()
    found = pages_of(Document(whole))
    assert len(found.texts) == 3
    for text in found.texts:
        assert SEEN[:24] in bare(text)


# A PDF of pages of different worth

GARBAGE = MEMO.encode("cp874", "replace").decode("latin-1")


def drawn(text: str, *, picture: bool = False) -> str:
    lines = [
        f"1 0 0 1 {LEFT} {TOP - LEADING * at} Tm {shown(line)} Tj"
        for at, line in enumerate(wrapped(text)[:36])
        if line.strip()
    ]
    above = "q 595 0 0 421 0 421 cm /Im0 Do Q" if picture else ""
    return f"BT /F1 {SIZE} Tf " + "\n".join(lines) + f" ET {above}"


def mixed() -> bytes:
    """A page of good text; a scan; a scan under a layer of letters that mean nothing."""
    jpeg = saved("JPEG", quality=80)
    image = paper()
    head = (
        f"<</Type/XObject/Subtype/Image/Width {image.width}/Height {image.height}"  # type: ignore[attr-defined]
        f"/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/DCTDecode/Length {len(jpeg)}>>\nstream\n"
    )
    picture = head.encode() + jpeg + b"\nendstream"
    scan = "q 595 0 0 421 0 421 cm /Im0 Do Q"
    return pdf_of_contents([drawn(MEMO), scan, drawn(GARBAGE, picture=True)], picture=picture)


@needs_ocr
def test_page_by_page_the_better_of_layer_and_picture_is_taken_and_the_reason_kept() -> None:
    found = pages_of(Document(mixed()))
    assert "บันทึกข้อความ" in found.texts[0]
    assert found.certainty[0] == ()
    for text, certainty in zip(found.texts[1:], found.certainty[1:], strict=True):
        assert SEEN[:24] in bare(text)
        assert len(certainty) == len(text)
    assert GARBAGE.split()[0] not in found.texts[2]
    assert "หน้า 2 มีแต่ภาพ ไม่มีข้อความ จึงอ่านจากภาพ กรุณาเทียบกับต้นฉบับ" in found.notes
    assert any(
        note.startswith("หน้า 3 มีข้อความที่อักษรเพี้ยน") and "จึงอ่านจากภาพ" in note for note in found.notes
    )
    assert not any(note.startswith("หน้า 1") for note in found.notes)


def test_without_ocr_the_good_page_is_read_and_the_others_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("thamthan.reading.pages.is_available", lambda: False)
    content = pdf_of_contents([drawn(MEMO), "q 595 0 0 842 0 0 cm /Im0 Do Q", drawn(GARBAGE)])
    found = pages_of(Document(content))
    assert "บันทึกข้อความ" in found.texts[0]
    assert found.texts[1:] == ("", "")
    assert [note[:6] for note in found.notes] == ["หน้า 2", "หน้า 3"]


# Layers that are mended

DAMAGE = {
    "torn am, shifted marks, two เ": broken,
    "marks twice": lambda text: "".join(c * 2 if c in "่้ิีั์" else c for c in text),
    "tones before vowels": lambda text: text.replace("ี่", "่ี").replace("ั้", "้ั").replace("ื่", "่ื"),
    "unseen letters": lambda text: text.replace("าร", "า\u200bร").replace("ที่", "ที่\ufeff"),
    "blanks before marks": lambda text: text.replace("ี่", " ี่").replace("ั", " ั"),
}


@pytest.mark.parametrize("way", DAMAGE)
def test_a_damaged_layer_says_what_the_page_says(way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("thamthan.reading.pages.is_available", lambda: False)
    text = "\n".join(wrapped(MEMO))
    plain, mended = read(text), read(Document(pdf_of(DAMAGE[way](text))))  # type: ignore[no-untyped-call]
    assert mended.number is not None
    assert plain.number is not None
    assert mended.number.value == plain.number.value
    for field in ("dated_on", "subject", "signatory", "position"):
        before, after = getattr(plain, field), getattr(mended, field)
        assert bare(str(after and after.value)) == bare(str(before and before.value)), field


def test_a_layer_of_single_letters_is_not_trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("thamthan.reading.pages.is_available", lambda: False)
    apart = "\n".join(" ".join(line.replace(" ", "")) for line in MEMO.split("\n"))
    with pytest.raises(NeedsOCR):
        pages_of(Document(pdf_of(apart)))


@pytest.mark.skipif(not has_packages(), reason="pip install thamthan[ocr]")
@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize(("size", "part"), [((1_000, 500), 1), ((7_400, 7_300), 2)])
def test_how_fine_a_picture_is_counts_what_was_made_coarser_and_not_how_it_lies(
    monkeypatch: pytest.MonkeyPatch, size: tuple[int, int], part: int, *, turned: bool
) -> None:
    from PIL import Image

    from thamthan.reading.ocr import files, page

    told: list[float | None] = []

    def sees(picture: object, *, dpi: float | None) -> page.RecognisedPage:
        told.append(dpi)
        return page.RecognisedPage("seen", (), (), 1, 1)

    monkeypatch.setattr(page, "recognise", sees)
    exif = Image.Exif()
    exif[0x0112] = 6 if turned else 1
    held = io.BytesIO()
    Image.new("L", size).save(held, "JPEG", dpi=(600, 600), exif=exif)
    files.parse_picture(held.getvalue())
    assert told == [pytest.approx(600 / part)]


@pytest.mark.skipif(not has_packages(), reason="pip install thamthan[ocr]")
def test_a_page_is_read_in_one_thread() -> None:
    told = subprocess.run(
        [
            sys.executable,
            "-c",
            "import cv2; from thamthan.reading.ocr.files import warm_up; warm_up();"
            " print(cv2.getNumThreads())",
        ],
        capture_output=True,
        check=True,
        text=True,
        cwd=SAMPLES.parents[2],
    )
    assert told.stdout.strip() == "1"
