"""Faulty workbooks, one kind of fault each, with their truth: money, marks, boxes, doubles."""

from openpyxl.comments import Comment
from openpyxl.styles import Font

from tests.reading.plans.books import (
    NEXT_YEARS,
    UNREAD,
    Book,
    Floating,
    Said,
    head,
    project,
    put,
)
from tests.reading.plans.truth import Case, Truth

FIVE: tuple[Said, ...] = (100_000, 100_000, 100_000, 100_000, 100_000)


def plain() -> Case:
    book = Book()
    sheet = book.sheet("ผ.02")
    put(sheet, 1, "รายละเอียดโครงการพัฒนา")
    put(sheet, 2, "แผนพัฒนาท้องถิ่น (พ.ศ. 2566 - 2570)")
    put(sheet, 3, "เทศบาลตำบลทดลอง")
    put(sheet, 4, "1. ยุทธศาสตร์การพัฒนาด้านโครงสร้างพื้นฐาน")
    put(sheet, 5, "1.1 แผนงานเคหะและชุมชน", left=2)
    row = head(sheet, 6)
    put(sheet, row, *project(1, "โครงการก่อสร้างถนนคอนกรีต หมู่ที่ 1", [500000, 0, 0, 0, 0]))
    put(sheet, row + 1, *project(2, "โครงการก่อสร้างรางระบายน้ำ หมู่ที่ 2", FIVE))
    above = {"strategy": "1. ยุทธศาสตร์การพัฒนาด้านโครงสร้างพื้นฐาน", "programme": "1.1 แผนงานเคหะและชุมชน"}
    return Case(
        "เรียบร้อยดี",
        book.content(),
        [
            Truth(
                "ผ.02",
                row,
                "โครงการก่อสร้างถนนคอนกรีต หมู่ที่ 1",
                [500000, 0, 0, 0, 0],
                fields={
                    "number": "1",
                    "unit": "กองช่าง",
                    "target": "1 แห่ง",
                    "kpi": "จำนวนครัวเรือน 120 ครัวเรือน",
                    **above,
                },
            ),
            Truth("ผ.02", row + 1, "โครงการก่อสร้างรางระบายน้ำ หมู่ที่ 2", FIVE, fields=above),
        ],
    )


def low_heading() -> Case:
    """The heading stands at row 13 under the block ก–จ, and again for the second printed page."""
    book = Book()
    sheet = book.sheet("ยุทธ 1")
    lines = [
        "แบบ ผ.02",
        "รายละเอียดโครงการพัฒนา",
        "แผนพัฒนาท้องถิ่น (พ.ศ. ๒๕๖๖ - ๒๕๗๐)",
        "ก. ยุทธศาสตร์ชาติ 20 ปี ด้านการพัฒนาศักยภาพคน",
        "ข. แผนพัฒนาเศรษฐกิจและสังคมแห่งชาติ ฉบับที่ 13",
        "ค. เป้าหมายการพัฒนาที่ยั่งยืน (SDGs) เป้าหมายที่ 11",
        "ง. ยุทธศาสตร์จังหวัดที่ 2 ส่งเสริมคุณภาพชีวิต",
        "จ. ยุทธศาสตร์การพัฒนาขององค์กรปกครองส่วนท้องถิ่นในเขตจังหวัด",
        "ยุทธศาสตร์ที่ 2 ด้านสังคมและคุณภาพชีวิต",
        "กลยุทธ์ที่ 2.1 ส่งเสริมการกีฬา",
        "แผนงานการศาสนาวัฒนธรรมและนันทนาการ",
    ]
    for at, words in enumerate(lines, start=1):
        sheet.merge_cells(start_row=at, end_row=at, start_column=1, end_column=12)
        put(sheet, at, words)
    row = head(sheet, 13, years=["พ.ศ. ๒๕๖๖", "พ.ศ. ๒๕๖๗", "๒๕๖๘", "ปี 2569", "2570\n(บาท)"])
    put(sheet, row, *[f"({at})" for at in range(1, 13)])
    put(sheet, row + 1, *project("๑", "โครงการแข่งขันกีฬาต้านยาเสพติด", FIVE))
    again = row + 3
    put(sheet, again, "แผนงานการศาสนาวัฒนธรรมและนันทนาการ")
    below = head(sheet, again + 1)
    put(sheet, below, *project("๒", "โครงการลานกีฬาชุมชน", [300000, None, None, None, None]))
    above = {
        "strategy": "ยุทธศาสตร์ที่ 2 ด้านสังคมและคุณภาพชีวิต",
        "tactic": "กลยุทธ์ที่ 2.1 ส่งเสริมการกีฬา",
        "programme": "แผนงานการศาสนาวัฒนธรรมและนันทนาการ",
    }
    blank = [300000, None, None, None, None]
    return Case(
        "หัวตารางอยู่ต่ำและพิมพ์ซ้ำทุกหน้า",
        book.content(),
        [
            Truth(
                "ยุทธ 1", row + 1, "โครงการแข่งขันกีฬาต้านยาเสพติด", FIVE, fields={"number": "1", **above}
            ),
            Truth("ยุทธ 1", below, "โครงการลานกีฬาชุมชน", blank, fields={"number": "2", **above}),
        ],
    )


