"""Thirty invented letters, each hard to set in its own way; `make gallery` draws them."""

import sys
import time
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pypdfium2
from PIL import Image, ImageDraw

from tests.writing.words import HARD, LONG, LONG_NAME, MEDIUM, SHORT, table
from thamthan.thai.correspondence import LetterKind, Secrecy, Urgency, openings_for
from thamthan.writing import (
    EnclosureLine,
    OutgoingLetter,
    Paragraph,
    ReferenceLine,
    write_letter,
    write_letter_docx,
)

FOLDER = Path(__file__).resolve().parent.parent.parent / "var" / "gallery"
ASKED = Paragraph("จึงเรียนมาเพื่อพิจารณาดำเนินการ")
PLAIN = OutgoingLetter(
    kind=LetterKind.EXTERNAL,
    agency="องค์การบริหารส่วนตำบลท่าเสน",
    agency_address=("๙ หมู่ที่ ๓ ตำบลท่าเสน", "อำเภอบ้านลาด พบ ๗๖๑๕๐"),
    number="พบ 72401/123",
    dated_on=date(2026, 3, 16),
    subject="รายงานผลการดำเนินงานตามนโยบายสำคัญเร่งด่วน",
    addressee="นายอำเภอบ้านลาด",
    body=(Paragraph(MEDIUM), Paragraph(SHORT), ASKED),
    signatory="นายประเสริฐ ทองตัวอย่าง",
    position=("นายกองค์การบริหารส่วนตำบลท่าเสน",),
    owner_unit="สำนักปลัด",
    contacts=("โทร. 0-3200-0000 ต่อ 12", "ไปรษณีย์อิเล็กทรอนิกส์ saraban@example.go.th"),
)
PROVINCE = ReferenceLine(
    "จังหวัดเพชรบุรี", "พบ 0017.2/ว 16407", date(2025, 11, 23), Urgency.MOST_URGENT
)
DISTRICT = ReferenceLine("อำเภอบ้านลาด", "พบ 0618/665", date(2026, 3, 15))
ORDER = ReferenceLine("คำสั่งจังหวัดเพชรบุรี", "120/2569", date(2026, 2, 20))
FORM = EnclosureLine("แบบรายงานผลการดำเนินงาน", 1, "ชุด")
NAMES = EnclosureLine("รายชื่อผู้ประสานงานระดับตำบล", 2, "แผ่น")
MEMO = replace(
    PLAIN,
    kind=LetterKind.MEMO,
    number="พบ 72402/15",
    subject="ขออนุมัติจัดซื้อวัสดุสำนักงาน",
    addressee="นายกองค์การบริหารส่วนตำบลท่าเสน",
    owner_unit="กองคลัง",
    contacts=("โทร. 0 3200 1111",),
    signatory="นางสาวมาลี มีตัวอย่าง",
    position=("นักวิชาการพัสดุชำนาญการ",),
    body=(Paragraph(MEDIUM), Paragraph("จึงเรียนมาเพื่อโปรดพิจารณาอนุมัติ")),
)
STAMPED = replace(
    PLAIN,
    kind=LetterKind.STAMPED,
    number="พบ 72401/ว 7",
    opening="ถึง",
    addressee="ผู้ใหญ่บ้านทุกหมู่บ้านในตำบลท่าเสน",
    body=(Paragraph(MEDIUM), Paragraph("จึงแจ้งมาเพื่อทราบ")),
    signatory="",
    position=(),
)
ITEMS = (
    Paragraph(SHORT),
    Paragraph(MEDIUM, "๑.", 1),
    Paragraph("สำรวจถนนทุกสายในความรับผิดชอบ และบันทึกผลลงในแบบสำรวจ", "๑.๑", 2),
    Paragraph("ส่งแบบสำรวจให้อำเภอภายในวันที่ 30 เมษายน 2569", "๑.๒", 2),
    Paragraph("ถ่ายภาพก่อนและหลังดำเนินการ", "(๑)", 3),
    Paragraph(LONG, "๒.", 1),
    ASKED,
)


def _to(addressee: str) -> OutgoingLetter:
    opening, closing = openings_for(addressee)
    return replace(PLAIN, addressee=addressee, opening=opening, closing=closing)


