"""ที่อยู่ไปรษณีย์อิเล็กทรอนิกส์: on a scan an address is promised only as two readers saw it."""

import pytest

pytest.importorskip("cv2", reason="OCR is off here: pip install thamthan[ocr]")

from thamthan.reading.model import SURE
from thamthan.reading.ocr.engine import Letter
from thamthan.reading.ocr.mailed import has_address, settled


def line(words: str, *, certainty: float = 0.96) -> list[Letter]:
    return [
        Letter(sign, 10.0 * at, 0.0, 10.0 * at + 9, 20.0, certainty, 0)
        for at, sign in enumerate(words)
    ]


def read(first: str, second: str, theirs: str) -> tuple[str, bool]:
    """The line as it is settled, and whether every letter of its address is promised."""
    found = settled(line(first), line(second), line(theirs))
    at = next(at for at, one in enumerate(found) if one.text == "@")
    sure = all(one.certainty >= SURE for one in found[at - 3 : at + 4])
    return "".join(one.text for one in found), sure


def test_an_address_that_two_readers_saw_is_promised_though_its_label_is_not() -> None:
    text, sure = read(
        "E-mailrsaraban@ban.go.th", "Emailsaraban@ban.go.th", "E-mail:saraban@ban.go.th"
    )
    assert text == "E-mailrsaraban@ban.go.th"
    assert sure


def test_what_the_second_look_and_the_witness_saw_takes_the_place_of_the_first() -> None:
    assert read("อีเมลsaraban@bango.th", "อีเมลsaraban@ban.go.th", "อีเมลsaraban@ban.go.th") == (
        "อีเมลsaraban@ban.go.th",
        True,
    )


@pytest.mark.parametrize("theirs", ["อีเมลsaraban@srichum.go.th", "อีเมลรลแลเ@ร.ปา", ""])
def test_where_the_witness_saw_something_else_the_address_is_doubted(theirs: str) -> None:
    """Our own two looks lose the same thin i."""
    text, sure = read("อีเมลsaraban@srchum.go.th", "อีเมลsaraban@srchum.go.th", theirs)
    assert text == "อีเมลsaraban@srchum.go.th"
    assert not sure


def test_a_line_without_an_address_is_none() -> None:
    assert has_address(line("อีเมลsaraban@ban.go.th"))
    assert not has_address(line("๕@ว"))