def dashes() -> Case:
    book = Book()
    sheet = book.sheet("ผ.02")
    put(sheet, 1, "แผนงานสาธารณสุข")
    row = head(sheet, 2)
    put(sheet, row, *project(1, "โครงการพ่นหมอกควัน", ["-", "–", " - ", 0, None]))
    put(sheet, row + 1, *project(2, "โครงการวัคซีนพิษสุนัขบ้า", [40000, "—", "", "-", "- -"]))
    put(sheet, row + 2, *project(3, "โครงการ อสม. ดีเด่น", [None] * 5))
    put(sheet, row + 3, *project(4, "โครงการรณรงค์ไข้เลือดออก", ["-"] * 5))
    return Case(
        "ขีด ว่าง และศูนย์",
        book.content(),
        [
            Truth("ผ.02", row, "โครงการพ่นหมอกควัน", [0, 0, 0, 0, None], flagged=True),
            Truth("ผ.02", row + 1, "โครงการวัคซีนพิษสุนัขบ้า", [40000, 0, None, 0, 0]),
            Truth("ผ.02", row + 2, "โครงการ อสม. ดีเด่น", [None] * 5, flagged=True),
            Truth("ผ.02", row + 3, "โครงการรณรงค์ไข้เลือดออก", [0] * 5, flagged=True),
        ],
    )


def money_as_words() -> Case:
    """Budgets as text: what is plain is read, what could be two things is flagged and left out."""
    book = Book()
    sheet = book.sheet("ผ.02")
    put(sheet, 1, "แผนงานการศึกษา")
    row = head(sheet, 2)
    plain_ones: list[tuple[str, int | float]] = [
        ("1,200,000.-", 1_200_000), ("๕๐๐,๐๐๐ บาท", 500_000), ("๑๐๐,๐๐๐.๕๐", 100_000.5),
        ("250000", 250_000), ("300,000 บาท.-", 300_000), ("฿75,000", 75_000), ("60,000/-", 60_000),
        ("45,000.–", 45_000), ("  80,000  ", 80_000), ("1,500,000.00", 1_500_000),
    ]  # fmt: skip
    told: list[tuple[str, int]] = [
        ("1.2 ล้านบาท", 1_200_000), ("5 แสนบาท", 500_000), ("ห้าหมื่นบาทถ้วน", 50_000),
        ("700 000", 700_000), ("950,000 (แก้ไข ครั้งที่ 2/2567)", 950_000),
    ]  # fmt: skip
    unread = [
        "500.000", "1,20,000", "300,000\n200,000", "5OO,OOO", "งบ สปสช.", "(500,000)", "100,000-200,000",
        "ปีละ 50,000 และ 60,000", "เดิม 300,000 เป็น 400,000", "1,000,00",
    ]  # fmt: skip
    truths = []
    number = 0
    for group, flagged in ((plain_ones, False), (told, True)):
        for words, baht in group:
            number += 1
            put(
                sheet,
                row,
                *project(number, f"โครงการอบรม {number}", [words, baht, baht, 90000, 90000]),
            )
            marks = ("amended",) if "แก้ไข" in words else ()
            truths.append(
                Truth(
                    "ผ.02",
                    row,
                    f"โครงการอบรม {number}",
                    [baht, baht, baht, 90000, 90000],
                    flagged=flagged,
                    marks=marks,
                )
            )
            row += 1
    for words in unread:
        number += 1
        put(
            sheet,
            row,
            *project(number, f"โครงการอบรม {number}", [90000, words, 90000, 90000, "ไม่ใช้งบประมาณ"]),
        )
        truths.append(
            Truth(
                "ผ.02", row, f"โครงการอบรม {number}", [90000, UNREAD, 90000, 90000, 0], flagged=True
            )
        )
        row += 1
    return Case("งบประมาณเป็นข้อความ", book.content(), truths)


