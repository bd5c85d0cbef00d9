"""Status boards: of one matter down the tree, of a house's matters, of one organisation's."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from thamthan.directives.queries import (
    board_lines,
    board_of,
    matters_in_hands_of,
    matters_of,
    missing_names,
    order_for,
    orders_handed_down,
    tasks_of,
)
from thamthan.directives.rules import Show, Sort
from thamthan.letters.queries import house_of
from thamthan.organisations.queries import organisation_for
from thamthan.organisations.rules import Level
from thamthan.web.board_table import board_rows, board_table
from thamthan.web.board_words import (
    STATES,
    DaysLeft,
    answer_of,
    progress_of,
    state_cell,
    tally_cells,
)
from thamthan.web.books import check_reads
from thamthan.web.doors import PostRequest, acting
from thamthan.web.keeping import long_table

if TYPE_CHECKING:
    from thamthan.directives.models import Order
    from thamthan.directives.queries import Board
    from thamthan.organisations.models import Organisation, Post

A_PAGE = 20
# Who receives, besides the local governments: the levels between, where one stands above them.
_BETWEEN = {
    Level.MINISTRY: (Level.PROVINCE, Level.DISTRICT),
    Level.DEPARTMENT: (Level.PROVINCE, Level.DISTRICT),
    Level.PROVINCE: (Level.DISTRICT,),
}
_LEVEL_WORDS = {Level.LAO: "อปท.", Level.DISTRICT: "อำเภอ", Level.PROVINCE: "จังหวัด"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of a board is asked for; every link of the page keeps the rest of it."""

    within: str
    show: Show
    level: Level
    sort: Sort
    page: int

    def address(self, **other: Any) -> str:
        asked = replace(self, **{"page": 1, **other})
        named = {
            "within": asked.within,
            "show": "" if asked.show == Show.ALL else asked.show.value,
            "level": "" if asked.level == Level.LAO else asked.level.value,
            "sort": "" if asked.sort == Sort.NAME else asked.sort.value,
            "page": "" if asked.page == 1 else str(asked.page),
        }
        # A link to the page itself, without conditions, must not be empty.
        return "?" + urlencode({name: value for name, value in named.items() if value})


def wanted_of(request: PostRequest) -> Wanted:
    """What the address asks for; what it does not know it takes for the ordinary."""
    given = request.GET
    show, sort = given.get("show", ""), given.get("sort", "")
    level, page = given.get("level", ""), given.get("page", "")
    return Wanted(
        within=given.get("within", "")[:20],
        show=Show(show) if show in Show.values else Show.ALL,
        level=Level(level) if level in {Level.PROVINCE, Level.DISTRICT} else Level.LAO,
        sort=Sort(sort) if sort in Sort.values else Sort.NAME,
        page=int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1,
    )


def place_of(post: "Post", wanted: Wanted) -> "Organisation | None":
    """The organisation that the address names; none means one's own house."""
    return organisation_for(post, wanted.within) if wanted.within else None


@acting
@require_safe
def order_board(request: PostRequest, pk: int) -> HttpResponse:
    """กระดานสถานะของเรื่องหนึ่ง."""
    board, wanted = _board(request, pk)
    today = timezone.localdate()
    facts = _facts(request, board, wanted)
    if board.is_of_areas:
        facts["rows"] = _area_rows(board, wanted)
    else:
        left = DaysLeft(today)
        facts["rows"] = [
            {
                "row": row,
                "cells": [
                    state_cell(cell, column, left)
                    for cell, column in zip(row.cells, board.columns, strict=True)
                ],
                "left": left.words(row.due_on),
            }
            for row in board.receivers
        ]
    facts["missing"] = missing_names(request.post, board, today=today) if board.is_of_areas else ()
    return render(request, "boards/board.html", facts)


def _board(request: PostRequest, pk: int) -> "tuple[Board, Wanted]":
    post, wanted = request.post, wanted_of(request)
    order = order_for(post, pk)
    board = board_of(
        post,
        order,
        within=place_of(post, wanted),
        today=timezone.localdate(),
        show=wanted.show,
        level=wanted.level,
        sort=wanted.sort,
        page=wanted.page,
    )
    return board, wanted


