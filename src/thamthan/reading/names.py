"""Names of offices and policies: which are nearly known, which are written in several ways."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from thamthan.reading.model import Doubt, Finding, LetterReading
from thamthan.thai.digits import to_arabic
from thamthan.thai.text import fold, repair, squeeze

_QUOTED = re.compile(r"“([^“”\n]{4,90}(?:\n[^“”\n]{0,60})?)”|\"([^\"\n]{4,90})\"")
_TONES = re.compile(r"[่้๊๋์็\s]")
_MOST_CHANGED = 3
_LOST = re.compile(
    r"สานัก|อาเภอ|ตาบล|ดาเนิน|กาหนด|จานวน|ประจา(?=ปี|เดือน|จังหวัด|อำเภอ|วัน)|คาสั่ง|ชานาญ|อานวย|จัดทา(?![นม])|ที่ทาการ"
    r"|สาหรับ|สาเร็จ|กากับ(?!ภาษี)|แนะนา(?!น)|สาคัญ|สารวจ|นาประกาศ|นาเผยแพร่|ขอนาส่ง|กาลัง|จาเป็น|บารุง|ตาแหน่ง|อาเภอ|สานวน|บาเหน็จ|บานาญ"
)


@dataclass(frozen=True, slots=True)
class Known:
    """สิ่งที่ทะเบียนรู้จัก: names of organisations by their code, and the reader's own name."""

    organisations: Mapping[str, str] = field(default_factory=dict)
    own_name: str | None = None

    @property
    def names(self) -> list[str]:
        own = [self.own_name] if self.own_name else []
        return [*own, *self.organisations.values()]


def check_known_names(reading: LetterReading, *, known: Known | None) -> Iterator[Doubt]:
    """ชื่อหน่วยงาน: a name that is nearly one of the known ones is likely a misreading of it."""
    organisation = reading.receipt.organisation if reading.receipt else None
    if known is None:
        return
    for place, found in (("receipt.organisation", organisation), ("sender", reading.sender)):
        near = _nearly(found, known) if found else None
        if found and near:
            message = f"ชื่อ “{found.value}” ใกล้เคียงกับ “{near}” ที่รู้จัก อาจอ่านผิด"
            yield Doubt("name_nearly_known", (place,), message, near)


def _nearly(found: Finding[str], known: Known) -> str | None:
    wanted = fold(found.value)
    near: str | None = None
    for name in known.names:
        folded = fold(name)
        if folded == wanted:
            return None
        if near is None and _one_place_apart(wanted, folded):
            near = name
    return near


def _one_place_apart(one: str, other: str) -> bool:
    """Whether two names differ at one place only, by a letter or two."""
    if abs(len(one) - len(other)) > _MOST_CHANGED or min(len(one), len(other)) < 8:
        return False
    head = 0
    while head < min(len(one), len(other)) and one[head] == other[head]:
        head += 1
    tail = 0
    while tail < min(len(one), len(other)) - head and one[-1 - tail] == other[-1 - tail]:
        tail += 1
    return max(len(one), len(other)) - head - tail <= _MOST_CHANGED


def check_own_name(reading: LetterReading, *, known: Known | None) -> Iterator[Doubt]:
    """ตรารับของหน่วยงานอื่น: the stamp is not that of the office in whose register this stands."""
    organisation = reading.receipt.organisation if reading.receipt else None
    if known is None or known.own_name is None or organisation is None:
        return
    one, other = fold(organisation.value), fold(known.own_name)
    if one not in other and other not in one and not _one_place_apart(one, other):
        message = f"ตรารับเป็นของ “{organisation.value}” ไม่ใช่ “{known.own_name}”"
        yield Doubt("receipt_of_another", ("receipt.organisation",), message)


def check_spellings(reading: LetterReading) -> Iterator[Doubt]:
    """ชื่อในอัญประกาศ: the same quoted name written in different ways, by digits, spaces or tones."""
    ways: dict[str, dict[str, None]] = {}
    for page in reading.pages:
        for quoted in _QUOTED.finditer(page):
            words = squeeze(repair(quoted.group(1) or quoted.group(2)))
            key = _TONES.sub("", to_arabic(words).lower())
            ways.setdefault(key, {})[words] = None
    subject = squeeze(repair(reading.subject.text)) if reading.subject else ""
    for spellings in ways.values():
        if len(spellings) < 2:
            continue
        said = " / ".join(f"“{name}”" for name in list(spellings)[:4])
        fields = ("subject",) if any(name in subject for name in spellings) else ()
        message = f"ชื่อเดียวกันเขียนไว้ {len(spellings)} แบบ คือ {said}"
        yield Doubt("name_written_variously", fields, message)


def check_lost_letters(reading: LetterReading) -> Iterator[Doubt]:
    """สระอำหาย: words that only a damaged text layer writes so; the suggestion has them mended."""
    places: list[tuple[str, Finding[str] | None]] = [
        ("subject", reading.subject),
        ("sender", reading.sender),
        ("position", reading.position),
        ("signatory", reading.signatory),
    ]
    places += [(f"addressees[{n}]", found) for n, found in enumerate(reading.addressees)]
    for place, found in places:
        if found and _LOST.search(found.value):
            mended = _LOST.sub(lambda word: _mended(word.group()), found.value)
            message = f"ข้อความ “{found.value[:60]}” น่าจะตกสระอำ เพราะไฟล์ต้นทางเสีย"
            yield Doubt("letters_lost", (place,), message, mended)


def _mended(word: str) -> str:
    """The า that is left of the ำ is the first one, but in ตาบล's like all stand first."""
    at = word.rindex("า") if word in ("จัดทา", "ประจา", "แนะนา") else word.index("า")
    return f"{word[:at]}ำ{word[at + 1 :]}"
