"""Invented rows of a plan: both shapes, all four forms, amounts stated, nothing, and not stated."""

from dataclasses import replace

from thamthan.writing.plan_layout import PlanTable, PlanTableForm, PlanTableRow, PlanYear

WELFARE = (
    "ยุทธศาสตร์ที่ 2 การพัฒนาคุณภาพชีวิต",
    "กลยุทธ์ที่ 2.1 พัฒนาสวนสาธารณะและพื้นที่สีเขียว",
    "แผนงานเคหะและชุมชน",
)
ROADS = ("ยุทธศาสตร์ที่ 1 การพัฒนาโครงสร้างพื้นฐาน", "แผนงานอุตสาหกรรมและการโยธา")
PARK_ROW = PlanTableRow(
    name="โครงการปรับปรุงสวนสาธารณะเฉลิมพระเกียรติ หมู่ที่ 3",
    number="1",
    headings=WELFARE,
    objective="เพื่อให้ประชาชนมีสวนสาธารณะที่ได้มาตรฐาน",
    target="สวนสาธารณะ 1 แห่ง เนื้อที่ 4-2-0 ไร่",
    indicator="ร้อยละ 80 ของผู้ใช้พึงพอใจ",
    result="ประชาชนมีที่ออกกำลังกายและพักผ่อน",
    lead="กองช่าง",
    years=(
        PlanYear(2566, 0, 0),
        PlanYear(2567, None, None),
        PlanYear(2568, 1_100_000_50, 900_000_00),
        PlanYear(2569, 12_500_000_00, None),
        PlanYear(2570, 0, None),
    ),
)
TREE_ROW = replace(
    PARK_ROW,
    name="โครงการปลูกต้นไม้ริมถนนสายหลัก",
    number="2",
    years=(PlanYear(2568, 50_000_00, 0),),
)
ROAD_ROW = replace(
    PARK_ROW,
    name="โครงการก่อสร้างถนนคอนกรีตเสริมเหล็ก สายบ้านนายทองดี–วัดท่าเสน หมู่ที่ 5",
    number="1",
    headings=ROADS,
    target="กว้าง 4 เมตร ยาว 850 เมตร หนา 0.15 เมตร",
    years=tuple(PlanYear(year, 2_450_000_00, 0) for year in range(2566, 2571)),
)
PLAN = PlanTable(
    form=PlanTableForm.P02,
    be_from=2566,
    be_to=2570,
    house="องค์การบริหารส่วนตำบลท่าเสน",
    house_place="อำเภอบ้านลาด จังหวัดเพชรบุรี",
    rows=(ROAD_ROW, PARK_ROW, TREE_ROW),
)
WITH_ORDINANCE = replace(PLAN, with_ordinance=True)
COMMUNITY = replace(PLAN, form=PlanTableForm.P02_1, rows=(TREE_ROW,))
FOR_THE_PROVINCE = replace(
    PLAN,
    form=PlanTableForm.P02_2,
    rows=(replace(ROAD_ROW, district="บ้านลาด", coordinates="13.0512, 99.9278 – 13.0588, 99.9311"),),
)
EQUIPMENT = replace(
    PLAN,
    form=PlanTableForm.P03,
    rows=(
        PlanTableRow(
            name="เครื่องปรับอากาศแบบแยกส่วน ขนาด 24,000 บีทียู",
            number="1",
            programme="แผนงานบริหารงานทั่วไป",
            category="ค่าครุภัณฑ์",
            kind="ครุภัณฑ์สำนักงาน",
            target="จำนวน 2 เครื่อง",
            lead="สำนักปลัด",
            years=(PlanYear(2569, 64_800_00),),
        ),
    ),
)
BY_ISSUE = replace(
    PLAN,
    be_from=2571,
    be_to=2575,
    by_issue=True,
    with_reason=True,
    round_words="เพิ่มเติม ครั้งที่ 1/2571",
    rows=tuple(
        replace(
            row,
            headings=("ประเด็นการพัฒนาที่ 2 คุณภาพชีวิต",),
            reason="ประชาคมหมู่บ้านมีมติเมื่อวันที่ 12 มกราคม 2571 ขอให้เร่งดำเนินการ",
            years=tuple(replace(year, be_year=year.be_year + 5) for year in row.years),
        )
        for row in (PARK_ROW, TREE_ROW)
    ),
)
ALL = (PLAN, WITH_ORDINANCE, COMMUNITY, FOR_THE_PROVINCE, EQUIPMENT, BY_ISSUE)
