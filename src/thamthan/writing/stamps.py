"""ตรารับหนังสือ (แบบที่ 12): the receipt stamp drawn as a small PDF, and a sheet to carry it."""

from dataclasses import dataclass
from datetime import date, time

from thamthan.thai.dates import format_date
from thamthan.thai.digits import to_thai
from thamthan.writing.fonts import face, letters_of
from thamthan.writing.typesetting import typeset

# As forms/seal.typ has it.
WIDE_MM = 50.0
HIGH_MM = 25.0


@dataclass(frozen=True, slots=True)
class ReceiptStamp:
    """ตรารับ: the agency's name, the receipt number, the day and the hour."""

    agency: str
    number: int
    on: date
    at: time


def draw_stamp(stamp: ReceiptStamp) -> bytes:
    """วาดตรารับ: a PDF of one page as large as the stamp, clear where nothing is printed."""
    return typeset("receipt_stamp", _said(stamp), title="ตรารับหนังสือ", dated_on=stamp.on)


def write_cover_sheet(
    stamp: ReceiptStamp, *, facts: tuple[tuple[str, str], ...], foot: str
) -> bytes:
    """ใบปะหน้า: an A4 sheet that bears the stamp, for a file on which no stamp can be drawn."""
    told = [[label, to_thai(printable(words))] for label, words in facts]
    return typeset(
        "receipt_sheet",
        {**_said(stamp), "facts": told, "foot": printable(foot)},
        title="ใบปะหน้าหนังสือรับ",
        dated_on=stamp.on,
    )


def _said(stamp: ReceiptStamp) -> dict[str, str]:
    return {
        "agency": stamp.agency,
        "number": to_thai(str(stamp.number)),
        "on": to_thai(format_date(stamp.on, style="list")),
        "at": to_thai(f"{stamp.at:%H.%M} น."),
    }


def printable(text: str) -> str:
    """ตัวอักษรที่พิมพ์ได้: what the face has no letter for, or is no letter, becomes a question mark.

    For books and sheets that must come out whatever stood in a letter; never for a letter itself.
    """
    known = letters_of(face())
    return "".join(
        sign if ord(sign) in known or sign == "\n" else ("?" if sign.isprintable() else " ")
        for sign in text
    )
