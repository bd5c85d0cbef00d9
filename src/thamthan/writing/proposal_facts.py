"""ข้อเท็จจริงของโครงการ: all that a proposal may tell, whatever form it is told in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType


class Signer(StrEnum):
    """ผู้ลงนามในแบบเสนอโครงการ, in the order in which they sign."""

    AUTHOR = "author"
    PROPOSER = "proposer"
    ENDORSER = "endorser"
    APPROVER = "approver"

    @property
    def label(self) -> str:
        return _SIGNERS[self]

    @property
    def gives_opinion(self) -> bool:
        return self in (Signer.ENDORSER, Signer.APPROVER)


_SIGNERS = {
    Signer.AUTHOR: "ผู้เขียนโครงการ",
    Signer.PROPOSER: "ผู้เสนอโครงการ",
    Signer.ENDORSER: "ผู้เห็นชอบโครงการ",
    Signer.APPROVER: "ผู้อนุมัติโครงการ",
}


@dataclass(frozen=True, slots=True)
class ProposedStanding:
    """สถานะในแผน: how the project stands in the local plan, and where in it.

    `links` are further plans with what of each is served: (“ยุทธศาสตร์จังหวัด”, “ด้านที่ 2 …”), or
    words alone behind an empty name.
    """

    standing: str
    plan: str = ""
    links: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ProposedGroup:
    """กลุ่มเป้าหมาย: who is to gain, and how many; None where nobody has counted."""

    name: str
    count: int | None = None
    unit: str = "คน"


@dataclass(frozen=True, slots=True)
class ProposedStep:
    """ขั้นตอน: what is done from which month to which; a milestone is looked back upon."""

    name: str
    begins_on: date | None = None
    ends_on: date | None = None
    responsible: str = ""
    is_milestone: bool = False


@dataclass(frozen=True, slots=True)
class ProposedCost:
    """รายการค่าใช้จ่าย: what it is for, how it was reckoned, and its satang."""

    name: str
    satang: int | None = None
    reckoning: str = ""


@dataclass(frozen=True, slots=True)
class ProposedSource:
    """แหล่งงบประมาณ: where money is to come from, and how much of it where that is known."""

    name: str
    satang: int | None = None


@dataclass(frozen=True, slots=True)
class ProposedIndicator:
    """ตัวชี้วัด: baseline and target in the words of their unit; empty where not known."""

    name: str
    unit: str = ""
    baseline: str = ""
    target: str = ""
    method: str = ""


@dataclass(frozen=True, slots=True)
class ProposedSupporter:
    """หน่วยงานสนับสนุน: an agency, and what it gives to the project."""

    agency: str
    gives: str = ""


@dataclass(frozen=True, slots=True)
class ProposedRisk:
    """ความเสี่ยง: what may go wrong, how bad that is in words, and what is done about it."""

    name: str
    level: str = ""
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Signature:
    """ช่องลงนาม: without a name a dotted line stands in its place."""

    signer: Signer
    name: str = ""
    position: str = ""


@dataclass(frozen=True, slots=True)
class ProposalFacts:
    """โครงการหนึ่งโครงการ: what its house knows of it. What is not known stays empty.

    `fiscal_year` is of the Buddhist era. `asked` is what one channel is asked for, where that is
    less than the whole. `extras` are answers to what one form alone asks, by the form's own keys.
    """

    name: str
    house: str = ""
    house_place: str = ""
    unit: str = ""
    fiscal_year: int | None = None
    plan: ProposedStanding | None = None
    answers: tuple[str, ...] = ()
    rationale: str = ""
    objectives: tuple[str, ...] = ()
    output: str = ""
    targets: tuple[ProposedGroup, ...] = ()
    method: str = ""
    steps: tuple[ProposedStep, ...] = ()
    starts_on: date | None = None
    ends_on: date | None = None
    places: tuple[str, ...] = ()
    costs: tuple[ProposedCost, ...] = ()
    sources: tuple[ProposedSource, ...] = ()
    asked: ProposedSource | None = None
    indicators: tuple[ProposedIndicator, ...] = ()
    supporters: tuple[ProposedSupporter, ...] = ()
    risks: tuple[ProposedRisk, ...] = ()
    evaluation: str = ""
    results: tuple[str, ...] = ()
    responsible: tuple[str, ...] = ()
    signatures: tuple[Signature, ...] = ()
    extras: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
