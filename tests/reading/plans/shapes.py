"""Faulty workbooks, one kind of shape each, with their truth: forms, merges, numbers, totals."""

from tests.reading.plans.books import (
    NEXT_YEARS,
    YEARS,
    Book,
    Said,
    head,
    project,
    put,
)
from tests.reading.plans.truth import Case, Truth

FIVE: tuple[Said, ...] = (100_000, 100_000, 100_000, 100_000, 100_000)


def numbering() -> Case:
    """Numbers begin anew under each programme; others jump, come twice or are forgotten."""
    book = Book()
    sheet = book.sheet("ผ.02")
    put(sheet, 1, "ยุทธศาสตร์ที่ 1 ด้านสังคม")
    put(sheet, 2, "แผนงานสาธารณสุข")
    row = head(sheet, 3)
    truths = []

    def add(number: object, name: str, flagged: bool, programme: str) -> None:
        nonlocal row
        put(sheet, row, *project(number, name, FIVE))
        truths.append(
            Truth(
                "ผ.02",
                row,
                name,
                FIVE,
                flagged=flagged,
                fields={"programme": programme, "strategy": "ยุทธศาสตร์ที่ 1 ด้านสังคม"},
            )
        )
        row += 1

    add(1, "โครงการก", False, "แผนงานสาธารณสุข")
    add(2, "โครงการข", False, "แผนงานสาธารณสุข")
    row = put(sheet, row, "แผนงานการศึกษา")
    add(1, "โครงการค", False, "แผนงานการศึกษา")
    add(3, "โครงการง", True, "แผนงานการศึกษา")
    add(3, "โครงการจ", True, "แผนงานการศึกษา")
    add(1, "โครงการฉ", True, "แผนงานการศึกษา")
    add(None, "โครงการช", True, "แผนงานการศึกษา")
    add("ใหม่", "โครงการซ", True, "แผนงานการศึกษา")
    return Case("เลขลำดับเริ่มใหม่ ข้าม ซ้ำ หาย", book.content(), truths)


def totals() -> Case:
    book = Book()
    sheet = book.sheet("ผ.02")
    put(sheet, 1, "แผนงานสังคมสงเคราะห์")
    row = head(sheet, 2)
    put(sheet, row, *project(1, "โครงการเบี้ยยังชีพ", FIVE))
    put(sheet, row + 1, *project(2, "โครงการบ้านผู้สูงอายุ", [50000] * 5))
    put(sheet, row + 2, "รวม 2 โครงการ", None, None, None, *([150000] * 5))
    put(sheet, row + 3, "แผนงานการศึกษา")
    put(sheet, row + 4, *project(1, "โครงการอาหารกลางวัน", FIVE))
    put(sheet, row + 5, None, "รวม", "1 โครงการ", None, 100000, 100000, 100000, 100000, 900000)
    put(sheet, row + 6, None, "รวมทั้งสิ้น 3 โครงการ", None, None, *([250000] * 5))
    return Case(
        "แถวรวมที่ตรงและไม่ตรง",
        book.content(),
        [
            Truth("ผ.02", row, "โครงการเบี้ยยังชีพ", FIVE),
            Truth("ผ.02", row + 1, "โครงการบ้านผู้สูงอายุ", [50000] * 5),
            Truth("ผ.02", row + 4, "โครงการอาหารกลางวัน", FIVE),
        ],
    )


def ordinances() -> Case:
    """Seventeen columns: what was planned, and what entered the ordinance."""
    book = Book()
    sheet = book.sheet("ผ.02")
    put(sheet, 1, "แผนงานเคหะและชุมชน")
    row = head(sheet, 2, ordinance=True)
    entered = [480000, "-", None, None, None]
    put(sheet, row, *project(1, "โครงการถนนลาดยาง", [500000, 500000, 0, 0, 0, *entered]))
    put(sheet, row + 1, *project(2, "โครงการวางท่อ", [*FIVE, *([None] * 5)]))
    other = book.sheet("ไม่ผสานหัว")
    put(other, 1, "แผนงานเคหะและชุมชน")
    below = head(other, 2, ordinance=True, merged=False)
    put(other, below, *project(1, "โครงการบ่อพัก", [500000, 500000, 0, 0, 0, *entered]))
    ordinance = [480000, 0, None, None, None]
    return Case(
        "๑๗ คอลัมน์ มีเทศบัญญัติ",
        book.content(),
        [
            Truth("ผ.02", row, "โครงการถนนลาดยาง", [500000, 500000, 0, 0, 0], ordinance=ordinance),
            Truth("ผ.02", row + 1, "โครงการวางท่อ", FIVE, ordinance=[None] * 5),
            Truth("ไม่ผสานหัว", below, "โครงการบ่อพัก", [500000, 500000, 0, 0, 0], ordinance=ordinance),
        ],
    )