def amended() -> Case:
    """Marks of amendments, and project names that only sound like them."""
    book = Book()
    sheet = book.sheet("ผ.02")
    put(sheet, 1, "แผนงานสร้างความเข้มแข็งของชุมชน")
    row = head(sheet, 2, more=["หมายเหตุ"])
    rows: list[tuple[str, str, str | None, tuple[str, ...], bool]] = [
        ("โครงการปรับปรุงหอกระจายข่าว (แก้ไข ครั้งที่ 1/2567)", "โครงการปรับปรุงหอกระจายข่าว", None, ("amended",), False),
        ("โครงการขุดสระ\nแก้ไขครั้งที่ ๒/๒๕๖๘", "โครงการขุดสระ", None, ("amended",), False),
        ("โครงการขยายเขตประปา", "โครงการขยายเขตประปา", "เพิ่มเติม ครั้งที่ 3/2566", ("added",), False),
        ("โครงการตลาดชุมชน", "โครงการตลาดชุมชน", "เปลี่ยนแปลง", ("changed",), False),
        ("โครงการถนนสายเหนือ", "โครงการถนนสายเหนือ", "ย้ายไปแผนงานเคหะและชุมชน ลำดับที่ 12", ("moved",), True),
        ("โครงการถนนสายใต้", "โครงการถนนสายใต้", "ซ้ำลำดับที่ 4", ("duplicate",), True),
        ("โครงการถนนสายตะวันออก", "โครงการถนนสายตะวันออก", "รวมกับลำดับที่ 5", ("merged",), True),
        ("โครงการสะพานข้ามคลอง", "โครงการสะพานข้ามคลอง", "ไปประสาน 02/2", ("coordinated",), True),
        ("โครงการเลิกแล้ว", "โครงการเลิกแล้ว", "ยกเลิกโครงการ", ("cancelled",), True),
        ("โครงการแก้ไขปัญหายาเสพติด", "โครงการแก้ไขปัญหายาเสพติด", None, (), False),
        ("โครงการรับมือการเปลี่ยนแปลงสภาพภูมิอากาศ", "โครงการรับมือการเปลี่ยนแปลงสภาพภูมิอากาศ", None, (), False),
        ("โครงการก่อสร้างระบบประปาเพิ่มเติม หมู่ที่ 3", "โครงการก่อสร้างระบบประปาเพิ่มเติม หมู่ที่ 3", None, (), False),
        ("โครงการรวมกลุ่มอาชีพ", "โครงการรวมกลุ่มอาชีพ", None, (), False),
    ]  # fmt: skip
    truths = []
    for number, (written, name, note, marks, flagged) in enumerate(rows, start=1):
        put(sheet, row, *project(number, written, FIVE, more=[note]))
        truths.append(Truth("ผ.02", row, name, FIVE, flagged=flagged, marks=marks))
        row += 1
    return Case("ร่องรอยการแก้แผน", book.content(), truths)


