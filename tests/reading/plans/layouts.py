"""Faulty workbooks, one kind of layout each, with their truth: merges, odd headings, no table."""

from tests.reading.plans.books import (
    UNREAD,
    Book,
    Said,
    head,
    project,
    put,
)
from tests.reading.plans.truth import Case, Truth

FIVE: tuple[Said, ...] = (100_000, 100_000, 100_000, 100_000, 100_000)


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
