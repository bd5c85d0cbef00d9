"""Projects: the list of those a post sees, as a file too, and the page of one."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.decorators.http import require_safe

from thamthan.errors import Refused
from thamthan.organisations.rules import Duty
from thamthan.projects.queries import (
    MOST_COUNTED,
    ProjectLine,
    keys_listed,
    list_choices,
    project_counts,
    project_for,
    project_lines,
    project_sheet,
    projects_listed,
    projects_of_keys,
)
from thamthan.projects.rules import SECTIONS, PlanStanding
from thamthan.projects.rules.standing import standing_words
from thamthan.records.queries import history_of
from thamthan.thai.dates import format_date
from thamthan.web.doors import PostRequest, acting
from thamthan.web.keeping import KINDS, long_table
from thamthan.web.orders import check_reads
from thamthan.web.project_deeds import next_deed
from thamthan.web.project_frame import project_page
from thamthan.web.project_gantt import months_of
from thamthan.web.project_list import Asked, headline, years_round
from thamthan.web.project_map import map_of
from thamthan.web.project_parts import parts_beside
from thamthan.writing import Cell, Column, Table

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from thamthan.organisations.models import Post
    from thamthan.projects.models import Project

PAGE = 50
# A file of more rows than this opens in no office program in a minute.
MOST_IN_FILE = 50_000
_AT_ONCE = 500


class _Counted(Paginator["Project"]):
    """Pages of a list that is counted no further than anybody pages."""

    def __init__(self, post: "Post", rows: "QuerySet[Project]") -> None:
        super().__init__(rows, PAGE)
        self._post = post

    @cached_property
    def _keys(self) -> list[int]:
        rows: QuerySet[Project] = self.object_list  # type: ignore[assignment]  # always a query here
        return keys_listed(self._post, rows)

    @cached_property
    def count(self) -> int:
        return len(self._keys)

    def page(self, number: int | str) -> "Page[Project]":
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        keys = self._keys[first : first + self.per_page]
        return Page(projects_of_keys(self._post, keys), number, self)


@acting
@require_safe
def projects(request: PostRequest) -> HttpResponse:
    """โครงการของหน่วยงาน หรือของหน่วยงานในสังกัดที่ตอบเรื่องของเรา."""
    check_reads(request)
    post, today = request.post, timezone.localdate()
    asked = Asked(post, request.GET)
    rows = projects_listed(post, asked.wanted, today=today)
    page = _Counted(post, rows).get_page(request.GET.get("page"))
    counts = project_counts(post, asked.whose, today=today)
    return render(
        request,
        "projects/projects.html",
        {
            "asked": asked,
            "page": page,
            "lines": project_lines(post, list(page.object_list), today=today),
            "headline": headline(counts, asked),
            "is_more": page.paginator.count > MOST_COUNTED,
            "most": MOST_COUNTED,
            "shows": [
                (
                    show.label,
                    getattr(counts, show.count) if show.count and counts.is_whole else None,
                    asked.address(show=show.name),
                    show.name == asked.show,
                )
                for show in asked.shows
            ],
            "whose": [
                ("ของหน่วยงานในสังกัด", "?of=below", asked.whose.value == "below"),
                ("ของหน่วยงานเรา", "?of=own", asked.whose.value == "own"),
            ]
            if asked.has_below
            else [],
            "choices": list_choices(post, asked.whose),
            "years": years_round(today),
            "standings": PlanStanding.choices,
            "may_start": post.has_duty(Duty.ANSWER_ORDERS),
            "previous": asked.address(page=page.number - 1)[1:],
            "next": asked.address(page=page.number + 1)[1:],
            "query": asked.address(),
        },
    )


@acting
@require_safe
def projects_table(request: PostRequest, form: str) -> HttpResponseBase:
    """รายการโครงการเป็นไฟล์ Excel หรือ CSV, as it is filtered."""
    check_reads(request)
    if form not in KINDS or form == "pdf":
        raise Refused("ส่งออกได้เป็น xlsx หรือ csv", code="no_such_form", status=404)
    post, today = request.post, timezone.localdate()
    asked = Asked(post, request.GET)
    rows = projects_listed(post, asked.wanted, today=today)[:MOST_IN_FILE]
    shown = next(show.label for show in asked.shows if show.name == asked.show)
    table = Table(
        title="รายการโครงการและกิจกรรม",
        subtitle=f"{post.organisation.name} · {shown} · ณ {format_date(today)}",
        columns=(
            Column("ที่", 4, "center"),
            Column("ปีงบประมาณ", 7, "center"),
            Column("หน่วยงาน", 16),
            Column("กอง", 12),
            Column("โครงการ", 34),
            Column("สถานะ", 10),
            Column("อยู่ตรงไหนของแผน", 16),
            Column("ตอบข้อสั่งการ", 18),
            Column("เริ่ม", 10),
            Column("สิ้นสุด", 10),
            Column("งบที่อนุมัติ (บาท)", 12, "right", is_money=True),
            Column("เบิกจ่าย (บาท)", 12, "right", is_money=True),
            Column("เลยกำหนด", 8, "center"),
        ),
        rows=(),
    )
    return long_table(table, _rows(_lines(post, rows)), form, "รายการโครงการ")


def _lines(post: "Post", rows: "QuerySet[Project]") -> Iterator[ProjectLine]:
    today = timezone.localdate()
    batch: list[Project] = []
    for row in rows.iterator(chunk_size=_AT_ONCE):
        batch.append(row)
        if len(batch) == _AT_ONCE:
            yield from project_lines(post, batch, today=today)
            batch = []
    yield from project_lines(post, batch, today=today)


def _rows(lines: Iterable[ProjectLine]) -> Iterator[tuple[Cell, ...]]:
    for number, line in enumerate(lines, start=1):
        project = line.project
        yield (
            number,
            project.be_year,
            project.organisation.name,
            project.unit.name if project.unit else "",
            project.name,
            project.get_state_display(),
            project.get_standing_display(),
            ", ".join(f"ข้อ {clause.number}" for clause in line.clauses),
            format_date(project.begins_on, style="short") if project.begins_on else "",
            format_date(project.ends_on, style="short") if project.ends_on else "",
            _baht(line.approved),
            _baht(line.paid),
            "เลยกำหนด" if line.late_by else "",
        )


def _baht(satang: int) -> Cell:
    return Decimal(satang).scaleb(-2)


@acting
@require_safe
def project(request: PostRequest, pk: int) -> HttpResponse:
    """โครงการหนึ่งโครงการ: what it is, what it answers, who, where and when, and the next thing."""
    post = request.post
    found = project_for(post, pk)
    sheet = project_sheet(post, found)
    return project_page(
        request,
        found,
        "projects/project.html",
        here="project",
        sheet=sheet,
        next=next_deed(sheet),
        map=map_of(post, sheet) if sheet.places else None,
        months=months_of(sheet.span),
        standing=standing_words(found.standing),
        words=[
            (section.heading, getattr(found, section.field))
            for section in SECTIONS
            if getattr(found, section.field) and section.field not in {"place_words", "responsible"}
        ],
        may_mark=sheet.may_write and found.state in {"approved", "under_way"},
        parts=parts_beside(request, found),
        history=list(history_of(found).order_by("-at", "-pk")[:30]) if sheet.is_own else [],
    )