def boxes() -> Case:
    book = Book()
    sheet = book.sheet("ผ.02")
    put(sheet, 1, "แผนงานเคหะและชุมชน")
    row = head(sheet, 2)
    for number in range(1, 7):
        put(sheet, row + number - 1, *project(number, f"โครงการถนนซอย {number}", FIVE))
    book.float_over(sheet, Floating("แก้ไข ครั้งที่ 1/2567\nลงวันที่ 5 มีนาคม 2567", row, row))
    book.float_over(sheet, Floating("ย้ายไปแผนงานสาธารณสุข", row + 2, row + 3, in_group=True))
    book.float_over(sheet, Floating("เปลี่ยนแปลง ครั้งที่ 2/2568", row + 4, row + 4, one_cell=True))
    book.float_over(sheet, Floating("ร่างแผน ห้ามเผยแพร่", 1, 1))
    sheet.cell(row + 5, 5).comment = Comment("ตรวจยอดกับกองคลังอีกครั้ง", "ผู้เขียน")
    marks = [("amended",), (), ("moved",), ("moved",), ("changed",), ()]
    return Case(
        "กล่องข้อความลอย",
        book.content(),
        [
            Truth("ผ.02", row + at, f"โครงการถนนซอย {at + 1}", FIVE, flagged=at != 1, marks=found)
            for at, found in enumerate(marks)
        ],
    )


def doubled() -> Case:
    book = Book()
    truths = []
    for name in ("แผนงานการเกษตร", "แผนงานการเกษตร (2)"):
        sheet = book.sheet(name)
        put(sheet, 1, "แผนงานการเกษตร")
        row = head(sheet, 2)
        is_copy = name.endswith("(2)")
        for number in range(1, 7):
            last = 70000 if is_copy and number == 6 else 100000
            amounts = [100000, 100000, 100000, 100000, last]
            put(sheet, row, *project(number, f"โครงการส่งเสริมเกษตร {number}", amounts))
            truths.append(
                Truth(name, row, f"โครงการส่งเสริมเกษตร {number}", amounts, flagged=is_copy)
            )
            row += 1
    return Case("แผ่นซ้ำ (2)", book.content(), truths)


def hidden() -> Case:
    book = Book()
    sheet = book.sheet("ผ.02")
    put(sheet, 1, "แผนงานบริหารทั่วไป")
    row = head(sheet, 2)
    for number in range(1, 4):
        put(sheet, row + number - 1, *project(number, f"โครงการอบรมบุคลากร {number}", FIVE))
    sheet.row_dimensions[row + 1].hidden = True
    sheet.column_dimensions["C"].hidden = True
    old = book.sheet("เก่า")
    put(old, 1, "แผนงานบริหารทั่วไป")
    below = head(old, 2)
    put(old, below, *project(1, "โครงการที่ซ่อนไว้", FIVE))
    old.sheet_state = "hidden"
    return Case(
        "แถว คอลัมน์ แผ่นที่ซ่อน",
        book.content(),
        [
            Truth("ผ.02", row, "โครงการอบรมบุคลากร 1", FIVE),
            Truth("ผ.02", row + 1, "โครงการอบรมบุคลากร 2", FIVE, flagged=True),
            Truth("ผ.02", row + 2, "โครงการอบรมบุคลากร 3", FIVE),
            Truth("เก่า", below, "โครงการที่ซ่อนไว้", FIVE, flagged=True),
        ],
    )


