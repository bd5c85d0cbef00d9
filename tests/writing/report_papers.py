"""Reports on paper for the tests: what an officer hands in, of real length, and the bare least."""

from functools import cache
from io import BytesIO

from PIL import Image

from tests.pictures import scene
from thamthan.writing.photographs import photograph_for_paper
from thamthan.writing.report_facts import (
    ReportAnnex,
    ReportClause,
    ReportItem,
    ReportItems,
    ReportPaper,
    ReportPhoto,
    ReportPhotos,
    ReportSection,
    ReportSignature,
    ReportText,
)
from thamthan.writing.tables import Column, Table

HOUSES = (
    "องค์การบริหารส่วนตำบลหนองกะปุ",
    "องค์การบริหารส่วนตำบลท่าเสน",
    "เทศบาลตำบลบ้านลาด",
    "องค์การบริหารส่วนตำบลไร่มะขาม",
    "องค์การบริหารส่วนตำบลสมอพลือ",
    "องค์การบริหารส่วนตำบลหนองกระเจ็ด",
    "องค์การบริหารส่วนตำบลตำหรุ",
    "องค์การบริหารส่วนตำบลห้วยลึก",
    "องค์การบริหารส่วนตำบลท่าช้าง",
    "องค์การบริหารส่วนตำบลถ้ำรงค์",
    "องค์การบริหารส่วนตำบลห้วยข้อง",
    "องค์การบริหารส่วนตำบลลาดโพธิ์",
    "องค์การบริหารส่วนตำบลสะพานไกร",
    "องค์การบริหารส่วนตำบลไร่โคก",
    "องค์การบริหารส่วนตำบลโรงเข้",
)
ORDER = (
    "ขับเคลื่อนการดำเนินงานตามนโยบายสำคัญของกระทรวงมหาดไทย Action 5 Plus "
    "ด้านเศรษฐกิจฐานรากและด้านสวัสดิการสังคม ประจำปีงบประมาณ พ.ศ. 2569"
)
CLAUSES = (
    "ด้านเศรษฐกิจฐานราก ส่งเสริมตลาดชุมชน กลุ่มอาชีพ และผลิตภัณฑ์ท้องถิ่น ให้ประชาชนมีรายได้เพิ่มขึ้น"
    "อย่างยั่งยืน โดยใช้ทรัพยากรและภูมิปัญญาในพื้นที่",
    "ด้านสวัสดิการสังคมและคุณภาพชีวิต จัดให้มีสถานที่ออกกำลังกาย ลานกีฬา และสวนสาธารณะที่เด็ก ผู้สูงอายุ "
    "และผู้พิการใช้ได้อย่างปลอดภัย",
)
TOLD = (
    "จัดตลาดชุมชนทุกวันศุกร์ ณ ลานหน้าที่ทำการ มีผู้ขาย 24 ราย รายได้เฉลี่ยต่อครั้ง 35,000 บาท "
    "ผู้ซื้อมาจากทั้งในและนอกตำบล",
    "ฝึกอาชีพแปรรูปตาลโตนดให้กลุ่มแม่บ้าน 35 คน ร่วมกับวิทยาลัยการอาชีพ ผู้ผ่านการอบรมรวมกลุ่มขายออนไลน์แล้ว 2 กลุ่ม",
    "ปรับปรุงลานออกกำลังกายหมู่ที่ 3 พร้อมเครื่องออกกำลังกายกลางแจ้ง 12 เครื่อง ไฟส่องสว่าง และทางลาดผู้พิการ",
)


@cache
def photo_of(seed: int, *, upright: bool = False) -> bytes:
    """A made photograph, as the machine makes it small for paper."""
    out = BytesIO()
    image: Image.Image = scene(seed, size=(960, 1280) if upright else (1280, 960))
    image.save(out, "WEBP", quality=80)
    return photograph_for_paper(out.getvalue())


def _photo(seed: int, stage: str, house: str = "") -> ReportPhoto:
    return ReportPhoto(
        photo_of(seed, upright=seed % 5 == 0),
        stage,
        f"{house} ลานออกกำลังกายและสวนสุขภาพประจำหมู่บ้าน หมู่ที่ 3 ตำบลหนองกะปุ".strip(),
        "ถ่ายเมื่อ 10 มีนาคม 2569 เวลา 09.15 น. ที่สวนสาธารณะหมู่ที่ 3",
    )


