"""ขั้นตอนแล้วเสร็จ: a step is done, or turns out not to be."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from thamthan.errors import Refused
from thamthan.organisations.models import Post
from thamthan.projects.actions.checks import check_live, locked_project
from thamthan.projects.actions.proposing import move_project
from thamthan.projects.models import Step
from thamthan.projects.rules import ProjectState
from thamthan.records.actions import record
from thamthan.records.rules import Verb


@transaction.atomic
def finish_step(step: Step, *, by: Post, on: date | None = None, words: str = "") -> Step:
    """ทำขั้นตอนนี้เสร็จ on a day, today when none is given; a repeated press changes nothing.

    With the first one the work is under way, and so is the project.
    """
    project = locked_project(step.project, by=by)
    check_live(project)
    if project.state == ProjectState.DRAFT:
        raise Refused("บันทึกความคืบหน้าได้เมื่ออนุมัติโครงการแล้ว", code="not_approved")
    today = timezone.localdate()
    day = on or today
    if day > today:
        raise Refused("วันที่นี้ยังมาไม่ถึง", code="future_day", status=400)
    found = project.steps.get(pk=step.pk)
    if found.done_on == day and found.done_words == words.strip()[:2000]:
        return found
    if found.done_on is not None and not (on or words.strip()):
        return found
    found.done_on, found.done_words = day, words.strip()[:2000]
    found.save(update_fields=["done_on", "done_words"])
    record(Verb.STEP_DONE, project, by=by, note=words[:2000], step=found.name, on=day.isoformat())
    if project.state == ProjectState.APPROVED:
        move_project(project, ProjectState.UNDER_WAY, by=by)
    return found


@transaction.atomic
def reopen_step(step: Step, *, by: Post) -> Step:
    """ขั้นตอนนี้ยังไม่เสร็จ: history keeps that it was said to be."""
    project = locked_project(step.project, by=by)
    check_live(project)
    found = project.steps.get(pk=step.pk)
    if found.done_on is not None:
        found.done_on = None
        found.save(update_fields=["done_on"])
        record(Verb.STEP_DONE, project, by=by, step=found.name, on="", is_reopened=True)
    return found
