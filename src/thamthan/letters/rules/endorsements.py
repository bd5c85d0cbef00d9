"""Endorsement: who stands in a chain, what may be said at a step, and how long it lay there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import models

from thamthan.organisations.rules import Duty, Level, Role, has_duty

MOST_WORDS = 2000
MOST_PLACES = 12
MOST_PHRASES = 40


class Matter(models.TextChoices):
    """เรื่องที่เสนอตามสาย: each has a chain of its own."""

    LETTER = "letter", "หนังสือรับ"
    DRAFT = "draft", "ร่างหนังสือ"


class Place(models.TextChoices):
    """ที่ของขั้นหนึ่งในสายการเสนอ."""

    HOUSE = "house", "ตำแหน่งในหน่วยงาน"
    DIVISION = "division", "กอง/สำนักที่ระบุ"
    OWN_DIVISION = "own_division", "กองของเจ้าของเรื่อง"
    POST = "post", "ผู้ดำรงตำแหน่งที่ระบุ"


class RoutingState(models.TextChoices):
    """สถานะของการเสนอ."""

    UNDER_WAY = "under_way", "กำลังเสนอ"
    FINISHED = "finished", "จบการเสนอ"


class StepKind(models.TextChoices):
    """ขั้นนี้ให้ทำอะไร: endorse alone, or be one of several to whom it was assigned."""

    ENDORSE = "endorse", "เกษียน"
    LEAD = "lead", "เจ้าของเรื่อง"
    SUPPORTING = "supporting", "ร่วมดำเนินการ"
    INFORMED = "informed", "เพื่อทราบ"


class StepState(models.TextChoices):
    """สถานะของขั้น: it waits once and is closed once."""

    WAITING = "waiting", "รออยู่"
    SIGNED = "signed", "เกษียนแล้ว"
    TAKEN = "taken", "รับเรื่องแล้ว"
    RETURNED = "returned", "ส่งกลับ"
    RECALLED = "recalled", "ถูกดึงกลับ"
    SKIPPED = "skipped", "ข้าม"


class Instruction(models.TextChoices):
    """คำสั่งการ: what whoever endorses wants done."""

    PUT_UP = "put_up", "เสนอเพื่อพิจารณา"
    AGREE = "agree", "เห็นชอบ"
    ACKNOWLEDGE = "acknowledge", "ทราบ"
    ASSIGN = "assign", "มอบ"
    ACT = "act", "ดำเนินการ"
    APPROVE = "approve", "อนุมัติ"
    REFUSE = "refuse", "ไม่อนุมัติ"
    CIRCULATE = "circulate", "แจ้งเวียน"
    FILE = "file", "เก็บ/รวมเรื่อง"
    TAKE = "take", "รับเรื่อง"
    RETURN = "return", "ส่งกลับแก้ไข"


class Onward(models.TextChoices):
    """เกษียนแล้วไปไหน."""

    NEXT = "next", "เสนอขั้นถัดไป"
    END = "end", "จบการเสนอ"
    ASSIGN = "assign", "มอบผู้รับที่ระบุ"
    ALL = "all", "แจ้งทุกกอง"


ASSIGNED = frozenset({StepKind.LEAD, StepKind.SUPPORTING, StepKind.INFORMED})
# Instructions that a person may choose for words of their own; the others go with their moves.
CHOSEN = (
    Instruction.PUT_UP,
    Instruction.AGREE,
    Instruction.ACKNOWLEDGE,
    Instruction.ACT,
    Instruction.APPROVE,
    Instruction.REFUSE,
    Instruction.FILE,
)
# Who of a division may take what is assigned to the division as a whole.
STAFF = frozenset({Role.HEAD, Role.OFFICER, Role.CLERK, Role.CHIEF_CLERK})
# Roles that can stand in a chain or be assigned to; the system and its keepers read no letters.
ENDORSING = tuple(role for role in Role if role not in {Role.SYSTEM, Role.ADMINISTRATOR})


def fits_step(role: str, organisation: int, *, at_role: str, at_organisation: int) -> bool:
    """Whether a post of this role, there, may act at a step that stands for that role, there."""
    if organisation != at_organisation:
        return False
    return role == at_role if at_role else Role(role) in STAFF


def may_be_shown(role: str, *, is_secret: bool) -> bool:
    """Whether a step of this role may be given a secret letter; a division as a whole may not."""
    return not is_secret or (bool(role) and has_duty(role, Duty.READ_SECRETS))


@dataclass(frozen=True, slots=True)
class PlannedPlace:
    """ขั้นหนึ่งของสายตั้งต้น: a place, a role, and the words that pages show."""

    place: Place
    role: Role
    words: str
    division: str = ""


def default_chain(
    matter: str, *, level: str, divisions: Sequence[tuple[str, str]]
) -> tuple[PlannedPlace, ...]:
    """สายตั้งต้น of an office that has not said its own: clerk, head of office, ปลัด, the head of it.

    `divisions` are the codes and names of the office's own divisions; the head of office stands
    in the chain where there is a สำนักปลัด or สำนักงาน to be head of.
    """
    first = (
        PlannedPlace(Place.HOUSE, Role.CLERK, "ธุรการ")
        if matter == Matter.LETTER
        else PlannedPlace(Place.OWN_DIVISION, Role.HEAD, "หัวหน้ากองของเจ้าของเรื่อง")
    )
    offices = [
        PlannedPlace(Place.DIVISION, Role.HEAD, f"หัวหน้า{name}", division=code)
        for code, name in divisions
        if name.startswith(("สำนักปลัด", "สำนักงานปลัด", "สำนักงานจังหวัด"))
    ][:1]
    top = {
        Level.LAO: (Role.EXECUTIVE, "นายก"),
        Level.DISTRICT: (Role.DISTRICT_CHIEF, "นายอำเภอ"),
        Level.PROVINCE: (Role.GOVERNOR, "ผู้ว่าราชการจังหวัด"),
    }.get(Level(level))
    last = (PlannedPlace(Place.HOUSE, top[0], top[1]),) if top else ()
    chief = PlannedPlace(Place.HOUSE, Role.CHIEF_CLERK, "ปลัด")
    return (first, *offices, chief, *last)


@dataclass(frozen=True, slots=True)
class PhraseLine:
    """ข้อความสำเร็จรูป: words of one role, what they order, and where the matter goes then."""

    words: str
    instruction: Instruction
    onward: Onward
    role: str = ""
    to_role: str = ""
    to_division: str = ""


_TOPS = (Role.EXECUTIVE, Role.DISTRICT_CHIEF, Role.GOVERNOR)
DEFAULT_PHRASES: tuple[PhraseLine, ...] = (
    PhraseLine("เพื่อโปรดพิจารณา", Instruction.PUT_UP, Onward.NEXT, Role.CLERK),
    PhraseLine("เพื่อโปรดทราบ", Instruction.PUT_UP, Onward.NEXT, Role.CLERK),
    PhraseLine("เห็นควรเสนอเพื่อโปรดทราบ", Instruction.AGREE, Onward.NEXT, Role.HEAD),
    PhraseLine("เห็นควรดำเนินการตามหนังสือนี้", Instruction.AGREE, Onward.NEXT, Role.HEAD),
    PhraseLine("เพื่อโปรดทราบ", Instruction.AGREE, Onward.NEXT, Role.CHIEF_CLERK),
    PhraseLine("เพื่อโปรดพิจารณาสั่งการ", Instruction.AGREE, Onward.NEXT, Role.CHIEF_CLERK),
    *(
        phrase
        for role in _TOPS
        for phrase in (
            PhraseLine(
                "ทราบ มอบปลัดดำเนินการ", Instruction.ASSIGN, Onward.ASSIGN, role, Role.CHIEF_CLERK
            ),
            PhraseLine("ทราบ", Instruction.ACKNOWLEDGE, Onward.END, role),
            PhraseLine("อนุมัติ", Instruction.APPROVE, Onward.END, role),
            PhraseLine("ทราบ แจ้งเวียนทุกกอง", Instruction.CIRCULATE, Onward.ALL, role),
        )
    ),
)


def lay_words(since: datetime, until: datetime) -> str:
    """นอนอยู่นานเท่าใด, in the largest two units that say something."""
    length = max(until - since, timedelta(0))
    hours, minutes = divmod(length.seconds // 60, 60)
    if length.days:
        return f"{length.days} วัน {hours} ชม." if hours else f"{length.days} วัน"
    if hours:
        return f"{hours} ชม. {minutes} นาที" if minutes else f"{hours} ชม."
    return f"{minutes} นาที" if minutes else "ไม่ถึงนาที"
