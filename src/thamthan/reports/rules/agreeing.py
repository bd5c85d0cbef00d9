"""Agreement before sending: whether a house wants it, who may give it, and how it ends."""

from django.db import models

from thamthan.organisations.rules import Role


class Agrees(models.TextChoices):
    """ผู้เห็นชอบรายงานก่อนส่ง, as the house sets it."""

    NOBODY = "nobody", "ไม่ต้องเห็นชอบ ผู้ทำรายงานส่งเอง"
    EXECUTIVE = "executive", "ผู้บริหารเห็นชอบก่อนส่ง"
    CHIEF_CLERK = "chief_clerk", "ปลัดหรือผู้บริหารเห็นชอบก่อนส่ง"


class ProposalState(models.TextChoices):
    """สถานะของรายงานที่เสนอ."""

    WAITING = "waiting", "รอเห็นชอบ"
    AGREED = "agreed", "เห็นชอบแล้ว"
    RETURNED = "returned", "ให้แก้ไข"
    WITHDRAWN = "withdrawn", "แก้ไขต่อหลังเสนอ"


_HEADS = frozenset({Role.EXECUTIVE, Role.DISTRICT_CHIEF, Role.GOVERNOR})
_WHO: dict[Agrees, frozenset[Role]] = {
    Agrees.NOBODY: frozenset(),
    Agrees.EXECUTIVE: _HEADS,
    Agrees.CHIEF_CLERK: _HEADS | {Role.CHIEF_CLERK},
}
# Who may be the one to agree in any house; others need not be asked about.
AGREEING = _HEADS | {Role.CHIEF_CLERK}


def may_agree(agrees: str, role: str) -> bool:
    """Whether a post of this role agrees to the reports of a house that sets it so."""
    return Role(role) in _WHO[Agrees(agrees)]


def may_decide(agrees: str, role: str) -> bool:
    """Whether a post of this role decides about what was put up in a house that sets it so.

    What was put up while agreement was wanted waits for the head, also where it is wanted no more.
    """
    return may_agree(Agrees.EXECUTIVE if agrees == Agrees.NOBODY else agrees, role)
