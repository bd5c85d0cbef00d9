"""Levels, kinds and roles; who may do what, for which organisation, on what day."""

import re
from dataclasses import dataclass
from datetime import date

from django.db import models

from thamthan.thai.text import sort_key

# Upper case only: SQLite compares paths without regard to the case of Latin letters.
_CODE = re.compile(r"[0-9A-Z][0-9A-Z-]{0,19}")
_LOG_IN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@-]{2,59}")
_PREFIX = re.compile(
    r"(?:นางสาว|นาง|นาย|ว่าที่(?: ?ร้อย(?:ตรี|โท|เอก)| ?ร\.(?:ต|ท|อ)\.)(?:หญิง)?|น\.ส\.)\s*"
)


class Level(models.TextChoices):
    """ระดับของหน่วยงานในต้นไม้ กระทรวงถึงกอง."""

    MINISTRY = "ministry", "กระทรวง"
    DEPARTMENT = "department", "กรม"
    PROVINCE = "province", "จังหวัด"
    DISTRICT = "district", "อำเภอ"
    LAO = "lao", "องค์กรปกครองส่วนท้องถิ่น"
    DIVISION = "division", "กอง/สำนัก"


class LaoKind(models.TextChoices):
    """ประเภทขององค์กรปกครองส่วนท้องถิ่น."""

    PAO = "pao", "องค์การบริหารส่วนจังหวัด"
    CITY = "city", "เทศบาลนคร"
    TOWN = "town", "เทศบาลเมือง"
    SUBDISTRICT_MUNICIPALITY = "subdistrict_municipality", "เทศบาลตำบล"
    SAO = "sao", "องค์การบริหารส่วนตำบล"
    SPECIAL = "special", "องค์กรปกครองส่วนท้องถิ่นรูปแบบพิเศษ"


class Role(models.TextChoices):
    """บทบาทของตำแหน่ง: what a post may do, whatever its holder is called."""

    SYSTEM = "system", "ระบบ"
    ADMINISTRATOR = "administrator", "ผู้ดูแลระบบ"
    CLERK = "clerk", "ธุรการ/สารบรรณ"
    OFFICER = "officer", "เจ้าหน้าที่"
    HEAD = "head", "หัวหน้าสำนัก/ผู้อำนวยการกอง"
    CHIEF_CLERK = "chief_clerk", "ปลัด"
    SECRETS_REGISTRAR = "secret_registrar", "นายทะเบียนข้อมูลข่าวสารลับ"
    EXECUTIVE = "executive", "นายก"
    DISTRICT_CHIEF = "district_chief", "นายอำเภอ"
    GOVERNOR = "governor", "ผู้ว่าราชการจังหวัด"


class Acting(models.TextChoices):
    """ทำแทนในฐานะใด: the words under the name of whoever acts in a post that is not their own.

    Empty where the post is one's own. The law and the order behind each are not checked here: who
    acts in place of an absent holder (รักษาราชการแทน) has all powers of the post, who acts on
    delegated authority (ปฏิบัติราชการแทน) those that the holder, who is still there, gave in writing.
    """

    IN_PLACE = "in_place", "รักษาราชการแทน"
    DELEGATED = "delegated", "ปฏิบัติราชการแทน"
    POSITION = "position", "รักษาการในตำแหน่ง"
    DUTY = "duty", "ปฏิบัติหน้าที่"
    DUTY_FOR = "duty_for", "ปฏิบัติหน้าที่แทน"


class Duty(models.TextChoices):
    """หน้าที่: what a role carries with it, asked by every room before it writes."""

    REGISTER_LETTERS = "register_letters", "รับและลงทะเบียนหนังสือ"
    READ_LETTERS = "read_letters", "ดูหนังสือของหน่วยงาน"
    KEEP_SECRETS = "keep_secrets", "เป็นนายทะเบียนข้อมูลข่าวสารลับ กำหนดผู้อ่าน"
    APPROVE_DISPOSAL = "approve_disposal", "อนุมัติการทำลายหนังสือ"
    KEEP_ORGANISATIONS = "keep_organisations", "ดูแลหน่วยงานและตำแหน่ง"
    LOAD_LISTS = "load_lists", "นำเข้าบัญชีของทางราชการ"
    KEEP_CHAINS = "keep_chains", "ตั้งสายการเสนอหนังสือ"
    ORDER = "order", "รับข้อสั่งการไว้ ถ่ายทอด และพิจารณาผล"
    ANSWER_ORDERS = "answer_orders", "ดำเนินการและตอบข้อสั่งการ"


