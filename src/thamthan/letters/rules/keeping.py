"""How long letters are kept, and the steps by which expired ones are destroyed."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from importlib.resources import files

from django.db import models

from thamthan.errors import Refused

# ข้อ 66: the survey is made within sixty days after the end of the calendar year.
SURVEY_DAYS = 60
# As commonly taught; unverified: no answer of the National Archives for sixty days is agreement.
SILENCE_DAYS = 60
FEWEST_MEMBERS = 3


class DisposalState(models.TextChoices):
    """ขั้นของการทำลายหนังสือประจำปี."""

    DRAFTED = "drafted", "จัดทำบัญชีแล้ว"
    COMMITTEE = "committee", "กรรมการกำลังพิจารณา"
    REVIEWED = "reviewed", "กรรมการพิจารณาครบ"
    ASKED = "asked", "รอหอจดหมายเหตุแห่งชาติ"
    AGREED = "agreed", "หอจดหมายเหตุแห่งชาติไม่ขัดข้อง"
    APPROVED = "approved", "หัวหน้าหน่วยงานอนุมัติแล้ว"
    DESTROYED = "destroyed", "ทำลายแล้ว"


class Fate(models.TextChoices):
    """มติของกรรมการต่อหนังสือหนึ่งฉบับ."""

    UNDECIDED = "undecided", "ยังไม่พิจารณา"
    DESTROY = "destroy", "ทำลาย"
    KEEP = "keep", "เก็บต่อ"


@dataclass(frozen=True, slots=True)
class RetentionClass:
    """อายุการเก็บหนึ่งประเภท, with the clause it comes from and how far that was checked."""

    code: str
    name: str
    years: int | None
    clause: str
    source: str
    mark: str
    note: str = ""

    @property
    def words(self) -> str:
        how_long = f"{self.years} ปี" if self.years else "ไม่ทำลายตามเวลา"
        return f"{self.name} ({how_long})"


@lru_cache(maxsize=1)
def retention_classes() -> Mapping[str, RetentionClass]:
    """อายุการเก็บทุกประเภท, as the data file has them, in its order."""
    text = (files("thamthan") / "data" / "retention.toml").read_text(encoding="utf-8")
    return {
        row["code"]: RetentionClass(**{"years": None, **row})
        for row in tomllib.loads(text)["class"]
    }


def retention_of(code: str) -> RetentionClass:
    known = retention_classes().get(code)
    if known is None:
        raise Refused("โปรดเลือกอายุการเก็บ", code="no_retention", field="retention", status=400)
    return known


def expires_on(starts_on: date, years: int | None) -> date | None:
    """วันครบอายุการเก็บ: the last day of the calendar year in which the years are full."""
    return None if years is None else date(starts_on.year + years, 12, 31)


def survey_due(year: int) -> date:
    """วันสุดท้ายที่ต้องสำรวจ of what expired by the end of the year before `year`."""
    return date(year - 1, 12, 31) + timedelta(days=SURVEY_DAYS)


def silence_ends(asked_on: date) -> date:
    return asked_on + timedelta(days=SILENCE_DAYS)


def check_step(state: str, *expected: DisposalState) -> None:
    if DisposalState(state) not in expected:
        words = " หรือ ".join(f"“{one.label}”" for one in expected)
        raise Refused(
            f"การทำลายนี้อยู่ในขั้น “{DisposalState(state).label}” ทำได้เฉพาะในขั้น {words}",
            code="wrong_step",
            state=state,
        )
