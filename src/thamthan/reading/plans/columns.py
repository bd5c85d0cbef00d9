"""The heading of a plan's table, wherever it stands: which column holds which field or year."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from thamthan.reading.plans.grid import Grid
from thamthan.reading.plans.model import Field
from thamthan.thai.digits import to_arabic

MoneyOf = Literal["planned", "ordinance", "sum", "unclear"]

# A heading of more rows than this is none; four are two of words, one of years, one of numbers.
_MOST_ROWS = 6
_LONGEST_WORDS = 90
_LONGEST_PIECE = 20
_PLAIN: tuple[tuple[Field, str], ...] = (
    ("number", r"(?:ลำดับ(?:ที่)?|ที่|ข้อที่|ข้อ|no\.?|เลขที่)"),
    (
        "name",
        r"(?:ชื่อ)?โครงการ(?:/กิจกรรม|/รายการ|/แผนงาน|พัฒนา|และกิจกรรม)*"
        r"|รายการ(?:ครุภัณฑ์)?|(?:ชื่อ)?ครุภัณฑ์|แผนงาน/โครงการ(?:/กิจกรรม)?|กิจกรรม",
    ),
    ("objective", r"วัตถุประสงค์(?:ของโครงการ)?"),
    ("target", r"เป้าหมาย(?:/ผลผลิต|และผลผลิต|ของโครงการ|โครงการ)*"),
    ("kpi", r"(?:ตัวชี้วัด|kpis?)(?:ความสำเร็จ|ของโครงการ)*"),
    ("result", r"ผล(?:ที่|ลัพธ์ที่|ประโยชน์ที่)คาดว่าจะได้รับ|ผลที่คาดหวัง|ผลที่คาดว่าจะเกิดขึ้น"),
    (
        "unit",
        r"(?:หน่วยงาน|ส่วนราชการ|ผู้|หน่วย|กอง|สำนัก/กอง)(?:ที่|เจ้าของ)?(?:รับผิดชอบ)?(?:หลัก|โครงการ)*",
    ),
    ("reason", r"เหตุผล(?:และ)?(?:ความจำเป็น)?(?:ใน.{2,30})?"),
    ("note", r"หมายเหตุ"),
    ("source", r"(?:แหล่ง(?:ที่มา)?|ที่มา)(?:ของ)?(?:งบประมาณ|เงิน|งบ)?"),
    ("district", r"อำเภอ(?:/ตำบล|/เขต)?"),
    (
        "place",
        r"(?:ค่า)?พิกัด.{0,40}|สถานที่(?:ดำเนินการ|ตั้ง)?|จุด(?:เริ่มต้น|สิ้นสุด)|ละติจูด|ลองจิจูด"
        r"|lat(?:itude)?|long?(?:itude)?",
    ),
    ("category", r"หมวด(?:ครุภัณฑ์|รายจ่าย)?"),
    ("kind", r"ประเภท(?:ครุภัณฑ์|รายจ่าย)?"),
    ("programme", r"แผนงาน"),
)
_FIELDS = tuple((field, re.compile(pattern)) for field, pattern in _PLAIN)
_PLANNED = re.compile(r"(?:จำนวน)?(?:งบประมาณ|วงเงิน)(?:และที่มา|ที่ผ่านมา|ที่ต้องการ|รายปี)?.{0,12}")
_ORDINANCE = re.compile(r".{0,12}(?:เทศบัญญัติ|ข้อบัญญัติ).{0,24}")
_SUM = re.compile(r"รวม(?:งบประมาณ|เงิน|ทั้งสิ้น|ทั้งหมด)*(?:[0-9]ปี)?|งบประมาณรวม|ยอดรวม")
_YEAR = re.compile(
    r"(?:งบประมาณ)?(?:ปี)?(?:งบประมาณ)?(?:พ\.?ศ\.?)?(25[0-9]{2}|(?<=[ก-ฮ.])[5-9][0-9])(?:\(?(?:พัน|ล้าน)?บาท\)?)?"
)
# A second line of a heading that was broken, a unit, the number of a column.
_REST = re.compile(
    r"\(?(?:พัน|ล้าน|แสน)?บาท\)?|\([0-9]{1,2}\)|\(?kpis?\)?|ว่าจะได้รับ|จะได้รับ|คาดว่าจะได้รับ|ได้รับ"
    r"|(?:ที่)?รับผิดชอบ(?:หลัก)?|หลัก|\(?ผลผลิต(?:ของ)?(?:โครงการ|ครุภัณฑ์)?\)?|ของ(?:โครงการ|ครุภัณฑ์)"
    r"|ความสำเร็จ|ความจำเป็น|เริ่มต้น|สิ้นสุด|จำนวน(?:โครงการ)?|หน่วยงาน|ผลที่|ผลที่คาด|ที่คาด|หน่วย"
)
_IN_BRACKETS = re.compile(r"\([^()]*\)")
UNITS = ((1_000_000, re.compile(r"ล้านบาท")), (1_000, re.compile(r"พันบาท")))


@dataclass(frozen=True, slots=True)
class Column:
    """ช่องของหัวตาราง: its first and last column; a money column has its year."""

    left: int
    right: int
    words: str
    field: Field | None = None
    money: MoneyOf | None = None
    be_year: int = 0


@dataclass(frozen=True, slots=True)
class Heading:
    """หัวตาราง: the rows it fills and the columns it names, from the left."""

    top: int
    bottom: int
    columns: tuple[Column, ...]
    unit: int
    says_unit: bool
    faults: tuple[str, ...] = ()

    @property
    def years(self) -> tuple[int, ...]:
        return tuple(sorted({one.be_year for one in self.columns if one.be_year}))

    def has(self, field: Field) -> bool:
        return any(one.field == field for one in self.columns)

    def of(self, field: Field) -> tuple[Column, ...]:
        return tuple(one for one in self.columns if one.field == field)

    @property
    def right(self) -> int:
        return max(one.right for one in self.columns)


def bare(words: str) -> str:
    """Words of a heading without white space, in one kind of digits and small letters."""
    return re.sub(r"\s+", "", to_arabic(words)).lower()


def find_headings(grid: Grid) -> list[Heading]:
    """หาหัวตาราง: every one on the sheet, also those repeated for each printed page."""
    found: list[Heading] = []
    run: list[int] = []
    for row in [*grid.rows, None]:
        goes_on = row is not None and _is_like_heading(grid, row, has_begun=bool(run))
        if row is not None and goes_on and _goes_on(grid, run, row):
            run.append(row)
            continue
        heading = _heading(grid, run) if run else None
        if heading is not None:
            found.append(heading)
        begins = row is not None and _is_like_heading(grid, row, has_begun=False)
        run = [row] if row is not None and begins else []
    return found


def _goes_on(grid: Grid, run: list[int], row: int) -> bool:
    """Whether a row belongs to the heading that was begun: right below it, not its repetition."""
    if not run:
        return True
    if row - run[0] >= _MOST_ROWS or any(gap in grid.rows for gap in range(run[-1] + 1, row)):
        return False
    begun = {bare(cell.words) for cell in grid.rows[run[0]].values()}
    again = {bare(cell.words) for cell in grid.rows[row].values()}
    return row - run[-1] <= 2 and not (len(again) >= 3 and again <= begun)


def _is_like_heading(grid: Grid, row: int, *, has_begun: bool) -> bool:
    """Whether a row says what a heading says; below one that has begun, pieces of words will do."""
    cells = [cell for cell in grid.rows[row].values() if cell.words]
    if not cells or any(cell.number is not None and cell.number >= 3000 for cell in cells):
        return False
    words = [bare(cell.words) for cell in cells]
    if len(words) >= 3 and words == [str(at) for at in range(1, len(words) + 1)]:
        # The numbers of the columns.
        return True
    known = [one for one in words if _is_known(one)]
    if len(known) == len(cells):
        return True
    # A row of amounts may look like one of years; that it names columns is what counts.
    named = [one for one in known if _field(one) or (_group(one) and not _is_year(one))]
    pieces = has_begun and all(len(one) <= _LONGEST_PIECE for one in words)
    return (len(named) >= 2 or pieces) and len(known) >= 3 and len(known) * 2 > len(cells)


def _is_known(words: str) -> bool:
    if len(words) > _LONGEST_WORDS:
        return False
    shorter = _IN_BRACKETS.sub("", words)
    return bool(
        _YEAR.fullmatch(words)
        or _REST.fullmatch(words)
        or _group(words)
        or _field(words)
        or (shorter and (_field(shorter) or _group(shorter)))
    )


def _field(words: str) -> Field | None:
    for form in (words, _IN_BRACKETS.sub("", words)):
        for field, pattern in _FIELDS:
            if form and pattern.fullmatch(form):
                return field
    return None


def _group(words: str) -> MoneyOf | None:
    if _ORDINANCE.fullmatch(words):
        return "ordinance"
    if _SUM.fullmatch(_IN_BRACKETS.sub("", words)):
        return "sum"
    return "planned" if _PLANNED.fullmatch(_IN_BRACKETS.sub("", words)) else None


def _heading(grid: Grid, rows: list[int]) -> Heading | None:
    """What a run of such rows names; None where it is no heading of a plan's table."""
    bottom = max(rows)
    for row in rows:
        for column in grid.rows[row]:
            area = grid.area_of(row, column)
            if area is not None and area.top == row:
                # A heading that is merged downward covers rows that hold nothing else.
                bottom = max(bottom, min(area.bottom, row + _MOST_ROWS))
    while bottom > max(rows) and bottom in grid.rows:
        bottom -= 1
    stacks = _stacks(grid, rows)
    columns = _joined(_named(grid, rows, stacks))
    told = {one.field for one in columns if one.field} | {one.money for one in columns if one.money}
    has_what = told & {"name", "kind", "category", "target"}
    if not has_what or not any(one.be_year for one in columns) or len(told) < 3:
        return None
    words = " ".join(bare(cell.words) for row in rows for cell in grid.rows[row].values())
    unit = next((size for size, pattern in UNITS if pattern.search(words)), 1)
    return Heading(
        min(rows), bottom, columns, unit, says_unit="บาท" in words, faults=_faults(columns)
    )


