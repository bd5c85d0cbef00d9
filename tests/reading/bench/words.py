"""Real places, invented people, and the spellings of numbers and days, for letters made here."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from thamthan.thai.digits import to_thai

MONTHS = (
    "มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม"
).split()
SHORT_MONTHS = "ม.ค. ก.พ. มี.ค. เม.ย. พ.ค. มิ.ย. ก.ค. ส.ค. ก.ย. ต.ค. พ.ย. ธ.ค.".split()
WEEKDAYS = "จันทร์ อังคาร พุธ พฤหัสบดี ศุกร์ เสาร์ อาทิตย์".split()


@dataclass(frozen=True)
class Place:
    """A subdistrict with all that stands above it."""

    letters: str
    province: str
    district: str
    subdistrict: str
    postcode: str
    ordinal: int
    area: str


_PLACES = """
กจ กาญจนบุรี 71000 034|ไทรโยค 71150 2 ลุ่มสุ่ม,ศรีมงคล|บ่อพลอย 71160 3 หลุมรัง,หนองกร่าง|พนมทวน 71140 8 รางหวาย,ทุ่งสมอ
ชม เชียงใหม่ 50000 053|แม่แจ่ม 50270 3 ช่างเคิ่ง,ท่าผา|สะเมิง 50250 8 บ่อแก้ว,ยั้งเมิน|ฝาง 50110 9 แม่สูน,โป่งน้ำร้อน
ชร เชียงราย 57000 053|พาน 57120 5 ดอยงาม,ม่วงคำ|เทิง 57160 4 หงาว,งิ้ว|แม่จัน 57110 7 ศรีค้ำ,จันจว้า
พบ เพชรบุรี 76000 032|ท่ายาง 76130 5 ท่าคอย,หนองจอก|ชะอำ 76120 4 ห้วยทรายเหนือ,ไร่ใหม่พัฒนา|เขาย้อย 76140 2 หนองปลาไหล,บางเค็ม
นว นครสวรรค์ 60000 056|ตาคลี 60140 7 หนองโพ,จันเสน|ลาดยาว 60150 10 บ้านไร่,หนองนมวัว|ชุมแสง 60120 3 ทับกฤช,พิกุล
อต อุตรดิตถ์ 53000 055|ลับแล 53130 8 ฝายหลวง,ชัยจุมพล|ตรอน 53140 2 วังแดง,บ้านแก่ง|ฟากท่า 53160 5 สองคอน,บ้านเสี้ยว
ขก ขอนแก่น 40000 043|ชุมแพ 40130 5 โนนหัน,นาหนองทุ่ม|น้ำพอง 40310 7 ม่วงหวาน,บัวใหญ่|มัญจาคีรี 40160 17 โพนเพ็ก,กุดเค้า
อบ อุบลราชธานี 34000 045|เขื่องใน 34150 4 หัวดอน,ชีทวน|ตระการพืชผล 34130 11 ขุหลุ,เกษม|เดชอุดม 34160 7 นาส่วง,กุดประทาย
สข สงขลา 90000 074|สทิงพระ 90190 2 จะทิ้งพระ,คูขุด|จะนะ 90130 3 บ้านนา,ป่าชิง|รัตภูมิ 90180 10 กำแพงเพชร,ท่าชะมวง
นศ นครศรีธรรมราช 80000 075|ลานสกา 80230 3 กำโลน,ขุนทะเล|ฉวาง 80150 4 จันดี,ละอาย|ปากพนัง 80140 12 บางพระ,เกาะทวด
ลป ลำปาง 52000 054|เกาะคา 52130 3 ศาลา,ไหล่หิน|งาว 52110 5 หลวงใต้,บ้านแหง|วังเหนือ 52140 7 ร่องเคาะ,ทุ่งฮั้ว
สร สุรินทร์ 32000 044|ท่าตูม 32120 3 หนองบัว,บะ|รัตนบุรี 32130 7 แก,ธาตุ|สังขะ 32150 10 บ้านชบ,ตาตุม
จบ จันทบุรี 22000 039|ขลุง 22110 2 เกวียนหัก,บ่อ|ท่าใหม่ 22120 3 เขาบายศรี,รำพัน|มะขาม 22150 5 ฉมัน,ปัถวี
ตง ตรัง 92000 075|กันตัง 92110 2 บ่อน้ำร้อน,บางเป้า|ย่านตาขาว 92140 3 ทุ่งกระบือ,นาชุมเห็ด|ห้วยยอด 92130 6 ท่างิ้ว,นาวง
สพ สุพรรณบุรี 72000 035|เดิมบางนางบวช 72120 2 หัวนา,ปากน้ำ|สามชุก 72130 9 วังลึก,บ้านสระ|อู่ทอง 72160 6 จรเข้สามพัน,พลับพลาไชย
พย พะเยา 56000 054|เชียงคำ 56110 3 หย่วน,ร่มเย็น|ดอกคำใต้ 56120 5 บ้านถ้ำ,ห้วยลาน|ปง 56140 6 งิม,ออย
"""


def places() -> list[Place]:
    found = []
    for line in _PLACES.strip().splitlines():
        head, *districts = line.split("|")
        letters, province, _, area = head.split()
        for told in districts:
            district, postcode, ordinal, subdistricts = told.split()
            for one in subdistricts.split(","):
                found.append(Place(letters, province, district, one, postcode, int(ordinal), area))
    return found


def provincial_postcode(place: Place) -> str:
    return place.postcode[:2] + "000"


_MEN = (
    "กรกฎ เกื้อกูล คมสันต์ จักรกฤษณ์ ชยุตม์ ณัฐวุฒิ ดำรงค์ ถาวร ธีรเดช นิพนธ์ บัณฑิต ประยุทธิ์ ปิยะพงษ์ "
    "พงศ์ภัทร ภูวดล มานิตย์ ยุทธพล รณชัย ฤทธิรงค์ ลิขิต วรพจน์ ศักดิ์สิทธิ์ สุรเชษฐ์ อดิศักดิ์ เอกพันธ์ ไพฑูรย์ โกวิท"
).split()
_WOMEN = (
    "กัญญาณัฐ จิราพร ฉวีวรรณ ชุติมา ฐิติรัตน์ ดวงกมล ธัญลักษณ์ นงเยาว์ เบญจมาศ ปัทมา พิมพ์ชนก เพ็ญศรี "
    "มณฑิรา รุ่งทิวา ลำดวน วิภาดา ศศิวิมล สุกัญญา อรอุมา อุไรวรรณ ญาณิศา ภัทราภรณ์"
).split()
_FAMILY = (
    "ทองสุกใส แก้วประเสริฐ ศรีวิไลพร บุญมาเลิศ วงศ์ตระการ ใจเย็นดี รัตนโชติกุล พูลทรัพย์มั่น สายน้ำผึ้ง คำหล้าแสน "
    "จันทร์หอมฟุ้ง มั่นคงธรรม เพชรน้ำหนึ่ง นาคสวาสดิ์ชัย ธรรมวิเศษ ปานทองแท้ สุขเกษมสันต์ ชูช่วยเหลือ อินทร์แปลงศรี "
    "หอมจันทน์ดี ไชยมงคลกุล ลิ้มประพันธ์ โพธิ์ทองคำ เอี่ยมสำอางค์ ฤกษ์งามดี ภู่พันธุ์ไทย ขวัญเมืองใจ กุลวัฒนะ เดชะพันธุ์"
).split()


def person(chance: Random) -> str:
    """A name with its title, of nobody that we know."""
    family = chance.choice(_FAMILY)
    if chance.random() < 0.55:
        title = chance.choice(["นาย"] * 8 + ["ว่าที่ร้อยตรี"])
        given = chance.choice(_MEN)
    else:
        title, given = chance.choice(["นาง", "นางสาว", "นางสาว"]), chance.choice(_WOMEN)
    return f"{title}{given} {family}"


def written(number: object, *, thai: bool) -> str:
    """A number in the letter's digits."""
    return to_thai(str(number)) if thai else str(number)


def long_day(day: date, *, thai: bool, era: bool = False) -> str:
    year = f"พ.ศ. {day.year + 543}" if era else str(day.year + 543)
    return written(f"{day.day} {MONTHS[day.month - 1]} {year}", thai=thai)


def short_day(day: date, *, thai: bool, four: bool = False) -> str:
    year = day.year + 543
    return written(
        f"{day.day} {SHORT_MONTHS[day.month - 1]} {year if four else year % 100}", thai=thai
    )


def working_day(day: date) -> date:
    """The day, or the Monday after it."""
    while day.weekday() > 4:
        day += timedelta(days=1)
    return day


def telephone(chance: Random, area: str, *, thai: bool) -> str:
    """A number with the area's code; whose it would be is left to chance."""
    first, last = f"{chance.randint(0, 99):02d}", f"{chance.randint(0, 9999):04d}"
    told = chance.choice(
        [
            f"{area[0]} {area[1:]}{first} {last}",
            f"{area[0]}-{area[1:]}{first}-{last}",
            f"{area} {first}{last}",
            f"{area}-{first}{last}",
        ]
    )
    if chance.random() < 0.2:
        told += f" ต่อ {chance.randint(11, 99)}"
    return written(told, thai=thai)
