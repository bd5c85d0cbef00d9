"""Scans and photographs are read: right, or flagged; and no picture, however made, does harm."""

import io
import struct
import subprocess
import sys
import zlib
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from thamthan.reading import Document, read
from thamthan.reading.certainty import limited
from thamthan.reading.model import (
    SURE,
    Deadline,
    EnclosureFinding,
    Finding,
    LetterReading,
    NumberFinding,
    Receipt,
    Span,
    is_flagged,
)
from thamthan.reading.ocr.language import has_packages, is_available, language_folder
from thamthan.reading.pages import NeedsOCR, Pages, Unreadable, pages_of
from thamthan.thai.correspondence import LetterKind

SAMPLES = Path(__file__).resolve().parents[2] / "src" / "thamthan" / "data" / "samples"
SCAN = SAMPLES / "district_order_scan.pdf"
PHOTO = SAMPLES / "district_order_photo.jpg"

needs_ocr = pytest.mark.skipif(
    not is_available(),
    reason="OCR is off here: "
    + ("no language files (tesseract-ocr-tha)" if has_packages() else "pip install thamthan[ocr]"),
)


@cache
def pages(path: Path) -> Pages:
    return pages_of(Document(path.read_bytes(), path.name))


@cache
def reading(path: Path) -> LetterReading:
    return read(Document(path.read_bytes(), path.name))


def bare(text: str) -> str:
    return "".join(text.split())


def of_value(reading: LetterReading) -> Iterator[tuple[str, object, object]]:
    number, dated_on = reading.number, reading.dated_on
    yield "number", number and number.value, "พบ 0618/1042"
    yield "dated_on", dated_on and dated_on.value, date(2026, 6, 9)
    for which, wanted in enumerate(("พบ 0017.2/ว 7318", "พบ 0017.2/7945")):
        found = reading.references[which] if which < len(reading.references) else None
        yield f"references[{which}]", found and found.number, wanted


# What the pictures say


@needs_ocr
@pytest.mark.parametrize("path", [SCAN, PHOTO], ids=["scan", "photo"])
def test_what_lives_by_its_digits_is_right_or_flagged(path: Path) -> None:
    letter = reading(path)
    for field, found, wanted in of_value(letter):
        assert found == wanted or found is None or is_flagged(letter, field), field
    right = [field for field, found, wanted in of_value(letter) if found == wanted]
    assert len(right) >= 3, right


@needs_ocr
def test_the_running_text_of_the_scan_is_read() -> None:
    text = bare("\n".join(pages(SCAN).texts))
    for words in (
        "จังหวัดจึงกำหนดข้อสั่งการเพิ่มเติมให้ถือปฏิบัติ",
        "อำเภอทราบภายในสัปดาห์ที่๔ของเดือนมิถุนายนพ.ศ.๒๕๖๙",
        "จึงเรียนมาเพื่อพิจารณาดำเนินการ",
        "(นายสมมติตัวอย่างดี)",
    ):
        assert words in text


@needs_ocr
def test_the_sender_stands_beside_the_number_as_on_paper() -> None:
    line = next(line for line in pages(SCAN).texts[0].split("\n") if line.startswith("ที่ พบ"))
    assert "   ที่ว่าการอำเภอบ้านลาด" in line


@needs_ocr
def test_a_photograph_taken_askew_says_what_the_scan_says() -> None:
    scan, photo = (bare(pages(path).texts[0]) for path in (SCAN, PHOTO))
    for words in ("ตามหนังสือที่อ้างถึง๑จังหวัดเพชรบุรีประกาศใช้นโยบาย", "เข้าสู่ฤดูฝน"):
        assert words in scan
        assert words in photo


@needs_ocr
def test_what_the_receipt_stamp_says_is_never_promised() -> None:
    for path in (SCAN, PHOTO):
        receipt = reading(path).receipt
        for found in (receipt.number, receipt.received_on, receipt.time) if receipt else ():
            assert found is None or found.certainty < SURE