def formulas() -> Case:
    """Formulas with their saved result, without one, and with a fault."""
    book = Book()
    sheet = book.sheet("ผ.02")
    put(sheet, 1, "แผนงานเคหะและชุมชน")
    row = head(sheet, 2)
    put(sheet, row, *project(1, "โครงการท่อระบายน้ำ", ["=50000*2", 100000, 100000, 100000, 100000]))
    put(sheet, row + 1, *project(2, "โครงการป้ายซอย", ["=E4*2", 100000, 100000, 100000, 100000]))
    put(sheet, row + 2, *project(3, "โครงการไฟกิ่ง", ["=1/0", 100000, 100000, 100000, 100000]))
    put(sheet, row + 3, *project(4, "โครงการผิวจราจร", [1234567.891, 99999.99, 1e5, 100000, 100000]))
    put(sheet, row + 4, *project(5, "โครงการประตูน้ำ", [45000, 45000, 45000, 45000, 45000]))
    sheet.cell(row + 4, 5).number_format = "d mmm yyyy"
    sheet.cell(row + 4, 6).number_format = "#,##0,"
    sheet.cell(row + 4, 7).number_format = "0%"
    sheet.cell(row + 4, 8).font = Font(strike=True)
    book.save_result(sheet, f"E{row}", "100000")
    book.save_result(sheet, f"E{row + 2}", "#DIV/0!")
    more = [100000] * 4
    content = book.content()
    return Case(
        "สูตร เศษ และรูปแบบช่อง",
        content,
        [
            Truth("ผ.02", row, "โครงการท่อระบายน้ำ", [100000, *more]),
            Truth("ผ.02", row + 1, "โครงการป้ายซอย", [UNREAD, *more], flagged=True),
            Truth("ผ.02", row + 2, "โครงการไฟกิ่ง", [UNREAD, *more], flagged=True),
            Truth(
                "ผ.02",
                row + 3,
                "โครงการผิวจราจร",
                [1234567.89, 99999.99, 100000, 100000, 100000],
                flagged=True,
            ),
            Truth(
                "ผ.02",
                row + 4,
                "โครงการประตูน้ำ",
                [UNREAD, 45000, UNREAD, 45000, 45000],
                flagged=True,
            ),
        ],
    )


def magnitudes() -> Case:
    """Thousands and millions said in the heading; small and huge numbers where baht are said."""
    book = Book()
    truths = []
    for name, unit, factor in (("พัน", "(พันบาท)", 1_000), ("ล้าน", "(ล้านบาท)", 1_000_000)):
        sheet = book.sheet(name)
        put(sheet, 1, "แผนงานเคหะและชุมชน")
        row = head(sheet, 2, unit=unit, years=NEXT_YEARS)
        put(sheet, row, *project(1, f"โครงการถนนหน่วย{name}", [1.5, 2, 3, 4, 5]))
        truths.append(
            Truth(
                name,
                row,
                f"โครงการถนนหน่วย{name}",
                [factor * one for one in (1.5, 2, 3, 4, 5)],
                flagged=True,
            )
        )
    above = book.sheet("หน่วยอยู่ข้างบน")
    put(above, 1, "แผนงานเคหะและชุมชน", None, None, "หน่วย : พันบาท")
    row = head(above, 2, unit="", years=NEXT_YEARS, kpi=False)
    put(above, row, *project(1, "โครงการหน่วยข้างบน", [50, 60, 70, 80, 90], kpi=False))
    truths.append(
        Truth("หน่วยอยู่ข้างบน", row, "โครงการหน่วยข้างบน", [50e3, 60e3, 70e3, 80e3, 90e3], flagged=True)
    )
    sheet = book.sheet("บาท")
    put(sheet, 1, "แผนงานเคหะและชุมชน")
    row = head(sheet, 2, years=NEXT_YEARS)
    put(sheet, row, *project(1, "โครงการหน่วยหลุด", [500, 500, 500, 500, 500]))
    put(sheet, row + 1, *project(2, "โครงการเกินจริง", [5_000_000_000, 0, 0, 0, 0]))
    put(sheet, row + 2, *project(3, "โครงการโดดปีเดียว", [5000, 5_000_000, 0, 0, 0]))
    put(sheet, row + 3, *project(4, "โครงการติดลบ", [-5000, 0, 0, 0, 10**14]))
    truths += [
        Truth("บาท", row, "โครงการหน่วยหลุด", [500] * 5, flagged=True),
        Truth("บาท", row + 1, "โครงการเกินจริง", [5_000_000_000, 0, 0, 0, 0], flagged=True),
        Truth("บาท", row + 2, "โครงการโดดปีเดียว", [5000, 5_000_000, 0, 0, 0], flagged=True),
        Truth("บาท", row + 3, "โครงการติดลบ", [UNREAD, 0, 0, 0, UNREAD], flagged=True),
    ]
    return Case("หน่วยเงินผิดขนาด", book.content(), truths)