LETTERS: dict[str, OutgoingLetter] = {
    "plain": PLAIN,
    "short": replace(PLAIN, body=(Paragraph("ขอส่งรายงานประจำเดือนมาพร้อมนี้"),), contacts=()),
    "draft_without_number_and_day": replace(PLAIN, number="พบ 72401/", dated_on=None),
    "long_subject": replace(PLAIN, subject=HARD),
    "one_reference": replace(PLAIN, references=(DISTRICT,)),
    "many_references": replace(PLAIN, references=(PROVINCE, DISTRICT, ORDER, PROVINCE, DISTRICT)),
    "one_enclosure": replace(PLAIN, enclosures=(EnclosureLine("แบบรายงาน จำนวนตามที่แนบ"),)),
    "many_enclosures": replace(
        PLAIN, references=(PROVINCE,), enclosures=(FORM, NAMES, EnclosureLine(LONG_NAME, 12, "เล่ม"))
    ),
    "items": replace(PLAIN, body=ITEMS),
    "english_inside": replace(PLAIN, body=(Paragraph(HARD), Paragraph(HARD, "๑.", 1), ASKED)),
    "thai_action": replace(
        PLAIN, body=(Paragraph(MEDIUM.replace("Action 5", "Action ๕")), Paragraph(SHORT), ASKED)
    ),
    "table": replace(PLAIN, body=(Paragraph(SHORT), table(6), ASKED)),
    "table_over_pages": replace(PLAIN, body=(Paragraph(SHORT), table(40), ASKED)),
    "two_pages": replace(PLAIN, body=(Paragraph(LONG), Paragraph(LONG), ASKED)),
    "three_pages": replace(
        PLAIN, references=(PROVINCE, DISTRICT), body=(*[Paragraph(LONG)] * 5, ASKED)
    ),
    "urgent": replace(PLAIN, urgency=Urgency.URGENT),
    "most_urgent": replace(PLAIN, urgency=Urgency.MOST_URGENT),
    "secret": replace(
        PLAIN, secrecy=Secrecy.TOP_SECRET, urgency=Urgency.VERY_URGENT, body=(Paragraph(LONG),) * 3
    ),
    "to_the_prime_minister": _to("นายกรัฐมนตรี"),
    "to_a_monk": _to("พระครูสุวรรณตัวอย่าง เจ้าอาวาสวัดท่าเสน"),
    "to_a_chapter_monk": _to("พระราชตัวอย่างเมธี"),
    "to_a_high_chapter_monk": _to("สมเด็จพระมหาตัวอย่างวงศ์"),
    "to_many": _to("นายกเทศมนตรีตำบลบ้านลาด และนายกองค์การบริหารส่วนตำบล ทุกแห่ง"),
    "acting": replace(
        PLAIN,
        signatory="นายวิชัย พงษ์ตัวอย่าง",
        position=("ปลัดองค์การบริหารส่วนตำบล ปฏิบัติหน้าที่", "นายกองค์การบริหารส่วนตำบลท่าเสน"),
    ),
    "copies": replace(PLAIN, copies_to=("ท้องถิ่นจังหวัดเพชรบุรี", "ท้องถิ่นอำเภอบ้านลาด")),
    "memo": MEMO,
    "memo_long": replace(
        MEMO, subject=HARD, urgency=Urgency.URGENT, body=(Paragraph(LONG), *ITEMS[1:])
    ),
    "memo_table": replace(MEMO, body=(Paragraph(SHORT), table(5), MEMO.body[-1])),
    "stamped": STAMPED,
    "stamped_urgent": replace(STAMPED, urgency=Urgency.MOST_URGENT, body=(Paragraph(LONG),)),
}


def emblem() -> bytes:
    """A shape in the place of the garuda, which no one but an office may use."""
    picture = Image.new("RGBA", (600, 660), (0, 0, 0, 0))
    pen = ImageDraw.Draw(picture)
    pen.ellipse((0, 0, 599, 659), outline="black", width=14)
    pen.line((300, 80, 300, 580), fill="black", width=10)
    pen.line((100, 330, 500, 330), fill="black", width=10)
    out = BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    shape = emblem()
    write_letter(PLAIN, emblem=shape)
    spent: list[float] = []
    for number, (name, letter) in enumerate(LETTERS.items(), 1):
        begun = time.process_time()
        pdf = write_letter(letter, emblem=shape)
        spent.append(time.process_time() - begun)
        stem = f"{number:02}_{name}"
        (FOLDER / f"{stem}.pdf").write_bytes(pdf)
        (FOLDER / f"{stem}.docx").write_bytes(write_letter_docx(letter, emblem=shape))
        document = pypdfium2.PdfDocument(pdf)
        for at in range(len(document)):
            picture = document[at].render(scale=1.5).to_pil()
            picture.save(FOLDER / f"{stem}_{at + 1}.png")
        document.close()
    spent.sort()
    sys.stdout.write(
        f"{len(LETTERS)} letters in {FOLDER}\n"
        f"one takes {1000 * spent[len(spent) // 2]:.0f} ms at the median, "
        f"slowest {1000 * spent[-1]:.0f} ms of computing\n"
    )


if __name__ == "__main__":
    main()