def _facts(request: PostRequest, board: "Board", wanted: Wanted) -> dict[str, Any]:
    levels = (Level.LAO, *_BETWEEN.get(Level(board.within.level), ()))
    return {
        "order": board.order,
        "board": board,
        "today": timezone.localdate(),
        "answer": answer_of(board.heads, board.show),
        "heads_words": (Show.WAITING if board.show == Show.ALL else board.show).label,
        "progress": progress_of(board.whole),
        "path": path_links(board.path, wanted),
        "shows": [
            (show.label, board.whole.shown(show), wanted.address(show=show), show == board.show)
            for show in Show
        ],
        "sorts": [(sort.label, wanted.address(sort=sort), sort == board.sort) for sort in Sort],
        "levels": [
            (_LEVEL_WORDS[level], wanted.address(level=level), level == board.level)
            for level in levels
        ],
        "level_words": _LEVEL_WORDS[board.level],
        "between": board.level != Level.LAO,
        "states": STATES,
        "previous": wanted.address(page=board.page - 1) if board.page > 1 else "",
        "next": wanted.address(page=board.page + 1) if board.page < board.pages else "",
        "query": wanted.address(),
        "has_map": board.level == Level.LAO
        and board.within.level in _BETWEEN | {Level.DISTRICT: ()},
    }


def path_links(path: "tuple[Organisation, ...]", wanted: Wanted) -> list[tuple[str, str]]:
    """Where one stands, from one's own house down; the last is here and has no link."""
    links = [(one.short_name, wanted.address(within=one.code)) for one in path[:-1]]
    return [*links, (path[-1].name, "")]


def _area_rows(board: "Board", wanted: Wanted) -> list[dict[str, Any]]:
    return [
        {
            "row": row,
            "address": wanted.address(within=row.organisation.code)
            if row.is_area
            else reverse("organisation-tasks", args=(row.organisation.code,)),
            "heads": row.heads.waiting if board.show == Show.ALL else row.heads.shown,
            "cells": tally_cells(row.cells, board.columns, board.show),
            "percent": row.whole.percent,
        }
        for row in board.areas
    ]


@acting
@require_safe
def order_board_table(request: PostRequest, pk: int, form: str) -> HttpResponseBase:
    """กระดานสถานะเป็นไฟล์: every organisation that the board is about, a column for each clause."""
    board, _ = _board(request, pk)
    today = timezone.localdate()
    rows = board_rows(board_lines(request.post, board, today=today))
    words = (*answer_of(board.heads, board.show), progress_of(board.whole))
    return long_table(board_table(board, words=words, today=today), rows, form, "กระดานสถานะ")


@acting
@require_safe
def boards(request: PostRequest) -> HttpResponse:
    """เรื่องที่ถ่ายทอดลงไป: a row for each, with how far it is."""
    check_reads(request)
    closed = request.GET.get("closed") == "1"
    today = timezone.localdate()
    rows = orders_handed_down(request.post, closed=closed)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    orders: list[Order] = list(page.object_list)
    matters = matters_of(request.post, orders, today=today)
    return render(
        request,
        "boards/boards.html",
        {
            "page": page,
            "matters": matters,
            "late": sum(bool(row.whole.late) for row in matters),
            "closed": closed,
            "house": house_of(request.post),
            "previous": urlencode({"closed": int(closed), "page": page.number - 1}),
            "next": urlencode({"closed": int(closed), "page": page.number + 1}),
        },
    )


@acting
@require_safe
def organisation_tasks(request: PostRequest, code: str) -> HttpResponse:
    """งานของหน่วยงานหนึ่ง: every matter that it has from or by way of one's own house."""
    check_reads(request)
    post, today = request.post, timezone.localdate()
    organisation = organisation_for(post, code)
    handings = matters_in_hands_of(post, organisation)
    page = Paginator(handings, A_PAGE).get_page(request.GET.get("page"))
    left = DaysLeft(today)
    matters: list[dict[str, Any]] = [
        {
            "matter": one,
            "board": reverse("order-board", args=(one.handing.root_id,)),
            "lines": [(line, line_cell(line, left)) for line in one.lines],
        }
        for one in tasks_of(post, list(page.object_list), today=today)
    ]
    return render(
        request,
        "boards/tasks.html",
        {
            "organisation": organisation,
            "page": page,
            "matters": matters,
            "waiting": sum(one["matter"].waiting for one in matters),
            "late": sum(one["matter"].late for one in matters),
        },
    )


def line_cell(line: Any, left: DaysLeft) -> Any:
    """The cell of a task that stands in a line of its own."""
    return state_cell(line.cell, line, left)
