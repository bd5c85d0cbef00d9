"""Invented projects for proposals: a full one, a bare one, and one of long names."""

from dataclasses import replace
from datetime import date

from tests.writing.words import LONG, LONG_NAME
from thamthan.writing.proposal_facts import (
    ProposalFacts,
    ProposedCost,
    ProposedGroup,
    ProposedIndicator,
    ProposedRisk,
    ProposedSource,
    ProposedStanding,
    ProposedStep,
    ProposedSupporter,
    Signature,
    Signer,
)

PARK = ProposalFacts(
    name="โครงการปรับปรุงสวนสาธารณะเฉลิมพระเกียรติเพื่อคนทุกวัย หมู่ที่ 3 ตำบลท่าเสน",
    house="องค์การบริหารส่วนตำบลท่าเสน",
    house_place="อำเภอบ้านลาด จังหวัดเพชรบุรี",
    unit="กองช่าง",
    fiscal_year=2569,
    plan=ProposedStanding(
        "อยู่ในแผนแล้ว แต่ยังไม่มีเงินในข้อบัญญัติ",
        "แผนพัฒนาท้องถิ่น (พ.ศ. 2566–2570) แบบ ผ.02 ลำดับที่ 14",
        (
            ("ยุทธศาสตร์ชาติ", "ด้านการสร้างโอกาสและความเสมอภาคทางสังคม"),
            ("ยุทธศาสตร์ขององค์การบริหารส่วนตำบล", "ที่ 2 การพัฒนาคุณภาพชีวิต"),
            ("แผนงาน", "แผนงานเคหะและชุมชน"),
        ),
    ),
    answers=(
        "มหาดไทย ทำ ทัน ที่ Action 5 ด้านที่ 2 ข้อ 2.4 พัฒนาสวนสาธารณะ (หนังสืออำเภอบ้านลาด ที่ พบ 0618/665 "
        "ลงวันที่ 15 มีนาคม 2569)",
    ),
    rationale=LONG + "\n\n" + LONG,
    objectives=(
        "เพื่อปรับปรุงสวนสาธารณะให้ได้มาตรฐานและคนทุกวัยใช้ได้อย่างปลอดภัย",
        "เพื่อเพิ่มพื้นที่สีเขียวของตำบลให้ถึงร้อยละ 25",
        "เพื่อให้ประชาชนมีส่วนร่วมดูแลสวนสาธารณะของตนเอง",
    ),
    output="สวนสาธารณะ 1 แห่ง เนื้อที่ 4-2-0 ไร่ มีทางเดินวิ่ง 850 เมตร และเครื่องออกกำลังกาย 12 ชุด",
    targets=(
        ProposedGroup("ประชาชนหมู่ที่ 3 และหมู่ใกล้เคียง", 1240),
        ProposedGroup("ผู้สูงอายุและผู้พิการ", 312),
        ProposedGroup("ครัวเรือนรอบสวน", None, "ครัวเรือน"),
    ),
    steps=(
        ProposedStep(
            "สำรวจและรับฟังความคิดเห็นของประชาชน", date(2025, 11, 3), date(2025, 12, 19), "กองช่าง"
        ),
        ProposedStep("ออกแบบและประมาณราคา", date(2026, 1, 5), date(2026, 2, 27), "กองช่าง", True),
        ProposedStep("จัดซื้อจัดจ้าง", date(2026, 3, 2), date(2026, 4, 30), "กองคลัง"),
        ProposedStep("ก่อสร้างและปลูกต้นไม้", date(2026, 5, 1), date(2026, 8, 31), "กองช่าง", True),
        ProposedStep(
            "ตรวจรับ ประเมินผล และรายงาน", date(2026, 9, 1), date(2026, 9, 30), "สำนักปลัด", True
        ),
    ),
    places=("สวนสาธารณะเฉลิมพระเกียรติ หมู่ที่ 3 ตำบลท่าเสน อำเภอบ้านลาด จังหวัดเพชรบุรี",),
    costs=(
        ProposedCost("ทางเดินวิ่งคอนกรีต กว้าง 2 เมตร ยาว 850 เมตร", 68_000_000, "850 ม. × 800 บาท"),
        ProposedCost("เครื่องออกกำลังกายกลางแจ้ง", 30_000_000, "12 ชุด × 25,000 บาท"),
        ProposedCost("ต้นไม้และระบบรดน้ำ", 12_000_050, "เหมาจ่าย"),
    ),
    sources=(
        ProposedSource("เงินอุดหนุนเฉพาะกิจ", 90_000_000),
        ProposedSource("ข้อบัญญัติงบประมาณขององค์การบริหารส่วนตำบล", 20_000_050),
    ),
    asked=ProposedSource("กองทุนสิ่งแวดล้อม", 90_000_000),
    indicators=(
        ProposedIndicator("จำนวนสวนสาธารณะที่ได้มาตรฐาน", "แห่ง", "0", "1", "แบบตรวจมาตรฐานของ สถ."),
        ProposedIndicator("ร้อยละพื้นที่สีเขียวของตำบล", "ร้อยละ", "21.40", "25.00", "แผนที่ภาษี"),
        ProposedIndicator("ประชาชนที่พึงพอใจ", "ร้อยละ", "", "80.00", "แบบสอบถาม 200 ชุด"),
    ),
    supporters=(
        ProposedSupporter("สำนักงานโยธาธิการและผังเมืองจังหวัดเพชรบุรี", "ตรวจแบบและประมาณราคา"),
        ProposedSupporter("สถานีเพาะชำกล้าไม้จังหวัดเพชรบุรี", "กล้าไม้ 500 ต้น"),
    ),
    risks=(ProposedRisk("ฝนตกหนักในเดือนสิงหาคม", "ปานกลาง", "เร่งงานดินให้เสร็จก่อนเดือนกรกฎาคม"),),
    evaluation="ประเมินด้วยแบบตรวจมาตรฐานสวนสาธารณะและแบบสอบถามความพึงพอใจ หลังเปิดใช้ 30 วัน",
    results=(
        "ประชาชนมีสวนสาธารณะที่ปลอดภัยสำหรับออกกำลังกายและพักผ่อน",
        "พื้นที่สีเขียวของตำบลเพิ่มขึ้น และประชาชนร่วมดูแล",
    ),
    responsible=("นายสมชาย ช่างตัวอย่าง ผู้อำนวยการกองช่าง โทร. 0-3200-0000 ต่อ 14",),
    signatures=(
        Signature(Signer.AUTHOR, "นายวิชัย นายช่างตัวอย่าง", "นายช่างโยธาชำนาญงาน"),
        Signature(Signer.PROPOSER, "นายสมชาย ช่างตัวอย่าง", "ผู้อำนวยการกองช่าง"),
        Signature(Signer.APPROVER, "นายประเสริฐ ทองตัวอย่าง", "นายกองค์การบริหารส่วนตำบลท่าเสน"),
    ),
)

BARE = ProposalFacts(name="โครงการส่งเสริมอาชีพผู้สูงอายุ", house="องค์การบริหารส่วนตำบลท่าเสน")

_LINK = "https://example.go.th/" + "a" * 160
LONG_NAMED = replace(
    PARK,
    name=f"{LONG_NAME} {_LINK} {LONG_NAME}",
    unit=LONG_NAME,
    steps=tuple(
        ProposedStep(f"{LONG_NAME} {_LINK}", date(2025, 8, 1), date(2027, 1, 31), LONG_NAME)
        for _ in range(9)
    ),
    costs=tuple(ProposedCost(f"{LONG_NAME} {_LINK}", 1_234_567_890_12, _LINK) for _ in range(30)),
    indicators=tuple(
        ProposedIndicator(LONG_NAME, "เมกะวัตต์ชั่วโมงต่อครัวเรือนต่อปี", "123,456,789.00", _LINK, "")
        for _ in range(4)
    ),
    signatures=(Signature(Signer.AUTHOR, "ก" * 60, LONG_NAME),),
)
