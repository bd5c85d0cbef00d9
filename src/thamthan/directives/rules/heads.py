"""To whom a letter downward is addressed: the heads of offices, one by name, many by their kind."""

from collections.abc import Sequence
from dataclasses import dataclass

from thamthan.organisations.rules import LaoKind, Level

_BY_LEVEL = {
    Level.MINISTRY: ("ปลัด", "ปลัดกระทรวง ทุกกระทรวง"),
    Level.DEPARTMENT: ("อธิบดี", "อธิบดี ทุกกรม"),
    Level.PROVINCE: ("ผู้ว่าราชการ", "ผู้ว่าราชการจังหวัด ทุกจังหวัด"),
    Level.DISTRICT: ("นาย", "นายอำเภอ ทุกอำเภอ"),
}
# In the order of precedence in which letters name them.
_KINDS = (
    (LaoKind.PAO, "นายกองค์การบริหารส่วนจังหวัด"),
    (LaoKind.SPECIAL, "ผู้บริหารองค์กรปกครองส่วนท้องถิ่นรูปแบบพิเศษ"),
    (LaoKind.CITY, "นายกเทศมนตรีนคร"),
    (LaoKind.TOWN, "นายกเทศมนตรีเมือง"),
    (LaoKind.SUBDISTRICT_MUNICIPALITY, "นายกเทศมนตรีตำบล"),
    (LaoKind.SAO, "นายกองค์การบริหารส่วนตำบล"),
)
_BEFORE_THE_NAME = ("ศาลากลาง", "ที่ว่าการ", "ที่ทำการปกครอง", "สำนักงาน")


@dataclass(frozen=True, slots=True)
class Office:
    """หน่วยงานที่จะส่งถึง: what an address is made of."""

    name: str
    level: str
    lao_kind: str = ""


def head_of(office: Office) -> str:
    """หัวหน้าของหน่วยงานหนึ่ง: นายอำเภอบ้านลาด, นายกเทศมนตรีตำบลบ้านลาด."""
    if office.level == Level.LAO:
        if office.name.startswith("เทศบาล"):
            return f"นายกเทศมนตรี{office.name.removeprefix('เทศบาล')}"
        if office.name == "กรุงเทพมหานคร":
            return "ผู้ว่าราชการกรุงเทพมหานคร"
        return f"นายก{office.name}"
    if office.level == Level.DEPARTMENT and not office.name.startswith("กรม"):
        return f"หัวหน้า{office.name}"
    before = _BY_LEVEL.get(Level(office.level), ("หัวหน้า", ""))[0]
    return f"{before}{office.name}"


def addressee_of(offices: Sequence[Office]) -> str:
    """ผู้รับของหนังสือเวียน: one of its kind by name, several as ทุกแห่ง, the highest first.

    “นายกเทศมนตรีตำบลบ้านลาดและนายกองค์การบริหารส่วนตำบล ทุกแห่ง” where there is one municipality.
    Empty where there is nobody.
    """
    parts = []
    for level, (_, plural) in _BY_LEVEL.items():
        found = [one for one in offices if one.level == level]
        if found:
            parts.append(head_of(found[0]) if len(found) == 1 else plural)
    local: list[str] = []
    are_many = False
    for kind, plural in _KINDS:
        found = [one for one in offices if one.level == Level.LAO and one.lao_kind == kind]
        if found:
            local.append(head_of(found[0]) if len(found) == 1 else plural)
            are_many = are_many or len(found) > 1
    if local:
        parts.append(_joined(local) + (" ทุกแห่ง" if are_many else ""))
    return _joined(parts)


def plain_name(agency: str) -> str:
    """ชื่อหน่วยงานโดยไม่มีที่ตั้ง: ที่ว่าการอำเภอบ้านลาด is อำเภอบ้านลาด, ศาลากลางจังหวัด… is จังหวัด….

    Only before a district or a province; สำนักงานเทศบาล is left as it is.
    """
    words = " ".join(agency.split())
    for before in _BEFORE_THE_NAME:
        rest = words.removeprefix(before)
        if rest != words and rest.startswith(("อำเภอ", "จังหวัด")):
            return rest
    return words


def _joined(parts: Sequence[str]) -> str:
    if len(parts) < 2:
        return "".join(parts)
    # A word after “ทุกอำเภอ” needs its space; two plain heads stand close, as letters write them.
    gap = " " if " " in parts[-2] else ""
    return f"{' '.join(parts[:-1])}{gap}และ{parts[-1]}"
