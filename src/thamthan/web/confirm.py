"""The confirm page: the letter on one side, what was read in it on the other, one button."""

import json
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from thamthan.errors import NotFound, Refused
from thamthan.letters.actions import confirm_reading
from thamthan.letters.queries import (
    Twin,
    drawn_pages_of,
    files_of,
    is_written_here,
    letter_for,
    likely_twins,
    next_receipt_number,
    readings_of,
    withdrawal_of,
)
from thamthan.letters.rules import LetterState, ReadingState, series_of
from thamthan.organisations.rules import Duty
from thamthan.thai.text import squeeze
from thamthan.web.doors import PostRequest, acting
from thamthan.web.findings import Findings
from thamthan.web.letter_form import Sheet, confirmed_of, doubts_now, rechecked, sheet_of
from thamthan.web.letters import seen_version, shown_file
from thamthan.web.outlines import paper_of
from thamthan.web.paper import marked_pages
from thamthan.web.receiving import received_moment
from thamthan.web.register import opened_register
from thamthan.web.typed import Typed
from thamthan.web.units import Group, Unit

UNDER_WAY = frozenset({ReadingState.QUEUED.value, ReadingState.RUNNING.value})
OUT_OF_REGISTRY = frozenset(
    {LetterState.TWIN.value, LetterState.SET_ASIDE.value, LetterState.DESTROYED.value}
)


@acting
@require_http_methods(["GET", "HEAD", "POST"])
def confirmation(request: PostRequest, pk: int) -> HttpResponse:
    """ยืนยันและลงทะเบียนรับ."""
    letter = letter_for(request.post, pk)
    if not request.post.has_duty(Duty.REGISTER_LETTERS):
        raise Refused("ตำแหน่งนี้ไม่มีหน้าที่รับและลงทะเบียนหนังสือ", code="not_allowed", status=403)
    if letter.state in OUT_OF_REGISTRY:
        return redirect("letter", pk=pk)
    is_new = letter.receipt_number is None
    is_asked = request.method != "POST" and "check" not in request.GET
    if is_new and is_asked and is_written_here(request.post, letter):
        # Nothing on it was read by a machine: one press on its own page is enough.
        return redirect("letter", pk=pk)
    sheet = sheet_of(request.post, letter)
    if request.method != "POST":
        if is_new:
            sheet.twins = likely_twins(request.post, letter)
        return _page(request, sheet)
    sheet.values = {name: str(value) for name, value in request.POST.items()}
    if take := sheet.values.pop("take", ""):
        path, _, value = take.partition("=")
        sheet.values[path] = value
        return _page(request, sheet)
    if seen_version(request) != letter.version:
        return _page(request, _beside(request, sheet))
    return _confirm(request, sheet)


def _confirm(request: PostRequest, sheet: Sheet) -> HttpResponse:
    typed = Typed(sheet.values, near=timezone.localdate())
    received_at = received_moment(typed)
    confirmed = confirmed_of(sheet, received_at)
    sheet.problems = {**confirmed.problems, **typed.problems}
    if sheet.problems or received_at is None:
        return _page(request, sheet)
    if sheet.values.get("open_register"):
        year = timezone.localtime(received_at).year
        problem = opened_register(request, sheet.values, year=year)
        if problem is not None:
            sheet.problems["first_number"] = problem
            return _page(request, sheet)
    try:
        letter = confirm_reading(
            sheet.letter,
            rechecked(request.post, sheet, confirmed, received_at),
            by=request.post,
            seen_version=seen_version(request),
            received_at=received_at,
            despite_twins=squeeze(sheet.values.get("despite_twins", "")),
        )
    except Refused as refused:
        return _page(request, _answered(request, sheet, refused))
    if sheet.letter.receipt_number is None:
        year = (letter.receipt_year or 0) + 543
        messages.success(request, f"ลงทะเบียนรับแล้ว เลขรับ {letter.receipt_number}/{year}")
    else:
        messages.success(request, "บันทึกการแก้ไขแล้ว")
    return redirect("letter", pk=letter.pk)


def _answered(request: PostRequest, sheet: Sheet, refused: Refused) -> Sheet:
    """The page with what the house said to the attempt; everything typed stays."""
    if refused.code == "changed_meanwhile":
        return _beside(request, sheet)
    sheet.refused = refused
    if refused.code == "twins":
        for pk in _keys(refused.facts.get("twins")):
            try:
                sheet.twins.append(Twin(letter=letter_for(request.post, pk), why=""))
            except NotFound:
                # A secret twin is told of in the sentence, and not shown.
                continue
    return sheet


def _keys(given: object) -> list[int]:
    return [pk for pk in given if isinstance(pk, int)] if isinstance(given, list) else []


def _beside(request: PostRequest, sheet: Sheet) -> Sheet:
    """Another clerk saved meanwhile: theirs where this one changed nothing, both where both did."""
    before = _shown_before(sheet.values)
    typed = sheet.values
    fresh = sheet_of(request.post, letter_for(request.post, sheet.letter.pk))
    fresh.values = dict(fresh.shown)
    for name, value in typed.items():
        if squeeze(value) == squeeze(before.get(name, "")):
            continue
        fresh.values[name] = value
        theirs = fresh.shown.get(name, "")
        if name in fresh.shown and squeeze(theirs) not in (
            squeeze(value),
            squeeze(before.get(name, "")),
        ):
            fresh.theirs[name] = theirs or "(ว่าง)"
    fresh.refused = Refused(
        "มีผู้อื่นแก้ไขหรือลงทะเบียนหนังสือนี้ไปแล้วระหว่างที่ท่านเปิดอยู่ ยังไม่ได้บันทึกของท่าน",
        code="changed_meanwhile",
    )
    return fresh