def _figures(*, many: bool) -> Table:
    names = (
        ("จำนวนโครงการและกิจกรรม", "3", "โครงการ"),
        ("งบประมาณที่ได้รับอนุมัติ", "1,850,000.50", "บาท"),
        ("เบิกจ่ายแล้ว", "925,000", "บาท"),
        ("ผู้รับประโยชน์", "2,400", "คน"),
        ("ครัวเรือนที่รับประโยชน์", "ไม่มีข้อมูล", "ครัวเรือน"),
        ("ร้อยละของครัวเรือนที่เข้าร่วมกิจกรรม", "ร้อยละ 68.18 (750 จาก 1,100)", "ครัวเรือน"),
    )
    if not many:
        columns = (Column("รายการ", 52), Column("ผล", 32, "right"), Column("หน่วยนับ", 16))
        return Table("", "", columns, names)
    return Table(
        "",
        "",
        (
            Column("รายการ", 38), Column("ผลรวม", 34, "right"), Column("หน่วยนับ", 14),
            Column("มีตัวเลข (แห่ง)", 14, "center"),
        ),
        tuple((*row, "12 จาก 15") for row in names),
        foot="ไม่มีข้อมูล 1 แห่ง ไม่เกี่ยวข้อง 1 แห่ง หน่วยงานที่ไม่มีผลหรือยังไม่รายงานไม่นับเป็นศูนย์",
    )  # fmt: skip


_PROJECTS = Table(
    "โครงการและกิจกรรม",
    "",
    (Column("ที่", 6, "center"), Column("โครงการ", 70), Column("สถานะ", 24)),
    tuple(
        (at, name, state)
        for at, (name, state) in enumerate(
            (
                ("ปรับปรุงภูมิทัศน์และพัฒนาสวนสาธารณะเฉลิมพระเกียรติประจำหมู่บ้าน พร้อมติดตั้งเครื่องออกกำลังกาย"
                 "สำหรับผู้สูงอายุและลานกิจกรรมเด็ก หมู่ที่ 3 ตำบลหนองกะปุ", "ดำเนินการ"),
                ("ตลาดชุมชนคนหนองกะปุ", "เสร็จสิ้น"),
            ),
            start=1,
        )
    ),
)  # fmt: skip
_SIGNATURES = (
    ReportSignature("ผู้รายงาน", "นางสาวสมใจ ใจดีตัวอย่าง", "เจ้าพนักงานธุรการชำนาญงาน"),
    ReportSignature("ผู้เห็นชอบ", "", "นายกองค์การบริหารส่วนตำบลหนองกะปุ"),
)


def house_paper(*, photos: int = 12, mark: str = "") -> ReportPaper:
    """One house's report: two clauses, obstacles, suggestions, this many photographs."""
    stages = ("ก่อนดำเนินการ", "หลังดำเนินการ")
    rows = tuple(
        tuple(_photo(at + side, stages[side]) for side in range(min(2, photos - at)))
        for at in range(0, photos, 2)
    )
    annex = ReportAnnex("ภาพถ่ายการดำเนินงาน", photos=(ReportPhotos(_PROJECTS.rows[0][1], rows),))  # type: ignore[arg-type]
    return ReportPaper(
        title="รายงานผลการดำเนินงาน",
        subject=ORDER,
        house=f"{HOUSES[0]} อำเภอบ้านลาด จังหวัดเพชรบุรี",
        about=(
            ("ตามหนังสือ", "หนังสืออำเภอบ้านลาด ที่ พบ 0618/ว 665 ลงวันที่ 15 มีนาคม 2569"),
            ("รายงานต่อ", "อำเภอบ้านลาด"),
            ("ผลระหว่าง", "1 ตุลาคม 2568 ถึง 20 มีนาคม 2569"),
            ("ส่งเมื่อ", "19 มีนาคม 2569 เวลา 15.42 น. (ฉบับที่ 2) ทันกำหนด"),
        ),
        sections=(
            ReportSection(
                "ผลการดำเนินงานตามข้อสั่งการ",
                clauses=tuple(
                    ReportClause(
                        f"ข้อ {at}",
                        words,
                        (ReportText(TOLD, "ผลการดำเนินงาน"), _PROJECTS, _figures(many=False)),
                    )
                    for at, words in enumerate(CLAUSES, 1)
                ),
            ),
            ReportSection("ปัญหาและอุปสรรค", (ReportText((TOLD[0], TOLD[1])),)),
            ReportSection("ข้อเสนอแนะ", (ReportText(("ไม่มี",), is_faint=True),)),
        ),
        signatures=_SIGNATURES,
        judged="อำเภอบ้านลาดรับรองแล้ว เมื่อวันที่ 20 มีนาคม 2569 โดย นางสาวพรทิพย์ ตัวอย่างดี ปลัดอำเภอ",
        annexes=(annex,) if photos else (),
        mark=mark,
        foot=f"{HOUSES[0]} รายงานฉบับที่ 2 ลายนิ้วมือ 9f86d081884c7d65",
    )


