"""งานตามข้อสั่งการ: what a house or a division has to do, and one matter of it clause by clause."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

import uuid6
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from thamthan.directives.queries import (
    ClauseLine,
    answers_to_use,
    clause_lines,
    divisions_of,
    extensions_of,
    handing_for,
    letter_of,
    likely_twins,
    linked_twins,
    matter_lines,
    matters_in_hand,
    may_act_for,
    may_judge,
    orders_waiting,
    remarks_of,
    way_down_to,
)
from thamthan.directives.rules import ANSWERS, WAITED_FOR, AssignmentState, TaskShow
from thamthan.errors import Refused
from thamthan.letters.queries import drafts_answering
from thamthan.letters.rules import Direction
from thamthan.organisations.rules import Duty, Level
from thamthan.projects.queries import own_projects_answering
from thamthan.web.doors import PostRequest, acting

if TYPE_CHECKING:
    from django.utils.datastructures import MultiValueDict

    from thamthan.directives.models import Handing, Remark
    from thamthan.projects.models import Project

PAGE = 50
SHOWN_OF_A_MATTER = 4
# Given a word by whoever judges; the rest is the house's to do.
_SETTLED = ANSWERS | {AssignmentState.DONE}


@acting
@require_safe
def tasks(request: PostRequest) -> HttpResponse:
    """งานตามข้อสั่งการ of one's house or division: late first, then by day left, by matter."""
    post = request.post
    if not post.has_duty(Duty.READ_LETTERS):
        raise Refused("ตำแหน่งนี้ไม่มีหน้าที่ดูงานตามข้อสั่งการ", code="not_allowed", status=403)
    given = request.GET.get("show", "")
    show = TaskShow(given) if given in TaskShow.values else TaskShow.OPEN
    is_division = post.organisation.level == Level.DIVISION
    whole_house = is_division and request.GET.get("of") == "house"
    now = timezone.now()
    rows = matters_in_hand(post, show, whole_house=whole_house, today=timezone.localdate(now))
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    lines = matter_lines(post, list(page.object_list), show, whole_house=whole_house, now=now)
    of = "&of=house" if whole_house else ""
    return render(
        request,
        "tasks/tasks.html",
        {
            "page": page,
            "lines": lines,
            "late": sum(line.late for line in lines),
            "count": sum(len(line.lines) for line in lines),
            "show": show,
            "shows": list(TaskShow),
            "of": of,
            "is_division": is_division,
            "whole_house": whole_house,
            "few": SHOWN_OF_A_MATTER,
            "may_answer": post.has_duty(Duty.ANSWER_ORDERS),
            "waiting": orders_waiting(post) if show == TaskShow.OPEN else [],
            "previous": _page_of(page, show, of, ahead=False),
            "next": _page_of(page, show, of, ahead=True),
        },
    )


def _page_of(page: Any, show: TaskShow, of: str, *, ahead: bool) -> str:
    has = page.has_next() if ahead else page.has_previous()
    if not has:
        return ""
    number = page.next_page_number() if ahead else page.previous_page_number()
    return f"show={show}{of}&page={number}"


@acting
@require_safe
def handing(request: PostRequest, pk: int) -> HttpResponse:
    """เรื่องหนึ่งเรื่องในมือของหน่วยงาน."""
    return handing_page(request, handing_for(request.post, pk))


@dataclass(frozen=True, slots=True)
class NextThing:
    """สิ่งที่ต้องทำต่อไป: one sentence, and one button or one place to go."""

    words: str
    deed: str = ""
    button: str = ""
    anchor: str = ""


def next_thing(lines: list[ClauseLine], *, is_from_outside: bool, may_act: bool) -> NextThing:
    """รับทราบ → เริ่ม → ส่งผล → รอพิจารณา."""
    states = [AssignmentState(line.task.state) for line in lines]
    new = states.count(AssignmentState.SENT)
    waited = sum(state in WAITED_FOR for state in states)
    returned = states.count(AssignmentState.RETURNED)
    if not states:
        return NextThing("ยังไม่มีข้อที่ขอให้ดำเนินการ")
    if new:
        if not may_act:
            return NextThing(f"ยังไม่รับทราบ {new} ข้อ")
        return NextThing(f"ยังไม่รับทราบ {new} ข้อ", "acknowledge", "รับทราบ")
    if returned:
        return NextThing(f"ส่งกลับให้แก้ไข {returned} ข้อ", anchor="แก้ไขแล้วส่งใหม่")
    if AssignmentState.ACKNOWLEDGED in states:
        return NextThing(f"รับแล้ว ยังไม่ส่งผล {waited} ข้อ", "begin", "เริ่มดำเนินการ")
    if waited:
        return NextThing(f"กำลังทำ ยังไม่ส่งผล {waited} ข้อ", anchor="ส่งผล")
    if all(state == AssignmentState.DONE for state in states):
        return NextThing("เรียบร้อยทุกข้อ")
    if is_from_outside:
        return NextThing("บันทึกผลครบแล้ว เมื่อส่งหนังสือออกแล้ว โปรดบันทึก", "gone", "บันทึกว่าส่งออกแล้ว")
    return NextThing("ส่งผลครบแล้ว รอผู้สั่งการพิจารณา")


