"""เอกสารของโครงการ: what it costs, and what forms ask of it, is kept."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import transaction

from thamthan.errors import Refused
from thamthan.organisations.models import Post
from thamthan.projects.actions.checks import check_live, locked_project
from thamthan.projects.models import CostItem, FormAnswer, Project
from thamthan.records.actions import record
from thamthan.records.rules import Verb
from thamthan.thai.text import squeeze
from thamthan.writing.proposal_forms import proposal_forms

MOST_COSTS, MOST_ANSWER = 100, 5_000
MOST_SATANG = 10**15


@dataclass(frozen=True, slots=True)
class CostWords:
    """รายการค่าใช้จ่าย as a person gives it; no satang is not known yet."""

    name: str
    satang: int | None = None
    reckoning: str = ""


@transaction.atomic
def set_costs(
    project: Project, costs: Sequence[CostWords], *, by: Post, seen_version: int | None = None
) -> Project:
    """กำหนดรายการค่าใช้จ่าย: exactly these, in this order. Says nothing of money that there is."""
    rows = [_cost(at, cost) for at, cost in enumerate(costs, start=1)]
    if len(rows) > MOST_COSTS:
        raise Refused(f"ใส่ได้ไม่เกิน {MOST_COSTS} รายการ", code="too_many", status=400)
    with _part(project, "costs", by=by, seen_version=seen_version) as locked:
        locked.costs.all().delete()
        for row in rows:
            row.project = locked
        CostItem.objects.bulk_create(rows)
    return locked


def _cost(position: int, cost: CostWords) -> CostItem:
    name, reckoning = squeeze(cost.name), squeeze(cost.reckoning)
    if not name:
        raise Refused(f"รายการที่ {position} ยังไม่มีชื่อ", code="no_name", status=400)
    if len(name) > 500 or len(reckoning) > 300:
        raise Refused(f"รายการที่ {position} ยาวเกินไป", code="long_words", status=400)
    if cost.satang is not None and not 0 <= cost.satang <= MOST_SATANG:
        raise Refused(f"จำนวนเงินของ “{name}” ไม่น่าใช่", code="wrong_amount", status=400)
    return CostItem(position=position, name=name, reckoning=reckoning, satang=cost.satang)


@transaction.atomic
def answer_form(
    project: Project,
    answers: Mapping[str, str],
    *,
    by: Post,
    seen_version: int | None = None,
) -> Project:
    """ตอบข้อที่แบบถาม: these asks are answered so; an empty answer takes the one before away."""
    known = {key for form in proposal_forms() for key in form.asks}
    if not answers.keys() <= known:
        raise Refused("แบบไม่มีข้อถามนี้", code="unknown_ask", status=400)
    with _part(project, "form_answers", by=by, seen_version=seen_version) as locked:
        for key, words in answers.items():
            said = words.strip()
            if len(said) > MOST_ANSWER:
                raise Refused(f"คำตอบยาวเกิน {MOST_ANSWER:,} ตัวอักษร", code="long_words", status=400)
            if said:
                FormAnswer.objects.update_or_create(
                    project=locked, key=key, defaults={"words": said}
                )
            else:
                locked.form_answers.filter(key=key).delete()
    return locked


@contextmanager
def _part(project: Project, part: str, *, by: Post, seen_version: int | None) -> Iterator[Project]:
    """One part of a project of one's own: locked before, its version and history written after."""
    locked = locked_project(project, by=by, seen_version=seen_version)
    check_live(locked)
    yield locked
    locked.version += 1
    locked.save(update_fields=["version"])
    record(Verb.PROJECT_CHANGED, locked, by=by, changed=[part], version=locked.version)
