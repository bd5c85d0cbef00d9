"""The words of a letter, as they stand on paper, whatever kind of file they are put into."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from thamthan.errors import Refused
from thamthan.thai.correspondence import LetterKind, Secrecy, Urgency, closing_for
from thamthan.thai.dates import MONTHS
from thamthan.thai.digits import to_thai
from thamthan.writing.figures import thai_figures
from thamthan.writing.letters import EnclosureLine, OutgoingLetter, Paragraph, ReferenceLine
from thamthan.writing.tables import Cell, Table

KINDS = (LetterKind.EXTERNAL, LetterKind.MEMO, LetterKind.STAMPED)
_MOST_PARAGRAPHS = 2_000
_MOST_CELLS = 20_000


@dataclass(frozen=True, slots=True)
class Entry:
    """รายการหนึ่ง: its number where there are several, its words, and how many of it."""

    label: str
    words: str
    quantity: str = ""


def day_in_words(day: date | None) -> str:
    """วันเดือนปี: ๑๕ มีนาคม ๒๕๖๙, without วันที่ and without พ.ศ.; nothing where there is no day."""
    if day is None:
        return ""
    return to_thai(f"{day.day} {MONTHS[day.month - 1]} {day.year + 543}")


def urgency_in_words(urgency: Urgency) -> str:
    return "" if urgency is Urgency.NORMAL else urgency.label


def secrecy_in_words(secrecy: Secrecy) -> str:
    return "" if secrecy is Secrecy.OPEN else secrecy.label


def number_in_words(number: str) -> str:
    """ที่: in Thai digits, one space before ว and before the running number behind it."""
    return to_thai(" ".join(number.split()))


def memo_office(letter: OutgoingLetter) -> tuple[str, ...]:
    """ส่วนราชการ of a memo: the unit whose matter it is, its office, and how to reach them."""
    unit = "" if letter.owner_unit in letter.agency else letter.owner_unit
    return tuple(part for part in (unit, letter.agency, *letter.contacts) if part)


def references_in_words(references: Sequence[ReferenceLine]) -> tuple[Entry, ...]:
    return _numbered((_reference(line), "") for line in references)


def enclosures_in_words(enclosures: Sequence[EnclosureLine]) -> tuple[Entry, ...]:
    return _numbered((thai_figures(line.name), _quantity(line)) for line in enclosures)


def _reference(line: ReferenceLine) -> str:
    """หนังสือ…(หน่วยงาน) ชั้นความเร็ว ที่ … ลงวันที่ …."""
    starts = ("หนังสือ", "บันทึก", "คำสั่ง", "ประกาศ", "วิทยุ", "โทรสาร", "ระเบียบ", "พระราชบัญญัติ")
    words = [line.agency if line.agency.startswith(starts) else f"หนังสือ{line.agency}"]
    if line.urgency is not Urgency.NORMAL:
        words.append(line.urgency.label)
    if line.number:
        words.append(f"ที่ {number_in_words(line.number)}")
    if line.dated_on:
        words.append(f"ลงวันที่ {day_in_words(line.dated_on)}")
    return thai_figures(" ".join(words))


def _quantity(line: EnclosureLine) -> str:
    if line.quantity is None:
        return ""
    return to_thai(f"จำนวน {line.quantity:,} {line.unit or 'ชุด'}")


def _numbered(lines: Iterable[tuple[str, str]]) -> tuple[Entry, ...]:
    entries = list(lines)
    if len(entries) == 1:
        return (Entry("", *entries[0]),)
    return tuple(
        Entry(to_thai(f"{number}."), words, quantity)
        for number, (words, quantity) in enumerate(entries, 1)
    )


def check_writable(letter: OutgoingLetter) -> None:
    """ตรวจก่อนพิมพ์: refuses a letter that has no form, or lacks what its form cannot do without.

    A draft may lack its number, its day and its signatory. Does not check whether what is said
    is right.
    """
    if letter.kind not in KINDS:
        raise _refused(
            f"ระบบยังพิมพ์{letter.kind.label}ไม่ได้ พิมพ์ได้เฉพาะหนังสือภายนอก บันทึกข้อความ และหนังสือประทับตรา",
            "no_form",
        )
    needed = (
        (letter.agency, "ส่วนราชการเจ้าของหนังสือ"),
        (letter.addressee, "ผู้รับหนังสือ"),
        (letter.subject, "ชื่อเรื่อง"),
        (letter.body, "ข้อความ"),
    )
    for value, name in needed:
        if not value or (isinstance(value, str) and not value.strip()):
            raise _refused(f"หนังสือยังไม่มี{name} ให้เติมก่อนพิมพ์", "incomplete")
    closings = closing_for(letter.opening)
    if letter.kind is LetterKind.EXTERNAL and closings and letter.closing not in closings:
        raise _refused(
            f"คำลงท้าย “{letter.closing}” ไม่เข้าคู่กับคำขึ้นต้น “{letter.opening}” "
            f"ให้ใช้ “{'” หรือ “'.join(closings)}”",
            "closing_unfit",
        )
    if letter.dated_on and not 1900 <= letter.dated_on.year <= 2200:
        raise _refused("วันที่ของหนังสืออยู่นอกช่วงที่ใช้ได้ ให้ตรวจปีอีกครั้ง", "bad_day")
    if len(letter.body) > _MOST_PARAGRAPHS:
        raise _refused("ข้อความยาวเกินกว่าหนังสือหนึ่งฉบับ ให้แยกเป็นสิ่งที่ส่งมาด้วย", "too_long")
    _check_body(letter)


def _check_body(letter: OutgoingLetter) -> None:
    for found in letter.body:
        if isinstance(found, Table):
            check_table(found, most_cells=_MOST_CELLS)
        elif not found.text.strip():
            raise _refused("ข้อความมีย่อหน้าว่าง ให้ลบหรือพิมพ์ข้อความ", "empty_paragraph")
        elif found.depth < 0 or found.depth > 6:
            raise _refused("ลำดับชั้นของข้อย่อยลึกเกินไป ให้ใช้ไม่เกิน ๖ ชั้น", "too_deep")


def check_table(table: Table, *, most_cells: int) -> None:
    """ตรวจตาราง: refuses one without columns, or whose rows are not as long as it has columns."""
    if not table.columns:
        raise _refused("ตารางยังไม่มีคอลัมน์ ให้เพิ่มอย่างน้อยหนึ่งคอลัมน์", "no_columns")
    if any(column.share <= 0 for column in table.columns):
        raise _refused("ความกว้างของคอลัมน์ต้องมากกว่าศูนย์", "bad_width")
    width = len(table.columns)
    for number, row in enumerate(table.rows, 1):
        if len(row) != width:
            raise _refused(
                f"ตารางแถวที่ {number} มี {len(row)} ช่อง แต่ตารางมี {width} คอลัมน์ ให้แก้ให้เท่ากัน",
                "uneven_row",
            )
    if width * len(table.rows) > most_cells:
        raise _refused(
            f"ตารางยาวเกิน {most_cells:,} ช่อง ให้เลือกช่วงที่สั้นลง หรือใช้ไฟล์ XLSX หรือ CSV", "too_long"
        )


def paragraph_words(paragraph: Paragraph) -> tuple[str, str]:
    """ย่อหน้า: its label and its words, in the digits of a letter."""
    return thai_figures(paragraph.label.strip()), thai_figures(paragraph.text.strip())


def cell_words(cell: Cell) -> str:
    """ช่องของตาราง: as it stands on paper; a number with its thousands parted."""
    if cell is None:
        return ""
    if isinstance(cell, int | Decimal):
        return to_thai(f"{cell:,}")
    return thai_figures(cell)


def _refused(message: str, code: str) -> Refused:
    return Refused(message, code=code, status=422)