def by_issue() -> Case:
    """แผน 2571–2575: by ประเด็นการพัฒนา, no indicators, reasons for what is added."""
    book = Book()
    sheet = book.sheet("เพิ่มเติม")
    put(sheet, 1, "รายละเอียดโครงการพัฒนา")
    put(sheet, 2, "แผนพัฒนาท้องถิ่น (พ.ศ. 2571 - 2575) เพิ่มเติม ครั้งที่ 1/2571")
    put(sheet, 3, "ประเด็นการพัฒนาที่ 3 เมืองสะอาดและน่าอยู่")
    row = head(sheet, 4, years=NEXT_YEARS, kpi=False, more=["เหตุผลและความจำเป็น"])
    reason = "เพื่อแก้ไขปัญหาน้ำท่วมขังในฤดูฝน"
    put(
        sheet,
        row,
        *project(1, "โครงการสวนสาธารณะชุมชน", [2_000_000, 0, 0, 0, 0], kpi=False, more=[reason]),
    )
    put(sheet, row + 1, "ประเด็นการพัฒนาที่ 4 ชุมชนเข้มแข็ง")
    put(sheet, row + 2, *project(1, "โครงการธนาคารขยะ", FIVE, kpi=False))
    return Case(
        "แผน ๒๕๗๑–๒๕๗๕ ตามประเด็น",
        book.content(),
        [
            Truth(
                "เพิ่มเติม",
                row,
                "โครงการสวนสาธารณะชุมชน",
                [2_000_000, 0, 0, 0, 0],
                marks=("added",),
                fields={"issue": "ประเด็นการพัฒนาที่ 3 เมืองสะอาดและน่าอยู่", "reason": reason, "kpi": ""},
            ),
            Truth(
                "เพิ่มเติม",
                row + 2,
                "โครงการธนาคารขยะ",
                FIVE,
                marks=("added",),
                fields={"issue": "ประเด็นการพัฒนาที่ 4 ชุมชนเข้มแข็ง"},
            ),
        ],
    )


def equipment() -> Case:
    """แบบ ผ.03: programme, category and kind instead of a name."""
    book = Book()
    sheet = book.sheet("ผ.03")
    put(sheet, 1, "บัญชีครุภัณฑ์")
    put(sheet, 2, "แบบ ผ.03")
    row = 3
    words = ["ที่", "แผนงาน", "หมวด", "ประเภท", "เป้าหมาย\n(ผลผลิตของครุภัณฑ์)"]
    for column, heading in enumerate(words, start=1):
        sheet.cell(row, column, heading)
        sheet.merge_cells(start_row=row, end_row=row + 1, start_column=column, end_column=column)
    sheet.cell(row, 6, "งบประมาณ")
    sheet.merge_cells(start_row=row, end_row=row, start_column=6, end_column=10)
    for column, year in enumerate(YEARS, start=6):
        sheet.cell(row + 1, column, year)
    sheet.cell(row, 11, "หน่วยงานรับผิดชอบหลัก")
    sheet.merge_cells(start_row=row, end_row=row + 1, start_column=11, end_column=11)
    row += 2
    put(
        sheet,
        row,
        1,
        "บริหารงานทั่วไป",
        "ค่าครุภัณฑ์",
        "ครุภัณฑ์คอมพิวเตอร์",
        "เครื่องคอมพิวเตอร์ 2 เครื่อง",
        *FIVE,
        "สำนักปลัด",
    )
    put(
        sheet,
        row + 1,
        2,
        "บริหารงานทั่วไป",
        "ค่าครุภัณฑ์",
        "ครุภัณฑ์สำนักงาน",
        "โต๊ะทำงาน 5 ตัว",
        20000,
        "-",
        "-",
        "-",
        "-",
        '"',
    )
    return Case(
        "แบบ ผ.๐๓ ครุภัณฑ์",
        book.content(),
        [
            Truth(
                "ผ.03",
                row,
                "เครื่องคอมพิวเตอร์ 2 เครื่อง",
                FIVE,
                fields={
                    "programme": "บริหารงานทั่วไป",
                    "category": "ค่าครุภัณฑ์",
                    "kind": "ครุภัณฑ์คอมพิวเตอร์",
                    "unit": "สำนักปลัด",
                },
            ),
            Truth(
                "ผ.03",
                row + 1,
                "โต๊ะทำงาน 5 ตัว",
                [20000, 0, 0, 0, 0],
                flagged=True,
                fields={"unit": "สำนักปลัด"},
            ),
        ],
        form="p03",
    )


def coordinated() -> Case:
    """แบบ ผ.02/2: the district and where the work begins and ends."""
    book = Book()
    sheet = book.sheet("ผ.02-2")
    put(sheet, 1, "แบบ ผ.02/2")
    put(sheet, 2, "สำหรับประสานแผนพัฒนาระดับจังหวัด")
    put(sheet, 3, "แผนงานอุตสาหกรรมและการโยธา")
    row = head(sheet, 4, more=["อำเภอ", "พิกัดเริ่มต้น", "พิกัดสิ้นสุด"])
    more = ["อำเภอตัวอย่าง", "13.0750, 99.9250", "13.0810, 99.9311"]
    put(sheet, row, *project(1, "โครงการถนนเชื่อมตำบล", [9_500_000, 0, 0, 0, 0], more=more))
    wrong = book.sheet("ผ.02-1")
    put(wrong, 1, "แบบ ผ.02/1")
    put(wrong, 2, "แผนงานอุตสาหกรรมและการโยธา")
    below = head(wrong, 3, more=["อำเภอ"])
    put(wrong, below, *project(1, "โครงการสะพานเชื่อมตำบล", FIVE, more=["อำเภอตัวอย่าง"]))
    return Case(
        "แบบ ผ.๐๒/๒ อำเภอและพิกัด",
        book.content(),
        [
            Truth(
                "ผ.02-2",
                row,
                "โครงการถนนเชื่อมตำบล",
                [9_500_000, 0, 0, 0, 0],
                fields={"district": "อำเภอตัวอย่าง", "place": "13.0750, 99.9250\n13.0810, 99.9311"},
            ),
            Truth(
                "ผ.02-1",
                below,
                "โครงการสะพานเชื่อมตำบล",
                FIVE,
                flagged=None,
                fields={"district": "อำเภอตัวอย่าง"},
            ),
        ],
        form="p02_2",
    )
