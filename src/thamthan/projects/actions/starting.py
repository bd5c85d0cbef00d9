"""เริ่มโครงการ: begun with all that is known of it already, in one transaction."""

from django.db import transaction

from thamthan.organisations.models import Post
from thamthan.projects.actions.proposing import ProjectWords, answer_clauses, propose_project
from thamthan.projects.actions.writing import (
    set_places,
    set_risks,
    set_steps,
    set_supporters,
    set_target_groups,
)
from thamthan.projects.models import CostItem, FormAnswer, Goal, Project
from thamthan.projects.rows import Start


@transaction.atomic
def start_project(start: Start, *, by: Post) -> Project:
    """เริ่มโครงการหรือกิจกรรม with its clauses, steps, groups, supporters, risks and places.

    What is copied from last year brings its indicators with their targets, its costs as they were
    reckoned, and what forms asked of it; results, money and evidence are of that year and stay.
    """
    words = ProjectWords(
        name=start.name,
        be_year=start.be_year,
        standing=start.standing,
        unit=start.unit,
        plan_row=start.plan_row,
        ordinance_words=start.ordinance_words,
        begins_on=start.begins_on,
        ends_on=start.ends_on,
        sections=start.sections,
        template=start.template,
    )
    project = propose_project(words, by=by, copied_from=start.copied_from)
    if start.clauses:
        answer_clauses(project, start.clauses, by=by)
    if start.steps:
        set_steps(project, start.steps, by=by)
    if start.groups:
        set_target_groups(project, start.groups, by=by)
    if start.supporters:
        set_supporters(project, start.supporters, by=by)
    if start.risks:
        set_risks(project, start.risks, by=by)
    if start.places:
        set_places(project, start.places, by=by)
    if start.copied_from is not None:
        _copy_goals(start.copied_from, project)
        _copy_papers(start.copied_from, project)
    project.refresh_from_db()
    return project


def _copy_goals(old: Project, project: Project) -> None:
    Goal.objects.bulk_create(
        Goal(
            project=project,
            indicator_id=goal.indicator_id,
            name=goal.name,
            measure=goal.measure,
            unit=goal.unit,
            method=goal.method,
            adding_up=goal.adding_up,
            is_less_better=goal.is_less_better,
            target_milli=goal.target_milli,
            target_of_milli=goal.target_of_milli,
        )
        for goal in old.goals.filter(dropped_at=None)
    )


def _copy_papers(old: Project, project: Project) -> None:
    CostItem.objects.bulk_create(
        CostItem(
            project=project,
            position=cost.position,
            name=cost.name,
            reckoning=cost.reckoning,
            satang=cost.satang,
        )
        for cost in old.costs.all()
    )
    FormAnswer.objects.bulk_create(
        FormAnswer(project=project, key=one.key, words=one.words) for one in old.form_answers.all()
    )