@needs_ocr
def test_every_finding_of_the_scan_has_its_place_on_the_paper() -> None:
    number = reading(SCAN).number
    assert number is not None
    assert number.span.box is not None
    left, top, right, bottom = number.span.box
    assert 0 < left < right < 300
    assert 100 < top < bottom < 200


@needs_ocr
def test_every_mark_of_the_scan_lies_on_its_page() -> None:
    paper = reading(SCAN).paper
    assert len(paper.sizes) == len(reading(SCAN).pages)
    assert paper.marks
    for mark in paper.marks:
        size = paper.sizes[mark.page - 1]
        assert size is not None
        left, top, right, bottom = mark.box
        assert 0 <= left < right <= size.width + 1
        assert 0 <= top < bottom <= size.height + 1


@needs_ocr
def test_a_page_fed_upside_down_or_sideways_is_read_alike() -> None:
    from PIL import Image

    with Image.open(PHOTO) as photo:
        for angle in (90, 180):
            turned = io.BytesIO()
            photo.rotate(angle, expand=True).save(turned, "JPEG", quality=90)
            found = pages_of(Document(turned.getvalue(), "turned.jpg"))
            assert "ประกาศใช้นโยบาย" in bare(found.texts[0]), angle


@needs_ocr
def test_places_and_certainties_keep_step_with_the_text() -> None:
    found = pages(SCAN)
    for text, places, certainty in zip(found.texts, found.places, found.certainty, strict=True):
        assert len(certainty) == len(text)
        assert all(text[start:end].strip() for start, end, *_ in places)


# Certainty


def letter_of(text: str, **found: object) -> LetterReading:
    return LetterReading(kind=LetterKind.EXTERNAL, pages=(text,), **found)  # type: ignore[arg-type]


def test_one_doubtful_digit_flags_the_number() -> None:
    text = "พบ 0618/1042"
    span = Span(1, 0, len(text))
    number = NumberFinding(text, text, span, 0.95, "พบ 0618", False, 1042)
    sure = [0.96] * len(text)
    letter = letter_of(text, number=number)
    assert not is_flagged(limited(letter, [sure]), "number")
    sure[-1] = 0.5
    assert is_flagged(limited(letter, [sure]), "number")


def test_a_number_whose_running_part_a_hand_wrote_is_flagged() -> None:
    text = "พบ 0618/"
    number = NumberFinding(text, text, Span(1, 0, len(text)), 0.95, "พบ 0618", False, None)
    letter = letter_of(text, number=number)
    assert is_flagged(limited(letter, [[0.96] * len(text)]), "number")


def test_a_deadline_of_a_doubtful_day_is_doubted() -> None:
    text = "ภายในวันที่ 16 มีนาคม 2569"
    deadline = Deadline(text, Span(1, 0, len(text)), "date", closes=date(2026, 3, 16))
    letter = letter_of(text, deadlines=(deadline,))
    sure = [0.96] * len(text)
    assert not is_flagged(limited(letter, [sure]), "deadlines[0]")
    sure[text.index("6")] = 0.5
    assert is_flagged(limited(letter, [sure]), "deadlines[0]")


def test_a_name_may_have_one_doubtful_letter_in_many_but_no_more() -> None:
    text = "การสำรวจผู้สูงอายุในพื้นที่ขององค์การบริหารส่วนตำบล"
    letter = letter_of(text, subject=Finding(text, text, Span(1, 0, len(text)), 0.95))
    sure = [0.96] * len(text)
    sure[3] = 0.5
    assert not is_flagged(limited(letter, [sure]), "subject")
    sure[4:7] = [0.5] * 3
    assert is_flagged(limited(letter, [sure]), "subject")


SIGNED = "ขอแสดงความนับถือ\n\n(นายสมมติ ตัวอย่างดี)\nนายอำเภอบ้านลาด\n"


def signed(text: str, name: str = "นายสมมติ ตัวอย่างดี") -> LetterReading:
    start = text.index(name)
    finding = Finding(name, name, Span(1, start, start + len(name)), 0.92)
    return limited(letter_of(text, signatory=finding), [[0.96] * len(text)])


