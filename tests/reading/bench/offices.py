"""The offices that write letters here: their codes, addresses, heads and units."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from tests.reading.bench.words import Place, places, provincial_postcode


@dataclass(frozen=True)
class Office:
    """Who writes: as the letterhead has it, as the text speaks of itself, and who signs."""

    place: Place
    letterhead: str
    itself: str
    address: tuple[str, ...]
    letters: str
    code: str
    # Each a way in which the signatory's place may be printed, line by line.
    positions: tuple[tuple[str, ...], ...]
    units: tuple[tuple[str, ...], ...]
    mail: str
    # Whom it writes to, and how its own heads are spoken of in memos.
    below: tuple[tuple[str, ...], ...]
    above: tuple[str, ...]
    memo_units: tuple[str, ...]
    officers: tuple[str, ...]


_LAO_UNITS = (
    "สำนักปลัด",
    "กองคลัง",
    "กองช่าง",
    "กองการศึกษา",
    "กองสวัสดิการสังคม",
    "กองสาธารณสุขและสิ่งแวดล้อม",
)
_OFFICERS = (
    "เจ้าพนักงานธุรการชำนาญงาน",
    "นักจัดการงานทั่วไปปฏิบัติการ",
    "นักวิเคราะห์นโยบายและแผนชำนาญการ",
    "เจ้าพนักงานธุรการปฏิบัติงาน",
    "นักวิชาการเงินและบัญชีชำนาญการ",
)


def province_office(place: Place, chance: Random) -> Office:
    province = place.province
    governor = f"ผู้ว่าราชการจังหวัด{province}"
    return Office(
        place,
        letterhead=f"ศาลากลางจังหวัด{province}",
        itself=f"จังหวัด{province}",
        address=chance.choice(
            [
                (f"ถนนราชดำเนิน {place.letters} {provincial_postcode(place)}",),
                ("ถนนศูนย์ราชการ", f"จังหวัด{province} {provincial_postcode(place)}"),
            ]
        ),
        letters=place.letters,
        code=chance.choice(
            ["0017.1", "0017.2", "0017.3", "0018.1", "0023.3", "0023.6", "0019", "0032"]
        ),
        positions=(
            (governor,),
            ("รองผู้ว่าราชการจังหวัด ปฏิบัติราชการแทน", governor),
            ("รองผู้ว่าราชการจังหวัด รักษาราชการแทน", governor),
            (f"ปลัดจังหวัด{province} ปฏิบัติราชการแทน", governor),
        ),
        units=(
            (f"สำนักงานจังหวัด{province}", "กลุ่มงานยุทธศาสตร์และข้อมูลเพื่อการพัฒนาจังหวัด"),
            (f"สำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัด{province}", "กลุ่มงานบริการสาธารณะท้องถิ่น"),
            (f"ที่ทำการปกครองจังหวัด{province}",),
        ),
        mail="saraban",
        below=(
            ("นายอำเภอทุกอำเภอ",),
            ("นายอำเภอ ทุกอำเภอ", f"นายกองค์การบริหารส่วนจังหวัด{province}"),
            (f"นายอำเภอ{place.district}",),
            ("หัวหน้าส่วนราชการประจำจังหวัดทุกส่วนราชการ", "นายอำเภอทุกอำเภอ"),
        ),
        above=(f"ผู้ว่าราชการจังหวัด{province}", f"รองผู้ว่าราชการจังหวัด{province}"),
        memo_units=(
            f"สำนักงานจังหวัด{province} กลุ่มงานอำนวยการ",
            f"ที่ทำการปกครองจังหวัด{province} กลุ่มงานความมั่นคง",
        ),
        officers=_OFFICERS,
    )


def district_office(place: Place, chance: Random) -> Office:
    district = place.district
    return Office(
        place,
        letterhead=f"ที่ว่าการอำเภอ{district}",
        itself=f"อำเภอ{district}",
        address=chance.choice(
            [
                (f"ถนนเทศบาล ๑ {place.letters} {place.postcode}",),
                (f"อำเภอ{district} จังหวัด{place.province} {place.postcode}",),
                (f"อำเภอ{district}", f"จังหวัด{place.province} {place.postcode}"),
            ]
        ),
        letters=place.letters,
        code=chance.choice(
            [f"{place.ordinal:02d}18", f"{place.ordinal:02d}18.1", f"{place.ordinal:02d}23.5"]
        ),
        positions=(
            (f"นายอำเภอ{district}",),
            (f"ปลัดอำเภอ ({'หัวหน้ากลุ่มงานบริหารงานปกครอง'}) รักษาราชการแทน", f"นายอำเภอ{district}"),
        ),
        units=(
            (f"ที่ทำการปกครองอำเภอ{district}", "กลุ่มงานบริหารงานปกครอง"),
            (f"สำนักงานส่งเสริมการปกครองท้องถิ่นอำเภอ{district}",),
            ("ฝ่ายความมั่นคง",),
        ),
        mail=f"amphoe{place.ordinal:02d}",
        below=(
            (f"นายกเทศมนตรีตำบล{place.subdistrict}", "นายกองค์การบริหารส่วนตำบล ทุกแห่ง"),
            ("นายกองค์การบริหารส่วนตำบลทุกแห่ง",),
            ("กำนัน ผู้ใหญ่บ้าน ทุกตำบล",),
            (f"นายกองค์การบริหารส่วนตำบล{place.subdistrict}",),
        ),
        above=(f"นายอำเภอ{district}", f"ปลัดอาวุโสอำเภอ{district}"),
        memo_units=(f"ที่ทำการปกครองอำเภอ{district} กลุ่มงานทะเบียนและบัตร", f"สำนักงานอำเภอ{district}"),
        officers=_OFFICERS,
    )


_DEPARTMENTS = (
    ("กรมส่งเสริมการปกครองท้องถิ่น", "มท", ("0808.2", "0816.3", "0810.7"), "ถนนนครราชสีมา เขตดุสิต กทม. 10300", "กองบริการสาธารณะท้องถิ่น", "dla"),
    ("กรมการปกครอง", "มท", ("0310.1", "0318", "0302"), "ถนนอัษฎางค์ กทม. 10200", "สำนักบริหารการปกครองท้องที่", "dopa"),
    ("สำนักงานคณะกรรมการการศึกษาขั้นพื้นฐาน", "ศธ", ("04009", "04010", "04005"), "กระทรวงศึกษาธิการ กทม. 10300", "สำนักพัฒนานวัตกรรมการจัดการศึกษา", "obec"),
    ("กรมควบคุมมลพิษ", "ทส", ("0309.2", "0302"), "ถนนพหลโยธิน เขตพญาไท กทม. 10400", "กองจัดการกากของเสีย", "pcd"),
    ("กรมอนามัย", "สธ", ("0910.04", "0923.02"), "ถนนติวานนท์ นนทบุรี 11000", "สำนักอนามัยผู้สูงอายุ", "anamai"),
    ("กรมบัญชีกลาง", "กค", ("0405.2", "0402.5"), "ถนนพระรามที่ 6 กทม. 10400", "กองการพัสดุภาครัฐ", "cgd"),
)  # fmt: skip


def department(place: Place, chance: Random) -> Office:
    name, letters, codes, address, unit, mail = chance.choice(_DEPARTMENTS)
    is_commission = name.startswith("สำนักงาน")
    head = "เลขาธิการคณะกรรมการการศึกษาขั้นพื้นฐาน" if is_commission else f"อธิบดี{name}"
    second = "รองเลขาธิการ" if is_commission else "รองอธิบดี"
    return Office(
        place,
        letterhead=name,
        itself=name,
        address=(address,),
        letters=letters,
        code=chance.choice(codes),
        positions=((head,), (f"{second} ปฏิบัติราชการแทน", head), (f"{second} รักษาราชการแทน", head)),
        units=((unit,), (unit, "กลุ่มงานพัฒนาระบบ")),
        mail=f"saraban@{mail}",
        below=(
            ("ผู้ว่าราชการจังหวัด ทุกจังหวัด",),
            ("ผู้ว่าราชการจังหวัดทุกจังหวัด",),
            ("ท้องถิ่นจังหวัดทุกจังหวัด",),
            (f"ผู้ว่าราชการจังหวัด{place.province}",),
        ),
        above=(head, f"{second}{'' if is_commission else name}"),
        memo_units=(f"{unit} ฝ่ายบริหารทั่วไป", unit),
        officers=_OFFICERS,
    )


def local_office(place: Place, chance: Random) -> Office:
    """An อบต. or a town of the subdistrict."""
    is_town = chance.random() < 0.4
    town = chance.choice(["เทศบาลตำบล", "เทศบาลตำบล", "เทศบาลเมือง"])
    itself = f"{town if is_town else 'องค์การบริหารส่วนตำบล'}{place.subdistrict}"
    mayor = itself.replace("เทศบาล", "นายกเทศมนตรี") if is_town else f"นายก{itself}"
    clerk = f"ปลัด{itself}"
    unit = chance.choice(_LAO_UNITS)
    code = f"{'5' if is_town else '7'}{chance.randint(1, 4)}{chance.randint(1, 9)}0{chance.randint(1, 6)}"
    return Office(
        place,
        letterhead=f"สำนักงาน{itself}" if is_town else chance.choice([itself, f"ที่ทำการ{itself}"]),
        itself=itself,
        address=chance.choice(
            [
                (f"อำเภอ{place.district} {place.letters} {place.postcode}",),
                (f"{chance.randint(1, 299)} หมู่ที่ {chance.randint(1, 12)} ตำบล{place.subdistrict}", f"อำเภอ{place.district} จังหวัด{place.province} {place.postcode}"),
            ]
        ),
        letters=place.letters,
        code=code,
        positions=((mayor,), (f"{clerk} ปฏิบัติหน้าที่", mayor), (f"รอง{mayor} ปฏิบัติราชการแทน", mayor)),
        units=((unit,), (unit, "งานบริหารทั่วไป"), (f"{unit} {itself}",)),
        mail="saraban",
        below=(
            (f"นายอำเภอ{place.district}",),
            (f"ท้องถิ่นอำเภอ{place.district}",),
            (f"กำนันตำบล{place.subdistrict}", "ผู้ใหญ่บ้านทุกหมู่บ้าน"),
            ("ประธานชมรมผู้สูงอายุทุกหมู่บ้าน",),
        ),
        above=(mayor, clerk),
        memo_units=(f"{unit} {itself}", f"{unit} งานแผนและงบประมาณ {itself}"),
        officers=(*_OFFICERS, f"หัวหน้า{unit}" if unit == "สำนักปลัด" else f"ผู้อำนวยการ{unit}"),
    )  # fmt: skip


def school(place: Place, chance: Random) -> Office:
    itself = f"โรงเรียน{chance.choice(['บ้าน', 'วัด', 'ชุมชน'])}{place.subdistrict}"
    area = f"สำนักงานเขตพื้นที่การศึกษาประถมศึกษา{place.province} เขต {chance.randint(1, 3)}"
    return Office(
        place,
        letterhead=itself,
        itself=itself,
        address=(
            f"ตำบล{place.subdistrict} อำเภอ{place.district}",
            f"จังหวัด{place.province} {place.postcode}",
        ),
        letters="ศธ",
        code=f"04{chance.randint(20, 180):03d}.{chance.randint(3, 180):03d}",
        positions=((f"ผู้อำนวยการ{itself}",), ("ครู รักษาการในตำแหน่ง", f"ผู้อำนวยการ{itself}")),
        units=(("งานธุรการ",), ("กลุ่มบริหารงานวิชาการ",)),
        mail="school",
        below=(
            (f"ผู้อำนวยการ{area}",),
            (f"นายกองค์การบริหารส่วนตำบล{place.subdistrict}",),
            ("ผู้ปกครองนักเรียนทุกคน",),
        ),
        above=(f"ผู้อำนวยการ{itself}",),
        memo_units=(itself, f"กลุ่มบริหารงานงบประมาณ {itself}"),
        officers=("ครูชำนาญการ", "ครู", "ครูชำนาญการพิเศษ", "เจ้าหน้าที่ธุรการ"),
    )


def hospital(place: Place, chance: Random) -> Office:
    itself = f"โรงพยาบาล{place.district}"
    return Office(
        place,
        letterhead=itself,
        itself=itself,
        address=(f"อำเภอ{place.district} {place.letters} {place.postcode}",),
        letters=place.letters,
        code=f"0033.3{chance.randint(1, 9):02d}",
        positions=(
            (f"ผู้อำนวยการ{itself}",),
            ("นายแพทย์เชี่ยวชาญ รักษาการในตำแหน่ง", f"ผู้อำนวยการ{itself}"),
        ),
        units=(("กลุ่มงานบริการด้านปฐมภูมิและองค์รวม",), ("กลุ่มงานบริหารทั่วไป",)),
        mail="hospital",
        below=(
            (f"นายกเทศมนตรีตำบล{place.subdistrict}",),
            (f"นายแพทย์สาธารณสุขจังหวัด{place.province}",),
            ("ผู้อำนวยการโรงพยาบาลส่งเสริมสุขภาพตำบลทุกแห่ง",),
        ),
        above=(f"ผู้อำนวยการ{itself}",),
        memo_units=(f"กลุ่มงานบริหารทั่วไป {itself}", f"กลุ่มงานประกันสุขภาพ {itself}"),
        officers=("นักจัดการงานทั่วไปปฏิบัติการ", "พยาบาลวิชาชีพชำนาญการ", "เจ้าพนักงานธุรการชำนาญงาน"),
    )


_MAKERS: tuple[Callable[[Place, Random], Office], ...] = (
    province_office,
    district_office,
    department,
    local_office,
    district_office,
    local_office,
    school,
    province_office,
    hospital,
)


def an_office(chance: Random, *, turn: int) -> Office:
    """The offices come by turns, so that a few letters already have several kinds."""
    return _MAKERS[turn % len(_MAKERS)](chance.choice(places()), chance)