def _stacks(grid: Grid, rows: Iterable[int]) -> dict[int, list[str]]:
    """By column the words of its heading from above; what is merged to the side counts for all."""
    rows = list(rows)
    last = max(max(grid.rows[row]) for row in rows)
    for row in rows:
        for column in grid.rows[row]:
            area = grid.area_of(row, column)
            last = max(last, area.right if area else column)
    stacks: dict[int, list[str]] = {}
    for column in range(1, last + 1):
        words: list[str] = []
        for row in rows:
            area = grid.area_of(row, column)
            if area is not None and area.top < row and area.top in rows:
                continue
            cell = grid.cell(row, column)
            if cell is not None and cell.words:
                words.append(bare(cell.words))
        stacks[column] = words
    return stacks


def _named(grid: Grid, rows: list[int], stacks: dict[int, list[str]]) -> list[Column]:
    found: list[Column] = []
    group: MoneyOf | None = None
    for column, words in stacks.items():
        year = next((hit for one in words if (hit := _YEAR.fullmatch(one))), None)
        own = next((kind for one in words if not _is_year(one) and (kind := _group(one))), None)
        field = _field_of(words)
        if year and own is None and any(map(_is_strange, words)):
            # Years under a word that is no budget, or of a field: what was spent, aims by year.
            group = None
            found.append(Column(column, column, " ".join(words), field=field))
            continue
        if year:
            group = own or group or "unclear"
            found.append(
                Column(column, column, " ".join(words), money=group, be_year=_year(year[1]))
            )
            continue
        if own == "sum":
            found.append(Column(column, column, " ".join(words), money="sum"))
            continue
        if own and field is None:
            # งบประมาณ at the first of its columns, before the years below.
            group = own
            years = [_year(one) for text in words for one in re.findall(r"25[0-9]{2}", text)]
            if years:
                # งบประมาณ 2566 – 2570 over one column is the money of no one year.
                money: MoneyOf = own if len(set(years)) == 1 else "unclear"
                found.append(Column(column, column, " ".join(words), money=money, be_year=years[0]))
            continue
        if words or field:
            group = None
            found.append(Column(column, column, " ".join(words), field=field))
    return _without_numbers(found)


