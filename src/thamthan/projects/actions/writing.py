"""เขียนโครงการ: one part at a time – words, steps, whom it is for, who helps, risks, places."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields, replace
from typing import Any

from django.db import models, transaction

from thamthan.errors import Refused
from thamthan.organisations.models import Post
from thamthan.projects.actions.checks import check_live, locked_project
from thamthan.projects.actions.proposing import ProjectWords, change_project
from thamthan.projects.models import (
    Project,
    ProjectPlace,
    ProjectSupporter,
    Risk,
    Step,
    TargetGroup,
)
from thamthan.projects.rows import GroupRow, PlaceRow, RiskRow, StepRow, SupporterRow
from thamthan.projects.rules import SECTIONS, PlaceKind
from thamthan.records.actions import record
from thamthan.records.rules import Verb
from thamthan.thai.text import squeeze

# Whoever has more writes two projects.
MOST_ROWS = 60
MOST_CORNERS = 200
_FEWEST_CORNERS = 3
_MOST_COUNT = 2_000_000_000
_HEAVIEST = 1_000


def words_of(project: Project) -> ProjectWords:
    """เนื้อหาที่มีอยู่ of a project, as a person could give it again."""
    return ProjectWords(
        name=project.name,
        be_year=project.be_year,
        standing=project.standing,
        unit=project.unit,
        plan_row=project.plan_row,
        ordinance_words=project.ordinance_words,
        begins_on=project.begins_on,
        ends_on=project.ends_on,
        sections={section.field: getattr(project, section.field) for section in SECTIONS},
        template=project.template,
    )


def reword_project(project: Project, *, by: Post, seen_version: int, **changed: Any) -> Project:
    """แก้บางส่วนของโครงการ: only what is given changes, `sections` only those named.

    As `change_project` otherwise; what is the same already is not written again.
    """
    kept = words_of(project)
    sections = {**kept.sections, **changed.pop("sections", {})}
    wanted = replace(kept, sections=sections, **changed)
    if project.version == seen_version and all(
        getattr(kept, one.name) == getattr(wanted, one.name) for one in fields(ProjectWords)
    ):
        return project
    return change_project(project, wanted, by=by, seen_version=seen_version)


@transaction.atomic
def set_steps(
    project: Project, rows: Sequence[StepRow], *, by: Post, seen_version: int | None = None
) -> Project:
    """กำหนดขั้นตอน: exactly these, in this order; one that is done stays, whatever is left out."""
    with _part(project, "steps", by=by, seen_version=seen_version) as locked:
        _check_rows(rows)
        kept = {step.pk: step for step in locked.steps.all()}
        steps = []
        for position, row in enumerate(rows, start=1):
            if row.begins_on and row.ends_on and row.ends_on < row.begins_on:
                raise _wrong(f"ขั้นตอนที่ {position}: วันสิ้นสุดมาก่อนวันเริ่ม", "backward")
            if not 1 <= row.weight <= _HEAVIEST:
                raise _wrong(f"ขั้นตอนที่ {position}: น้ำหนักต้องเป็น 1 ขึ้นไป", "wrong_weight")
            step = kept.pop(row.pk, None) if row.pk is not None else None
            step = step or Step(project=locked)
            step.position, step.name = position, _line(row.name, Step, "name")
            step.begins_on, step.ends_on = row.begins_on, row.ends_on
            step.weight, step.is_milestone = row.weight, row.is_milestone
            steps.append(step)
        done = next((step for step in kept.values() if step.done_on), None)
        if done is not None:
            raise _wrong(f"“{done.name}” ทำเสร็จแล้ว จึงเอาออกไม่ได้", "done_step")
        locked.steps.filter(pk__in=kept).delete()
        for step in steps:
            step.save()
    return locked


@transaction.atomic
def set_target_groups(
    project: Project, rows: Sequence[GroupRow], *, by: Post, seen_version: int | None = None
) -> Project:
    """กำหนดกลุ่มเป้าหมาย: exactly these."""
    with _part(project, "target_groups", by=by, seen_version=seen_version) as locked:
        _check_rows(rows)
        made = []
        for row in rows:
            unit = _line(row.unit, TargetGroup, "unit")
            if not unit:
                raise _wrong(f"“{row.name}” ยังไม่มีหน่วยนับ เช่น คน ครัวเรือน", "no_unit")
            if any(n is not None and not 0 <= n <= _MOST_COUNT for n in (row.planned, row.reached)):
                raise _wrong(f"“{row.name}”: จำนวนนี้ไม่น่าใช่", "wrong_count")
            made.append(
                TargetGroup(
                    project=locked,
                    name=_line(row.name, TargetGroup, "name"),
                    unit=unit,
                    planned=row.planned,
                    reached=row.reached,
                )
            )
        _check_once([(one.name, one.unit) for one in made], "กลุ่มเป้าหมาย")
        locked.target_groups.all().delete()
        TargetGroup.objects.bulk_create(made)
    return locked


@transaction.atomic
def set_supporters(
    project: Project, rows: Sequence[SupporterRow], *, by: Post, seen_version: int | None = None
) -> Project:
    """กำหนดหน่วยงานสนับสนุน: exactly these, with what each gives."""
    with _part(project, "supporters", by=by, seen_version=seen_version) as locked:
        _check_rows(rows)
        if any(row.worth_satang is not None and row.worth_satang < 0 for row in rows):
            raise _wrong("มูลค่าที่สนับสนุนต้องไม่ติดลบ", "wrong_amount")
        made = [
            ProjectSupporter(
                project=locked,
                organisation=row.organisation,
                name=_line(row.name, ProjectSupporter, "name"),
                gives=row.gives.strip()[:2000],
                worth_satang=row.worth_satang,
            )
            for row in rows
        ]
        _check_once([one.name for one in made], "หน่วยงานสนับสนุน")
        locked.supporters.all().delete()
        ProjectSupporter.objects.bulk_create(made)
    return locked


@transaction.atomic
def set_risks(
    project: Project, rows: Sequence[RiskRow], *, by: Post, seen_version: int | None = None
) -> Project:
    """กำหนดความเสี่ยง: exactly these, each with how likely and how bad it is (1–3)."""
    with _part(project, "risks", by=by, seen_version=seen_version) as locked:
        _check_rows(rows, name="what")
        if any(not (1 <= row.likelihood <= 3 and 1 <= row.effect <= 3) for row in rows):
            raise _wrong("โอกาสและผลกระทบของความเสี่ยงเป็น 1 ถึง 3", "wrong_risk")
        locked.risks.all().delete()
        Risk.objects.bulk_create(
            Risk(
                project=locked,
                what=row.what.strip()[:2000],
                likelihood=row.likelihood,
                effect=row.effect,
                answer=row.answer.strip()[:2000],
            )
            for row in rows
        )
    return locked


@transaction.atomic
def set_places(
    project: Project, rows: Sequence[PlaceRow], *, by: Post, seen_version: int | None = None
) -> Project:
    """กำหนดสถานที่: exactly these villages, points and areas.

    Does not check that a place lies within the house's own boundary: work may be done beyond it.
    """
    with _part(project, "places", by=by, seen_version=seen_version) as locked:
        _check_rows(rows)
        made = [_place(locked, row) for row in rows]
        locked.places.all().delete()
        ProjectPlace.objects.bulk_create(made)
    return locked


def _place(project: Project, row: PlaceRow) -> ProjectPlace:
    name = _line(row.name, ProjectPlace, "name")
    latitude, longitude = row.latitude_e6, row.longitude_e6
    if (latitude is None) != (longitude is None):
        raise _wrong(f"“{name}”: พิกัดต้องมีทั้งละติจูดและลองจิจูด", "half_a_point")
    corners = row.outline or ()
    for x, y in [
        *corners,
        *([(longitude / 1e6, latitude / 1e6)] if longitude and latitude else []),
    ]:
        if not (-180 <= x <= 180 and -90 <= y <= 90):
            raise _wrong(f"“{name}”: พิกัดนี้ไม่มีอยู่บนโลก", "off_the_globe")
    if row.kind == PlaceKind.POINT and latitude is None:
        raise _wrong(f"“{name}”: จุดต้องมีพิกัด แตะแผนที่หรือพิมพ์ตัวเลข", "no_point")
    if row.kind == PlaceKind.AREA and not _FEWEST_CORNERS <= len(corners) <= MOST_CORNERS:
        raise _wrong(f"“{name}”: พื้นที่ต้องมีอย่างน้อย {_FEWEST_CORNERS} มุม", "no_area")
    if row.kind not in PlaceKind.values:
        raise _wrong(f"“{name}”: ไม่รู้จักชนิดของสถานที่", "wrong_place")
    if row.village_number is not None and not 0 < row.village_number < 100:
        raise _wrong(f"“{name}”: หมู่ที่ไม่น่าใช่", "wrong_village")
    return ProjectPlace(
        project=project,
        kind=row.kind,
        name=name,
        village_number=row.village_number,
        latitude_e6=latitude,
        longitude_e6=longitude,
        outline=[list(corner) for corner in corners] if row.kind == PlaceKind.AREA else None,
    )


@contextmanager
def _part(project: Project, part: str, *, by: Post, seen_version: int | None) -> Iterator[Project]:
    """One part of a project of one's own: locked before, its version and history written after."""
    locked = locked_project(project, by=by, seen_version=seen_version)
    check_live(locked)
    yield locked
    locked.version += 1
    locked.save(update_fields=["version"])
    record(Verb.PROJECT_CHANGED, locked, by=by, changed=[part], version=locked.version)


def _check_rows(rows: Sequence[Any], *, name: str = "name") -> None:
    if len(rows) > MOST_ROWS:
        raise _wrong(f"ใส่ได้ไม่เกิน {MOST_ROWS} รายการ", "too_many")
    for position, row in enumerate(rows, start=1):
        if not getattr(row, name).strip():
            raise _wrong(f"รายการที่ {position} ยังไม่มีชื่อ", "no_name")


def _check_once(names: Collection[Any], what: str) -> None:
    if len(set(names)) != len(names):
        raise _wrong(f"มี{what}ซ้ำกัน", "twice")


def _line(text: str, model: type[models.Model], field: str) -> str:
    line = squeeze(text)
    most = getattr(model._meta.get_field(field), "max_length", None) or 500
    if len(line) > most:
        raise _wrong(f"“{line[:40]}…” ยาวเกิน {most} ตัวอักษร", "long_words")
    return line


def _wrong(words: str, code: str) -> Refused:
    return Refused(words, code=code, status=400)
