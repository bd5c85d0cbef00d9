"""The lines between and above the tables: strategies, programmes, the form's mark, totals."""

import re
from dataclasses import dataclass
from typing import Literal

from thamthan.reading.plans.model import Field, Form
from thamthan.thai.digits import to_arabic

Version = Literal["before", "after"]
_LABEL = r"(?:(?:[0-9]{1,2}(?:\.[0-9]{1,2})*[.)]?|[ก-ฮ][.)]|\([0-9ก-ฮ]\))\s*)?"
# Which heading a line begins; the others of the block above the form are kept as they are.
_BEGINNINGS: tuple[tuple[Field | None, str], ...] = (
    (
        None,
        r"ยุทธศาสตร์ชาติ|ยุทธศาสตร์จังหวัด|ยุทธศาสตร์การพัฒนาจังหวัด|ยุทธศาสตร์การพัฒนาของ(?:องค์กร|อปท)"
        r"|แผนพัฒนาเศรษฐกิจ|แผนพัฒนาประเทศ|แผนแม่บท|เป้าหมายการพัฒนาที่ยั่งยืน|SDGs?|หมุดหมาย"
        r"|แผนพัฒนา(?:ท้องถิ่น|จังหวัด|กลุ่มจังหวัด|หมู่บ้าน)|แผนปฏิรูป|แผนย่อย|นโยบาย|ยุทธศาสตร์(?:ที่\s*\S+\s*)?ของประเทศ"
        r"|ยุทธศาสตร์(?:การพัฒนา)?(?:ของ)?(?:กลุ่ม)?จังหวัด|ยุทธศาสตร์การพัฒนาขององค์กรปกครองส่วนท้องถิ่นในเขต",
    ),
    ("issue", r"ประเด็นการพัฒนา"),
    ("strategy", r"ยุทธศาสตร์"),
    ("tactic", r"กลยุทธ์|แนวทางการพัฒนา|แนวทางที่"),
    ("programme", r"แผนงาน"),
)
_BEGIN = tuple((field, re.compile(rf"{_LABEL}(?:{words})")) for field, words in _BEGINNINGS)
# Where one line holds two headings, the second begins after white space.
_INNER = re.compile(
    r"\s(?=(?:[0-9]{1,2}(?:\.[0-9]{1,2})*[.)]?\s*)?(?:กลยุทธ์|แผนงาน|ประเด็นการพัฒนา)(?:ที่|\s*:|\S))"
)
_DRESS = re.compile(
    r"(?:แบบ|บัญชี|รายละเอียด|สำหรับ|สรุป|หน้า(?:ที่)?\s*[0-9]|ส่วนที่|บทที่|(?:องค์การบริหารส่วน|เทศบาล|อบต|ทต|อบจ)"
    r"|อำเภอ\S+\s+จังหวัด|เป้าประสงค์|\(?หน่วย\s*:|หน่วย(?:นับ)?\s*:|-?\s*[0-9]{1,4}\s*-?$|พ\.ศ\.|\(?(?:ฉบับ|แก้ไข|เพิ่มเติม|เปลี่ยนแปลง))"
)
_FORM = re.compile(r"ผ\s*\.?\s*0?([123])(?:\s*[/.]\s*([12]))?(?![0-9])")
_TOTAL = re.compile(r"(?:ยอด)?รวม.{0,80}|ยอดยก(?:มา|ไป).{0,20}")
_NOT_TOTAL = re.compile(
    r"รวม(?:โครงการ)?(?:อยู่|เข้า)?กับ|รวมพลัง|รวมใจ|รวมกลุ่ม|รวมพล|รวมสุข|รวมถึง|รวมไทย"
)
# In amendments the table of before stands above the table of after.
_BEFORE = re.compile(
    r"\(?(?:ข้อความ|โครงการ|ข้อมูล|รายละเอียด|จาก|แผน(?:พัฒนา)?(?:ท้องถิ่น)?)*\s*(?:ข้อความ)?เดิม\s*:?\)?"
)
_AFTER = re.compile(
    r"\(?(?:ขอ)?(?:(?:ข้อความ|โครงการ|ข้อมูล|รายละเอียด)\s*ใหม่|(?:เปลี่ยนแปลง|แก้ไข|เปลี่ยน)*เป็น)\s*:?\)?"
)
_UNIT = re.compile(r"หน่วย\s*(?:นับ|เงิน)?\s*:?\s*(พัน|ล้าน)?บาท")
_UNITS = {None: 1, "พัน": 1_000, "ล้าน": 1_000_000}
_COUNT = re.compile(r"([0-9,]+)\s*(?:โครงการ|รายการ)")
_SCOPES: tuple[tuple[Field, str], ...] = (
    ("programme", "แผนงาน"),
    ("tactic", "กลยุทธ์"),
    ("issue", "ประเด็น"),
    ("strategy", "ยุทธศาสตร์"),
)


@dataclass(frozen=True, slots=True)
class BlockLine:
    """บรรทัดหัวข้อ: which heading it is, None for one that only goes before the table."""

    field: Field | None
    words: str


def block_lines(words: str) -> tuple[BlockLine, ...]:
    """แยกบรรทัดหัวข้อ: the headings that a cell's words hold; none where they are no heading."""
    plain = to_arabic(words)
    for field, pattern in _BEGIN:
        begins = pattern.match(plain)
        if begins is None:
            continue
        cut = _INNER.search(plain, begins.end()) if field is not None else None
        if cut is None:
            return (BlockLine(field, words),)
        behind = block_lines(words[cut.end() :])
        return (BlockLine(field, words[: cut.start()].strip()), *behind)
    return ()


def is_dress(words: str) -> bool:
    """Whether words stand round the tables and say nothing of a row: titles, pages, the office."""
    return bool(_DRESS.match(to_arabic(words)) or form_said(words))


def version_said(words: str) -> Version | None:
    """เดิม or ใหม่: whether what follows is the text before an amendment, or after it."""
    if _BEFORE.fullmatch(words):
        return "before"
    return "after" if _AFTER.fullmatch(words) else None


def unit_said(words: str) -> int | None:
    """หน่วย: พันบาท: how many baht a line above the table says that one unit is, or None."""
    found = _UNIT.search(words)
    return _UNITS[found[1]] if found else None


def form_said(words: str) -> Form | None:
    """แบบที่เขียนไว้: ผ.02/1 of any spelling, or None."""
    found = _FORM.search(to_arabic(words))
    if found is None:
        return None
    whole = {"1": "p01", "2": "p02", "3": "p03"}
    forms: dict[str, Form] = {
        "p01": "p01",
        "p02": "p02",
        "p03": "p03",
        "p02_1": "p02_1",
        "p02_2": "p02_2",
    }
    branch = f"_{found[2]}" if found[2] and found[1] == "2" else ""
    return forms[whole[found[1]] + branch]


def is_total(words: str) -> bool:
    """แถวรวม: รวม, ยอดรวม, รวม 5 โครงการ; not รวมกับลำดับที่ 5, nor a project of that name."""
    plain = to_arabic(words)
    return bool(_TOTAL.fullmatch(plain)) and not _NOT_TOTAL.match(plain)


def counted(words: str) -> int | None:
    """How many projects a total says that it counts."""
    found = _COUNT.search(to_arabic(words))
    number = found[1].replace(",", "") if found else ""
    return int(number) if number and len(number) < 7 else None


def scope_said(words: str) -> Field | None:
    """Over which heading a total says that it counts."""
    return next((field for field, said in _SCOPES if said in words), None)
