"""ข้อมูลส่วนบุคคล: what of a letter concerns one person, found by its shape – numbers and names."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from thamthan.reading.model import PrivatePlace
from thamthan.reading.sheet import Sheet
from thamthan.thai.digits import to_arabic

PrivateKind = Literal["citizen", "telephone", "account", "email", "name"]

# Thirteen digits with the card's own gaps; an account of a bank; telephones of nine and ten.
_SHAPES: tuple[tuple[PrivateKind, re.Pattern[str]], ...] = (
    ("citizen", re.compile(r"(?<!\d)\d(?:[ \-–]?\d){12}(?!\d)")),
    ("account", re.compile(r"(?<!\d)\d{3}[ ]?[\-–][ ]?\d[ ]?[\-–][ ]?\d{5}[ ]?[\-–][ ]?\d(?!\d)")),
    ("telephone", re.compile(r"(?<!\d)0(?:[ \-–]?\d){8,9}(?!\d)")),
    (
        "email",
        re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{2,63}){1,4}"),
    ),
)
_NAME = re.compile(r"\(\s*((?:นาย|นาง|นางสาว|ว่าที่|พล|พัน|ร้อย|ดร\.)[^()\n]{3,60})\s*\)")
MOST_PLACES = 200


@dataclass(frozen=True, slots=True)
class PrivateWords:
    """คำส่วนบุคคล: from which letter to which of a text, and of what kind."""

    start: int
    end: int
    kind: PrivateKind


def private_words(text: str) -> Iterator[PrivateWords]:
    """เลขประจำตัวประชาชน เลขบัญชี โทรศัพท์ อีเมล และชื่อในวงเล็บ of a text; a number is one of them."""
    digits = to_arabic(text)
    taken = bytearray(len(digits))
    for kind, shape in _SHAPES:
        for found in shape.finditer(digits):
            start, end = found.span()
            if not any(taken[start:end]):
                taken[start:end] = b"\x01" * (end - start)
                yield PrivateWords(start, end, kind)
    for found in _NAME.finditer(text):
        yield PrivateWords(*found.span(1), "name")


def private_places(sheet: Sheet) -> tuple[PrivatePlace, ...]:
    """ที่ของคำส่วนบุคคลบนกระดาษ: those whose letters have places, as on a scan; without the words."""
    places: list[PrivatePlace] = []
    for words in private_words(sheet.text):
        span = sheet.span(words.start, words.end)
        if span.box is not None:
            places.append(PrivatePlace(words.kind, span.page, span.box))
        if len(places) == MOST_PLACES:
            break
    return tuple(places)