def _shown_before(values: Mapping[str, str]) -> dict[str, str]:
    """What the form showed when it was opened, which it carries with it."""
    try:
        carried = json.loads(values.get("shown", ""))
    except ValueError:
        return {}
    if not isinstance(carried, dict):
        return {}
    return {str(name): value for name, value in carried.items() if isinstance(value, str)}


def _page(request: PostRequest, sheet: Sheet) -> HttpResponse:
    letter = sheet.letter
    papers = paper_of(letter.pk, sheet.read, drawn_pages_of(request.post, letter))
    findings = _findings(request, sheet, papers=papers)
    groups = findings.groups()
    units = _units(groups)
    flagged = _doubtful_first(units)
    machine = sheet.read.machine
    is_reading = (
        letter.state == LetterState.ARRIVED and machine is not None and machine.state in UNDER_WAY
    )
    received_year = timezone.localtime(letter.received_at).year
    files = [shown_file(file) for file in files_of(request.post, letter)]
    for file in files:
        file["sheets"] = papers.sheets(file["position"])
    return render(
        request,
        "letters/confirmation.html",
        {
            "sheet": sheet,
            "letter": letter,
            "withdrawal": withdrawal_of(request.post, letter),
            "values": sheet.values,
            "problems": sheet.problems,
            "wrong": _wrong(units, sheet.problems),
            "groups": groups,
            "flagged": flagged,
            "left_count": sum(unit.is_flagged for unit in units),
            "general": findings.general_doubts(units),
            "has_candidates": any(unit.candidates for unit in units),
            "loose_marks": papers.loose_marks(),
            "machine": machine,
            "is_reading": is_reading and "by_hand" not in request.GET,
            "is_by_hand": sheet.read.reading is None,
            "is_new": letter.receipt_number is None,
            "next_number": next_receipt_number(
                request.post, year=received_year, series=series_of(letter.secrecy)
            ),
            "received_year": received_year,
            "pages": marked_pages(sheet.read.pages, sheet.read.reading),
            "files": files,
            "shown": json.dumps(sheet.shown, ensure_ascii=False),
        },
        status=sheet.status,
    )


def _findings(request: PostRequest, sheet: Sheet, *, papers: Any = None) -> Findings:
    """The units of the form, with the doubts that are left of what now stands in it."""
    more: dict[str, Any] = {}
    reading = sheet.reading
    if request.method == "POST" and sheet.read.reading is not None:
        reading, left, settled = doubts_now(request.post, sheet)
        more = {"left": left, "settled": settled}
    return Findings(
        reading, sheet.values, problems=sheet.problems, theirs=sheet.theirs, papers=papers, **more
    )


def _units(groups: list[Group]) -> list[Unit]:
    return [unit for group in groups for unit in (*group.units, *group.more)]


def _doubtful_first(units: list[Unit]) -> list[Unit]:
    """What a hand wrote, then what has an answer ready, last what the machine was not sure of."""
    return sorted(
        (unit for unit in units if unit.was_flagged),
        key=lambda unit: (not unit.is_by_hand, unit.is_unclear, not unit.suggestions),
    )


def _wrong(units: list[Any], problems: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """Every problem for the list at the top: the field's id, its label, the sentence."""
    labels = {entry.path: (entry.id, entry.label) for unit in units for entry in unit.entries}
    labels["received_on"] = ("f-received_on", "วันที่รับ")
    labels["received_time"] = ("f-received_time", "เวลาที่รับ")
    labels["first_number"] = ("f-first_number", "เลขแรกของทะเบียน")
    return [
        (*labels.get(path, ("findings", "แบบฟอร์ม")), sentence)
        for path, sentence in problems.items()
    ]


@acting
@require_POST
def letter_doubts(request: PostRequest, pk: int) -> HttpResponse:
    """ตรวจทานใหม่: the doubts that are left of what stands in the form, without keeping anything.

    A day or number that cannot be understood yet is told when the form is sent.
    """
    letter = letter_for(request.post, pk)
    if not request.post.has_duty(Duty.REGISTER_LETTERS):
        raise Refused("ตำแหน่งนี้ไม่มีหน้าที่รับและลงทะเบียนหนังสือ", code="not_allowed", status=403)
    sheet = sheet_of(request.post, letter)
    sheet.values = {name: str(value) for name, value in request.POST.items()}
    findings = _findings(request, sheet)
    units = [unit for unit in _units(findings.groups()) if not unit.is_new]
    return render(
        request,
        "letters/doubts.html",
        {
            "units": units,
            "flagged": units,
            "left_count": sum(unit.is_flagged for unit in units),
            "general": findings.general_doubts(units),
            "is_new": letter.receipt_number is None,
        },
    )


@acting
@require_safe
def reading_state(request: PostRequest, pk: int) -> HttpResponse:
    """How far the machine's reading is: asked every few seconds by the page that waits for it."""
    letter = letter_for(request.post, pk)
    machine = readings_of(request.post, letter).machine
    is_reading = machine is not None and machine.state in UNDER_WAY
    response = render(
        request, "letters/parts/reading_state.html", {"letter": letter, "machine": machine}
    )
    if not is_reading or letter.state != LetterState.ARRIVED:
        response["HX-Refresh"] = "true"
    return response