def test_a_name_alone_under_the_closing_words_is_the_signers() -> None:
    assert not is_flagged(signed(SIGNED), "signatory")


@pytest.mark.parametrize(
    "text",
    [
        SIGNED + "\n( บรรจง ปราบเซียน )\nปลัดองค์การบริหารส่วนตำบล",
        SIGNED.replace("\n\n(", "\nรอเลขธิกรรกษา ราชการแทน\n("),
    ],
    ids=["another who endorses", "print between that was not made out"],
)
def test_a_name_among_others_on_a_scan_is_flagged(text: str) -> None:
    assert is_flagged(signed(text), "signatory")


def test_a_name_without_a_title_on_a_scan_is_flagged() -> None:
    assert is_flagged(signed(SIGNED.replace("นายสมมติ", "สมมติ"), "สมมติ ตัวอย่างดี"), "signatory")


@pytest.mark.parametrize("words", ["ดำูนมาก", "ควนทีสุด", "ด่วบมาก"])
def test_an_urgency_half_read_is_doubted(words: str) -> None:
    text = f"{words}\nที่ พบ 0618/1\n"
    letter = letter_of(text, subject=Finding("ที่", "ที่", Span(1, 0, 2), 0.9))
    assert is_flagged(limited(letter, [[0.9] * len(text)]), "urgency")
    other = "บันทึกข้อความ\nที่ พบ 0618/1\n"
    letter = letter_of(other, subject=Finding("ที่", "ที่", Span(1, 0, 2), 0.9))
    assert not is_flagged(limited(letter, [[0.9] * len(other)]), "urgency")


@pytest.mark.parametrize(("left", "flagged"), [(90.0, True), (380.0, False)])
def test_a_receipt_stamp_where_the_urgency_stands_leaves_it_in_doubt(
    left: float, flagged: bool
) -> None:
    text = "รับที่ ๑๗๗๘\nที่ พบ ๐๖๑๘/๑\n"
    number = Finding(1778, "๑๗๗๘", Span(1, 7, 11, (left, 70.0, left + 40, 84.0)), 0.9)
    letter = letter_of(text, receipt=Receipt(number=number))
    assert is_flagged(limited(letter, [[0.9] * len(text)]), "urgency") == flagged


@pytest.mark.parametrize("heading", ["บันทึกข้อคว่าม์", "เวส่วนราชการ"])
def test_a_heading_of_a_memo_half_read_leaves_the_kind_in_doubt(heading: str) -> None:
    text = f"วันที่ ๙ิ รย.     {heading}\nที่ พบ ๐๖๑๘/๑\n"
    letter = letter_of(text)
    assert is_flagged(limited(letter, [[0.9] * len(text)]), "kind")
    other = text.replace(heading, "ที่ว่าการอำเภอบ้านลาด")
    assert not is_flagged(limited(letter_of(other), [[0.9] * len(other)]), "kind")


def test_counts_of_enclosures_that_stand_apart_from_their_names_are_flagged() -> None:
    """On a bent page the names stand lower than the counts beside them."""
    apart = "สิ่งที่ส่งมาด้วย ๑. แบบเสนอชื่อ\n            จำนวน ๓ ฉบับ\n     ๒. หลักเกณฑ์\n"
    level = "สิ่งที่ส่งมาด้วย ๑. แบบเสนอชื่อ     จำนวน ๔ ชุด\n     ๒. หลักเกณฑ์    จำนวน ๓ ฉบับ\n"
    for text, flagged in ((apart, True), (level, False)):
        starts = [text.index("แบบ"), text.index("หลัก")]
        names = ("แบบเสนอชื่อ", "หลักเกณฑ์")
        found = tuple(
            EnclosureFinding(name, name, Span(1, at, at + len(name)), 0.9, None, None)
            for name, at in zip(names, starts, strict=True)
        )
        told = limited(letter_of(text, enclosures=found), [[0.9] * len(text)])
        assert all((one.certainty < SURE) == flagged for one in told.enclosures)