def _is_year(words: str) -> bool:
    """A year by itself; งบประมาณ 2566 is a year that says whose it is."""
    return bool(_YEAR.fullmatch(words)) and not words.startswith("งบ")


def _is_strange(words: str) -> bool:
    """A word of a heading over years that does not only complete them."""
    return not (_YEAR.fullmatch(words) or _REST.fullmatch(words) or _group(words))


def _field_of(words: list[str]) -> Field | None:
    whole = _field("".join(words))
    if whole is not None:
        return whole
    fields = [field for one in words if (field := _field(one))]
    # Under พิกัด stand เริ่มต้น and ละติจูด; under others only what completes them.
    return fields[0] if fields else None


def _without_numbers(columns: list[Column]) -> list[Column]:
    """Columns that only their number names are not named."""
    return [
        one
        for one in columns
        if one.field or one.money or not re.fullmatch(r"\(?[0-9]{1,2}\)?", one.words)
    ]


def _joined(columns: list[Column]) -> tuple[Column, ...]:
    """Neighbours under one merged heading of words are one column."""
    found: list[Column] = []
    for one in columns:
        before = found[-1] if found else None
        if (
            before is not None
            and before.right == one.left - 1
            and before.words == one.words
            and before.field == one.field
            and not one.money
            and not before.money
        ):
            found[-1] = Column(before.left, one.right, one.words, field=one.field)
        else:
            found.append(one)
    return tuple(found)


def _year(words: str) -> int:
    year = int(words)
    return year if year > 100 else 2500 + year


def _faults(columns: tuple[Column, ...]) -> tuple[str, ...]:
    """What does not fit in a heading, as Thai sentences."""
    found = []
    for money in ("planned", "ordinance"):
        years = [one.be_year for one in columns if one.money == money]
        if len(years) != len(set(years)):
            found.append("หัวตารางมีปีซ้ำกันในกลุ่มเดียวกัน")
        elif years and years != list(range(years[0], years[0] + len(years))):
            found.append("ปีในหัวตารางไม่เรียงต่อกัน")
    if any(one.money == "unclear" for one in columns):
        found.append("หัวตารางมีปี แต่ไม่บอกว่าเป็นงบประมาณหรือเทศบัญญัติ")
    for field in ("name", "number"):
        if sum(one.field == field for one in columns) > 1:
            found.append("หัวตารางมีคอลัมน์ชื่อเดียวกันมากกว่าหนึ่งคอลัมน์")
    return tuple(found)
