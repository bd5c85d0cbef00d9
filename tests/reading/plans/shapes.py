"""Faulty workbooks, one kind of shape each, with their truth: forms, merges, numbers, totals."""

from tests.reading.plans.books import (
    NEXT_YEARS,
    UNREAD,
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


def continued() -> Case:
    """One project over several rows: typed line by line, and by merged cells."""
    book = Book()
    sheet = book.sheet("ผ.02")
    put(sheet, 1, "แผนงานเคหะและชุมชน")
    row = head(sheet, 2)
    put(
        sheet,
        row,
        1,
        "โครงการก่อสร้างถนน คสล.",
        "เพื่อความสะดวก",
        "กว้าง 4 เมตร",
        *FIVE,
        "1 สาย",
        "สะดวก",
        "กองช่าง",
    )
    put(sheet, row + 1, None, "สายบ้านเหนือถึงบ้านใต้", "ในการสัญจร", "ยาว 500 เมตร")
    put(sheet, row + 2, None, None, None, "หนา 0.15 เมตร")
    third = row + 3
    put(
        sheet,
        third,
        2,
        "โครงการลานอเนกประสงค์",
        "เพื่อการประชุม",
        "ลาน 1 แห่ง",
        300000,
        0,
        0,
        0,
        0,
        "1 แห่ง",
        "ใช้งานได้",
        "กองช่าง",
    )
    put(sheet, third + 1, None, None, None, "ศาลา 1 หลัง")
    put(sheet, third + 2, None, None, None, "ม้านั่ง 10 ตัว")
    for column in (1, 2, 3, 5):
        sheet.merge_cells(
            start_row=third, end_row=third + 2, start_column=column, end_column=column
        )
    fourth = third + 3
    put(
        sheet,
        fourth,
        3,
        "โครงการสองแหล่งเงิน",
        "เพื่อถนนดี",
        "1 สาย",
        500000,
        0,
        0,
        0,
        0,
        "1 สาย",
        "ดี",
        "กองช่าง",
    )
    put(sheet, fourth + 1, None, None, "จากเงินอุดหนุน", None, 200000)
    last = fourth + 2
    put(sheet, last, 4, None, "ไม่มีชื่อ", None, 100000)
    put(sheet, last + 1, 5)
    put(sheet, last + 3, None, None, None, "ลอยอยู่")
    return Case(
        "เขียนต่อหลายแถวและผสานแถว",
        book.content(),
        [
            Truth(
                "ผ.02",
                row,
                "โครงการก่อสร้างถนน คสล. สายบ้านเหนือถึงบ้านใต้",
                FIVE,
                flagged=True,
                fields={"target": "กว้าง 4 เมตร\nยาว 500 เมตร\nหนา 0.15 เมตร"},
            ),
            Truth(
                "ผ.02",
                third,
                "โครงการลานอเนกประสงค์",
                [300000, 0, 0, 0, 0],
                flagged=False,
                fields={"target": "ลาน 1 แห่ง\nศาลา 1 หลัง\nม้านั่ง 10 ตัว"},
            ),
            Truth("ผ.02", fourth, "โครงการสองแหล่งเงิน", [UNREAD, 0, 0, 0, 0], flagged=True),
        ],
        refused=frozenset({("ผ.02", last), ("ผ.02", last + 1), ("ผ.02", last + 3)}),
    )


def shared_cells() -> Case:
    """Amounts merged over projects or years belong to nobody in particular; words may be shared."""
    book = Book()
    sheet = book.sheet("ผ.02")
    put(sheet, 1, "แผนงานการศึกษา")
    row = head(sheet, 2)
    for at in range(4):
        put(sheet, row + at, *project(at + 1, f"โครงการศูนย์เด็กเล็ก {at + 1}", FIVE))
    sheet.merge_cells(start_row=row, end_row=row + 1, start_column=5, end_column=5)
    sheet.merge_cells(start_row=row + 2, end_row=row + 2, start_column=5, end_column=9)
    sheet.merge_cells(start_row=row, end_row=row + 3, start_column=12, end_column=12)
    put(sheet, row + 4, *project(5, "โครงการเครื่องเล่นสนาม", ["-", None, None, None, None]))
    sheet.merge_cells(start_row=row + 4, end_row=row + 4, start_column=5, end_column=9)
    rest: list[Said] = [100000] * 4
    return Case(
        "ช่องเงินผสานร่วมกัน",
        book.content(),
        [
            Truth(
                "ผ.02",
                row,
                "โครงการศูนย์เด็กเล็ก 1",
                [UNREAD, *rest],
                flagged=True,
                fields={"unit": "กองช่าง"},
            ),
            Truth(
                "ผ.02",
                row + 1,
                "โครงการศูนย์เด็กเล็ก 2",
                [UNREAD, *rest],
                flagged=True,
                fields={"unit": "กองช่าง"},
            ),
            Truth(
                "ผ.02",
                row + 2,
                "โครงการศูนย์เด็กเล็ก 3",
                [UNREAD] * 5,
                flagged=True,
                fields={"unit": "กองช่าง"},
            ),
            Truth("ผ.02", row + 3, "โครงการศูนย์เด็กเล็ก 4", FIVE, fields={"unit": "กองช่าง"}),
            Truth("ผ.02", row + 4, "โครงการเครื่องเล่นสนาม", [0] * 5, flagged=True),
        ],
    )


def odd_headings() -> Case:
    """A heading in one row, columns in another order, a column that nobody knows, words beside."""
    book = Book()
    sheet = book.sheet("แปลก")
    put(sheet, 1, "แผนงานการพาณิชย์")
    put(
        sheet,
        3,
        "ลำดับ",
        "หน่วยงานรับผิดชอบ",
        "ชื่อโครงการ/กิจกรรม",
        "งบประมาณ 2566",
        "งบประมาณ 2567",
        "งบประมาณ 2568",
        "งบประมาณ 2569",
        "งบประมาณ 2570",
        "รวม",
        "สถานะ ณ ปัจจุบันของงาน",
        "เป้าหมาย",
    )
    put(sheet, 4, 1, "กองคลัง", "โครงการตลาดสด", *FIVE, 500000, "เสร็จแล้ว", "1 แห่ง")
    put(sheet, 5, 2, "กองคลัง", "โครงการแผงค้า", *FIVE, 900000, None, "20 แผง")
    put(sheet, 6, 3, "กองคลัง", "โครงการป้ายตลาด", *FIVE, 500000, None, "1 ป้าย")
    put(sheet, 6, "ดูหน้า 12", left=14)
    put(sheet, 8, "งานพิเศษที่ไม่รู้ว่าอะไร")
    put(sheet, 9, 4, "กองคลัง", "โครงการน้ำประปาตลาด", *FIVE, 500000, None, "1 แห่ง")
    put(sheet, 11, "ลงชื่อ ................ ผู้อำนวยการกองคลัง", left=6)
    return Case(
        "หัวตารางแปลกและช่องนอกตาราง",
        book.content(),
        [
            Truth(
                "แปลก",
                4,
                "โครงการตลาดสด",
                FIVE,
                flagged=True,
                fields={"unit": "กองคลัง", "target": "1 แห่ง"},
            ),
            Truth("แปลก", 5, "โครงการแผงค้า", FIVE, flagged=True),
            Truth("แปลก", 6, "โครงการป้ายตลาด", FIVE, flagged=True),
            Truth("แปลก", 9, "โครงการน้ำประปาตลาด", FIVE, flagged=True),
        ],
        refused=frozenset({("แปลก", 8), ("แปลก", 11)}),
    )


def before_and_after() -> Case:
    """An amendment shows the table of before above the table of after."""
    book = Book()
    sheet = book.sheet("แก้ไข")
    put(sheet, 1, "แผนพัฒนาท้องถิ่น (พ.ศ. 2566 - 2570) แก้ไข ครั้งที่ 2/2568")
    put(sheet, 2, "แผนงานเคหะและชุมชน")
    put(sheet, 3, "ข้อความเดิม")
    row = head(sheet, 4)
    put(sheet, row, *project(5, "โครงการสวนหย่อม", [100000, 0, 0, 0, 0]))
    put(sheet, row + 2, "ข้อความใหม่")
    below = head(sheet, row + 3)
    put(sheet, below, *project(5, "โครงการสวนหย่อม", [250000, 0, 0, 0, 0]))
    return Case(
        "ตารางเดิมและตารางใหม่",
        book.content(),
        [
            Truth(
                "แก้ไข",
                row,
                "โครงการสวนหย่อม",
                [100000, 0, 0, 0, 0],
                flagged=True,
                marks=("amended",),
            ),
            Truth(
                "แก้ไข",
                below,
                "โครงการสวนหย่อม",
                [250000, 0, 0, 0, 0],
                flagged=True,
                marks=("amended",),
            ),
        ],
    )


def no_table() -> Case:
    """A cover and the summary ผ.01 beside the one sheet that holds projects."""
    book = Book()
    cover = book.sheet("ปก")
    put(cover, 3, "แผนพัฒนาท้องถิ่น")
    put(cover, 4, "พ.ศ. 2566 - 2570")
    summary = book.sheet("ผ.01")
    put(summary, 1, "แบบ ผ.01")
    put(summary, 2, "ยุทธศาสตร์/แผนงาน", "ปี 2566", None, "ปี 2567")
    put(summary, 3, None, "จำนวนโครงการ", "งบประมาณ", "จำนวนโครงการ", "งบประมาณ")
    put(summary, 4, "แผนงานการศึกษา", 1, 100000, 1, 100000)
    sheet = book.sheet("ผ.02")
    put(sheet, 1, "แผนงานการศึกษา")
    row = head(sheet, 2)
    put(sheet, row, *project(1, "โครงการห้องสมุด", FIVE))
    return Case(
        "ปกและสรุป ผ.๐๑",
        book.content(),
        [Truth("ผ.02", row, "โครงการห้องสมุด", FIVE)],
        refused=frozenset({("ปก", 3), ("ปก", 4)}),
    )


def commas() -> Case:
    """A CSV in TIS-620 as the old programs wrote it."""
    rows = [
        "แผนงานการศึกษา,,,,,,,,,,,",
        "ที่,โครงการ,วัตถุประสงค์,เป้าหมาย,งบประมาณ,,,,,ตัวชี้วัด,ผลที่คาดว่าจะได้รับ,หน่วยงานรับผิดชอบหลัก",
        ",,,,2566,2567,2568,2569,2570,,,",
        '๑,โครงการอ่านออกเขียนได้,เพื่อการศึกษา,50 คน,"๑๕,๐๐๐",-,,0,"20,000.-",ร้อยละ 80,ดี,กองการศึกษา',
    ]
    content = "\r\n".join(rows).encode("cp874")
    return Case(
        "CSV แบบ TIS-620",
        content,
        [
            Truth(
                "แผน", 4, "โครงการอ่านออกเขียนได้", [15000, 0, None, 0, 20000], fields={"number": "1"}
            )
        ],
        file_name="แผน.csv",
    )