def test_text_that_was_no_picture_keeps_its_certainties() -> None:
    letter = letter_of("เรื่อง", subject=Finding("เรื่อง", "เรื่อง", Span(1, 0, 6), 0.95))
    assert limited(letter, [()]) is letter


# Pictures that are no letters


def png(width: int, height: int) -> bytes:
    """A PNG whose head tells a size of which it does not hold a single dot."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + body))
        return struct.pack(">I", len(body)) + kind + body + check

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IEND", b"")


def plain(colour: str, size: tuple[int, int] = (900, 1200)) -> bytes:
    from PIL import Image

    held = io.BytesIO()
    Image.new("RGB", size, colour).save(held, "PNG")
    return held.getvalue()


@needs_ocr
@pytest.mark.parametrize(
    "make",
    [
        lambda: png(60_000, 60_000),
        lambda: png(1, 1),
        lambda: PHOTO.read_bytes()[:20_000],
        lambda: PHOTO.read_bytes()[:40],
        lambda: plain("white"),
        lambda: plain("black"),
        lambda: plain("white", (1, 1)),
        lambda: plain("red", (3, 2000)),
        lambda: b"\xff\xd8\xff" + bytes(range(256)) * 40,
    ],
    ids=["huge", "hollow", "cut", "stub", "white", "black", "dot", "stripe", "noise"],
)
def test_a_picture_that_is_no_letter_is_refused_by_name(make: object) -> None:
    content = make()  # type: ignore[operator]
    try:
        found = pages_of(Document(content, "picture.png"))
    except (NeedsOCR, Unreadable) as refused:
        assert "ภาพ" in str(refused)
    else:
        assert not is_flagged(read("\n".join(found.texts)), "dated_on")


@needs_ocr
def test_noise_is_not_read_as_a_letter() -> None:
    import numpy as np
    from PIL import Image

    dots = np.random.default_rng(7).integers(0, 255, (700, 500), dtype=np.uint8)
    held = io.BytesIO()
    Image.fromarray(dots).save(held, "PNG")
    try:
        found = pages_of(Document(held.getvalue(), "noise.png"))
    except (NeedsOCR, Unreadable):
        return
    assert len(bare("".join(found.texts))) < 200


# Without the optional parts


def test_a_picture_waits_for_a_clerk_where_pictures_cannot_be_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("thamthan.reading.pages.is_available", lambda: False)
    with pytest.raises(NeedsOCR):
        pages_of(Document(PHOTO.read_bytes(), "photo.jpg"))
    with pytest.raises(NeedsOCR):
        pages_of(Document(SCAN.read_bytes(), "scan.pdf"))


def test_the_reader_loads_nothing_for_pictures_before_one_comes() -> None:
    asked = (
        "import sys, thamthan.reading; print({'numpy', 'cv2', 'PIL', 'tesserocr'} & {*sys.modules})"
    )
    done = subprocess.run(
        [sys.executable, "-c", asked],
        capture_output=True,
        text=True,
        check=True,
        cwd=SAMPLES.parents[2],
    )
    assert done.stdout.strip() == "set()"


def test_it_is_told_whether_pictures_can_be_read() -> None:
    assert is_available() == (has_packages() and language_folder() is not None)


@pytest.mark.parametrize(
    ("field", "words", "is_good"),
    [
        ("subject", "การคัดเลือกครูและบุคลากร", True),
        ("subject", "นายกองค์การบริหารส่วนตำบลหนองกะปุ", False),
        ("addressees", "ผู้อำนวยการโรงเรียน", True),
        ("addressees", "อำนวยการโรงเรียน", False),
        ("addressees", "หนังสืออำเภอ ที่ พบ ๐๖๑๘/๑", False),
    ],
)
def test_what_stands_in_its_neighbours_place_on_a_scan_is_flagged(
    field: str, words: str, is_good: bool
) -> None:
    finding = Finding(words, words, Span(1, 0, len(words)), 0.95)
    found = {"subject": finding} if field == "subject" else {"addressees": (finding,)}
    letter = limited(letter_of(words, **found), [[0.96] * len(words)])
    assert is_flagged(letter, field) is not is_good