def handing_page(
    request: PostRequest,
    row: "Handing",
    *,
    typed: "MultiValueDict[str, str] | None" = None,
    refused: Refused | None = None,
) -> HttpResponse:
    """The page of a matter; what was typed and refused stands in it again."""
    post, now = request.post, timezone.now()
    lines = clause_lines(post, row, now=now)
    is_own = row.organisation.house_path == post.organisation.house_path
    may_act = may_act_for(post, row)
    twins = linked_twins(post, row) if is_own else []
    waiting = [line for line in lines if line.task.state in WAITED_FOR and line.line.left]
    waiting.sort(key=lambda line: line.task.due_on or timezone.localdate())
    letter = letter_of(post, row)
    shown = _shown(request, row, lines, twins, typed)
    return render(
        request,
        "tasks/handing.html",
        {
            "handing": row,
            "lines": shown,
            "first": waiting[0] if waiting else None,
            "next": next_thing(lines, is_from_outside=row.is_from_outside, may_act=may_act),
            "answerable": [one.clause for one in shown if one.is_mendable],
            "open_tasks": [line for line in lines if line.task.state in WAITED_FOR],
            "answered": sum(line.task.state in _SETTLED for line in lines),
            "is_own": is_own,
            "may_act": may_act,
            "may_judge": may_judge(post, row) and not row.is_from_outside,
            "may_divide": post.has_duty(Duty.ORDER),
            "divisions": divisions_of(post, row),
            "remarks": said_together(remarks_of(post, row)),
            "extensions": list(extensions_of(post, row)),
            "letter": letter,
            "way_down": way_down_to(post, row),
            "is_received": letter is not None and letter.direction == Direction.RECEIVED,
            "drafts": drafts_answering(post, letter.pk) if letter is not None else [],
            "twins": twins,
            "likely": [one for one in likely_twins(post, row) if one.is_so is None],
            "seen_at": now.isoformat(),
            "submission": str(uuid6.uuid7()),
            "typed": typed or {},
            "answering": ("answer", "nil", "decline"),
            "typed_tasks": _typed_tasks(typed),
            "refused": refused,
        },
        status=refused.status if refused is not None else 200,
    )


def _is_mendable(line: ClauseLine) -> bool:
    """An answer may be sent, or mended while nobody has judged it."""
    mendable = {AssignmentState.ANSWERED, AssignmentState.NIL}
    return line.task.state in WAITED_FOR or line.task.state in mendable


def _typed_tasks(typed: "MultiValueDict[str, str] | None") -> set[str]:
    return set(typed.getlist("task")) if typed is not None else set()


@dataclass(frozen=True, slots=True)
class Said:
    """สิ่งที่กล่าวครั้งหนึ่ง: the same words about several clauses stand once, with their numbers."""

    remark: "Remark"
    numbers: str


def said_together(remarks: "Iterable[Remark]") -> list[Said]:
    """ข้อความในเรื่อง as it was said, not as it was kept for each clause."""
    found = []
    for _, group in groupby(remarks, key=lambda one: (one.kind, one.made_at, one.text)):
        rows = list(group)
        numbers = []
        for row in reversed(rows):
            clause = row.assignment.obligation.directive if row.assignment else None
            if clause is not None:
                numbers.append(clause.number)
        found.append(Said(rows[0], ", ".join(numbers)))
    return found


@dataclass(frozen=True, slots=True)
class ShownClause:
    """ข้อหนึ่งข้อบนหน้า: the clause, and what stands in the box in which it is answered."""

    clause: ClauseLine
    is_mendable: bool
    offered: str
    text: str
    is_open: bool
    projects: "tuple[Project, ...]" = ()
    is_ours: bool = False
    may_start: bool = False


def _shown(
    request: PostRequest,
    row: "Handing",
    lines: list[ClauseLine],
    twins: "list[Handing]",
    typed: "MultiValueDict[str, str] | None",
) -> list[ShownClause]:
    """What was typed stands first, then an answer of the twin that was asked for, then the last."""
    offered = _offered(request, lines, twins)
    used = request.GET.get("use", "")
    is_one = typed is not None and "one" in typed
    post = request.post
    # A division's matter is its house's: the same projects answer it.
    is_ours = post.organisation.path.startswith(row.organisation.house_path)
    clauses = [line.task.obligation.directive_id for line in lines] if is_ours else []
    answering = own_projects_answering(post, [pk for pk in clauses if pk is not None])
    may_start = is_ours and post.has_duty(Duty.ANSWER_ORDERS)
    shown = []
    for line in lines:
        key = str(line.task.pk)
        given = line.answer.text if line.answer is not None else line.proposed
        is_typed = is_one and key in _typed_tasks(typed)
        other = offered.get(line.task.pk, "")
        is_used = used == key and bool(other)
        if is_typed and typed is not None:
            given = typed.get("text", "")
        elif is_used:
            given = other
        shown.append(
            ShownClause(
                clause=line,
                is_mendable=_is_mendable(line),
                offered=other,
                text=given,
                is_open=is_typed or is_used,
                projects=tuple(answering.get(line.task.obligation.directive_id or 0, ())),
                is_ours=is_ours,
                may_start=may_start,
            )
        )
    return shown


def _offered(
    request: PostRequest, lines: list[ClauseLine], twins: "list[Handing]"
) -> Mapping[int, str]:
    """คำตอบของเรื่องคู่ at the clauses that it fits; nothing is taken over unasked."""
    found: dict[int, str] = {}
    for twin in twins:
        there = clause_lines(request.post, twin, now=timezone.now())
        found = {**answers_to_use(request.post, lines, there), **found}
    return found