# Takes orders from above and gives them below.
_BOTH_WAYS = frozenset({Duty.ORDER, Duty.ANSWER_ORDERS})
# Administrators keep posts and people; they do not read letters (saraban.md §5, roles).
_DUTIES: dict[Role, frozenset[Duty]] = {
    Role.SYSTEM: frozenset(Duty),
    Role.ADMINISTRATOR: frozenset({Duty.KEEP_ORGANISATIONS, Duty.LOAD_LISTS, Duty.KEEP_CHAINS}),
    Role.CLERK: frozenset(
        {Duty.REGISTER_LETTERS, Duty.READ_LETTERS, Duty.KEEP_CHAINS, *_BOTH_WAYS}
    ),
    Role.OFFICER: frozenset({Duty.READ_LETTERS, Duty.ANSWER_ORDERS}),
    Role.HEAD: frozenset({Duty.READ_LETTERS, *_BOTH_WAYS}),
    # Where no registrar of secrets is appointed, the chief clerk or the head is one.
    Role.CHIEF_CLERK: frozenset(
        {
            Duty.REGISTER_LETTERS,
            Duty.READ_LETTERS,
            Duty.KEEP_SECRETS,
            Duty.KEEP_CHAINS,
            *_BOTH_WAYS,
        }
    ),
    Role.SECRETS_REGISTRAR: frozenset(
        {Duty.REGISTER_LETTERS, Duty.READ_LETTERS, Duty.KEEP_SECRETS}
    ),
    Role.EXECUTIVE: frozenset({Duty.READ_LETTERS, Duty.APPROVE_DISPOSAL, *_BOTH_WAYS}),
    Role.DISTRICT_CHIEF: frozenset(
        {Duty.READ_LETTERS, Duty.KEEP_SECRETS, Duty.APPROVE_DISPOSAL, *_BOTH_WAYS}
    ),
    Role.GOVERNOR: frozenset(
        {Duty.READ_LETTERS, Duty.KEEP_SECRETS, Duty.APPROVE_DISPOSAL, *_BOTH_WAYS}
    ),
}

# Which level may stand directly under which: a district under a province, an อบจ. too.
_PARENTS: dict[Level, frozenset[Level]] = {
    Level.MINISTRY: frozenset(),
    Level.DEPARTMENT: frozenset({Level.MINISTRY}),
    Level.PROVINCE: frozenset({Level.MINISTRY}),
    Level.DISTRICT: frozenset({Level.PROVINCE}),
    Level.LAO: frozenset({Level.DISTRICT, Level.PROVINCE, Level.MINISTRY}),
    Level.DIVISION: frozenset(set(Level) - {Level.DIVISION}),
}

# Roles that only make sense at one level; the others are found everywhere.
_ROLE_LEVELS: dict[Role, Level] = {
    Role.EXECUTIVE: Level.LAO,
    Role.DISTRICT_CHIEF: Level.DISTRICT,
    Role.GOVERNOR: Level.PROVINCE,
}


@dataclass(frozen=True, slots=True)
class Installation:
    """การติดตั้ง: who acts before there is any organisation, and so any post. History keeps it."""

    pk: None = None

    def words(self) -> str:
        return "ระบบ (ติดตั้ง)"


INSTALLATION = Installation()


def has_duty(role: str, duty: Duty) -> bool:
    return duty in _DUTIES[Role(role)]


def may_stand_under(level: str, parent_level: str | None, *, parent_kind: str = "") -> bool:
    """Whether an organisation of this level may have a parent of that level (None: no parent).

    The districts (เขต) of Bangkok stand under a local government of special kind.
    """
    allowed = _PARENTS[Level(level)]
    if parent_level is None:
        return not allowed
    if level == Level.DISTRICT and parent_level == Level.LAO:
        return parent_kind == LaoKind.SPECIAL
    return Level(parent_level) in allowed


def fits_level(role: str, level: str) -> bool:
    """Whether there is such a role at an organisation of this level. The system's is not given."""
    if Role(role) == Role.SYSTEM:
        return False
    return _ROLE_LEVELS.get(Role(role), level) == level


def is_code(text: str) -> bool:
    """Whether this may be the code of an organisation: digits, A–Z and hyphens, twenty at most."""
    return _CODE.fullmatch(text) is not None


def is_log_in(text: str) -> bool:
    """Whether this may be a log-in name."""
    return _LOG_IN.fullmatch(text) is not None


def person_sort_key(name: str) -> str:
    """The dictionary order of people: by name, without นาย นาง นางสาว before it."""
    return sort_key(_PREFIX.sub("", name, count=1))[:300]


def is_in_force(from_on: date, until_on: date | None, *, today: date) -> bool:
    """Whether a dated post or name holds on that day; the last day still counts."""
    return from_on <= today and (until_on is None or today <= until_on)