def nil_paper() -> ReportPaper:
    """A report of nothing, with its reason."""
    paper = house_paper(photos=0)
    why = ReportText(("อยู่ระหว่างเสนอขอรับการสนับสนุนงบประมาณ ยังไม่มีผลการดำเนินงานในงวดนี้",), "เหตุที่ไม่มีผล")
    return ReportPaper(
        paper.title, paper.subject, paper.house, paper.about,
        (ReportSection("ไม่มีผลการดำเนินงาน", (why,)),),
        signatures=paper.signatures, foot=paper.foot,
    )  # fmt: skip


def _annex_table(words: str) -> Table:
    money = ("1", "1,850,000.50", "925,000", "2,400", "750", "750/1,100")
    rows = [
        (str(at), name, "รับรองแล้ว", *money) if at not in {4, 9, 15}
        else (str(at), name, "ไม่มีผล" if at == 4 else "ยังไม่รายงาน", *("",) * 6)
        for at, name in enumerate(HOUSES, 1)
    ]  # fmt: skip
    return Table(
        words,
        "",
        (
            Column("ที่", 4, "center"), Column("หน่วยงาน", 27), Column("สถานะ", 10),
            Column("จำนวนโครงการ (โครงการ)", 10, "right"),
            Column("งบประมาณที่ได้รับอนุมัติ (บาท)", 13, "right"),
            Column("เบิกจ่ายแล้ว (บาท)", 11, "right"), Column("ผู้รับประโยชน์ (คน)", 10, "right"),
            Column("ครัวเรือน (ครัวเรือน)", 10, "right"), Column("เข้าร่วม (ครัวเรือน)", 11, "right"),
        ),
        (*rows, ("", "รวม", "12 แห่ง", "12", "22,200,006", "11,100,000", "28,800", "9,000", "9,000/13,200")),  # noqa: E501
    )  # fmt: skip


def together_paper(*, photos: int = 8) -> ReportPaper:
    """A district's report over fifteen houses: totals, who said what, who is missing, annexes."""
    said = ReportItems(
        "ผลการดำเนินงาน",
        tuple(
            ReportItem(
                text,
                ", ".join(
                    house.replace("องค์การบริหารส่วนตำบล", "อบต.") for house in HOUSES[: 4 - at]
                ),
            )
            for at, text in enumerate(TOLD)
        ),
        more="และอีก 14 ประโยค อยู่ในรายงานของแต่ละหน่วยงาน",
    )
    rows = tuple(
        (_photo(at, "ก่อนดำเนินการ", HOUSES[at]), _photo(at + 1, "หลังดำเนินการ", HOUSES[at]))
        for at in range(0, photos, 2)
    )
    pictures = ReportAnnex(
        "ภาพถ่ายการดำเนินงาน",
        photos=tuple(
            ReportPhotos(f"ข้อ {at + 1} {CLAUSES[at][:60]}", rows[at * 2 : at * 2 + 2])
            for at in range(2)
        ),
    )
    return ReportPaper(
        title="รายงานสรุปผลการดำเนินงานในภาพรวม",
        subject=ORDER,
        house="อำเภอบ้านลาด จังหวัดเพชรบุรี",
        standing="ข้อมูลยังไม่ปิดยอด ณ วันที่ 20 มีนาคม 2569 เวลา 16.30 น.",
        about=(
            ("ตามหนังสือ", "หนังสือจังหวัดเพชรบุรี ที่ พบ 0017.2/ว 1640 ลงวันที่ 12 มีนาคม 2569"),
            ("ผลระหว่าง", "1 ตุลาคม 2568 ถึง 20 มีนาคม 2569"),
            ("หน่วยงาน", "รายงานแล้ว 13 จาก 15 แห่ง รับรองแล้ว 13 แห่ง ไม่มีผล 1 แห่ง ส่งช้า 2 แห่ง"),
            ("ยังไม่รายงาน", "2 แห่ง: อบต.ท่าช้าง อบต.โรงเข้"),
        ),
        sections=(
            ReportSection(
                "ผลการดำเนินงานตามข้อสั่งการ",
                clauses=tuple(
                    ReportClause(f"ข้อ {at}", words, (_figures(many=True), said))
                    for at, words in enumerate(CLAUSES, 1)
                ),
            ),
            ReportSection("ปัญหาและอุปสรรค", (ReportItems("", said.items[:2]),)),
        ),
        signatures=_SIGNATURES,
        annexes=(
            ReportAnnex(
                "ผลการดำเนินงานรายหน่วยงาน",
                "รวมจากรายงานที่รับรองแล้ว ช่องว่างคือไม่มีตัวเลข ไม่นับเป็นศูนย์",
                tables=tuple(
                    _annex_table(f"ข้อ {at} {words}") for at, words in enumerate(CLAUSES, 1)
                ),
            ),
            *((pictures,) if photos else ()),
        ),
        foot="อำเภอบ้านลาด ยอดรวม ณ วันที่ 20 มีนาคม 2569",
    )
