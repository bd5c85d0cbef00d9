"""The confirm page: the letter on one side, what was read in it on the other, one button."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from thamthan.errors import NotFound, Refused
from thamthan.letters.actions import confirm_reading
from thamthan.letters.queries import (
    ReadLetter,
    Twin,
    files_of,
    letter_for,
    likely_twins,
    next_receipt_number,
    readings_of,
    working_calendar,
)
from thamthan.letters.rules import LetterState, ReadingState
from thamthan.organisations.queries import known_organisations
from thamthan.organisations.rules import Duty
from thamthan.reading import recheck, resolve_deadline
from thamthan.reading.model import Deadline, LetterReading
from thamthan.thai.correspondence import LetterKind, Secrecy
from thamthan.thai.dates import format_date
from thamthan.thai.text import squeeze
from thamthan.web.confirmation import Confirmed, confirmed_reading, doubts_left, form_values
from thamthan.web.doors import PostRequest, acting
from thamthan.web.findings import Findings
from thamthan.web.letters import seen_version, shown_file
from thamthan.web.paper import marked_pages
from thamthan.web.receiving import received_moment
from thamthan.web.register import opened_register
from thamthan.web.typed import Typed

if TYPE_CHECKING:
    from thamthan.letters.models import Letter

UNDER_WAY = frozenset({ReadingState.QUEUED.value, ReadingState.RUNNING.value})
OUT_OF_REGISTRY = frozenset({LetterState.TWIN.value, LetterState.SET_ASIDE.value})
EMPTY = LetterReading(kind=LetterKind.EXTERNAL)


@dataclass(slots=True)
class Sheet:
    """The page as it stands: what the fields hold, what is wrong, what the house answered."""

    letter: "Letter"
    read: ReadLetter
    shown: dict[str, str]
    values: dict[str, str]
    problems: dict[str, str] = field(default_factory=dict)
    theirs: dict[str, str] = field(default_factory=dict)
    refused: Refused | None = None
    twins: list[Twin] = field(default_factory=list)

    @property
    def reading(self) -> LetterReading:
        return self.read.reading or EMPTY

    @property
    def status(self) -> int:
        if self.refused is not None:
            return self.refused.status
        return 422 if self.problems else 200


@acting
@require_http_methods(["GET", "HEAD", "POST"])
def confirmation(request: PostRequest, pk: int) -> HttpResponse:
    """ยืนยันและลงทะเบียนรับ."""
    letter = letter_for(request.post, pk)
    if not request.post.has_duty(Duty.REGISTER_LETTERS):
        raise Refused("ตำแหน่งนี้ไม่มีหน้าที่รับและลงทะเบียนหนังสือ", code="not_allowed", status=403)
    if letter.state in OUT_OF_REGISTRY:
        return redirect("letter", pk=pk)
    sheet = _sheet(request, letter)
    if request.method != "POST":
        if letter.receipt_number is None:
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


def _sheet(request: PostRequest, letter: "Letter") -> Sheet:
    read = readings_of(request.post, letter)
    shown = form_values(read.reading or EMPTY)
    received = timezone.localtime(letter.received_at)
    shown["received_on"] = format_date(received.date(), style="short")
    shown["received_time"] = f"{received:%H.%M}"
    shown["despite_twins"] = ""
    if not shown["secrecy"] and letter.secrecy != Secrecy.OPEN:
        # Who brought a secret letter in said so; a reading that does not know keeps it.
        shown["secrecy"] = letter.secrecy
    return Sheet(letter, read, shown, dict(shown))


def _confirm(request: PostRequest, sheet: Sheet) -> HttpResponse:
    typed = Typed(sheet.values, near=timezone.localdate())
    received_at = received_moment(typed)
    confirmed = _confirmed(sheet, received_at)
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
            _rechecked(request, confirmed, received_at),
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


def _confirmed(sheet: Sheet, received_at: datetime | None) -> Confirmed:
    arrived = received_at or sheet.letter.received_at
    arrived_on = timezone.localtime(arrived).date()
    dated_on = sheet.reading.dated_on.value if sheet.reading.dated_on else None

    def resolve(words: str) -> Deadline:
        return resolve_deadline(
            words, dated_on=dated_on, arrived=arrived_on, calendar=working_calendar(arrived_on)
        )

    shown = {**sheet.shown, "secrecy": form_values(sheet.reading)["secrecy"]}
    return confirmed_reading(
        sheet.reading, sheet.values, resolve=resolve, near=arrived_on, shown=shown
    )


def _rechecked(request: PostRequest, confirmed: Confirmed, received_at: datetime) -> LetterReading:
    arrived = timezone.localtime(received_at)
    again = recheck(
        confirmed.reading,
        arrived=arrived,
        calendar=working_calendar(arrived.date()),
        known=known_organisations(request.post),
    )
    return replace(confirmed.reading, doubts=doubts_left(confirmed, again))


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
    fresh = _sheet(request, letter_for(request.post, sheet.letter.pk))
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
    letter, reading = sheet.letter, sheet.reading
    groups = Findings(reading, sheet.values, problems=sheet.problems, theirs=sheet.theirs).groups()
    units = [unit for group in groups for unit in (*group.units, *group.more)]
    # What has an answer ready goes first, what the machine merely was not sure of last.
    flagged = sorted(
        (unit for unit in units if unit.is_flagged),
        key=lambda unit: (unit.is_unclear, not unit.suggestions),
    )
    machine = sheet.read.machine
    is_reading = (
        letter.state == LetterState.ARRIVED and machine is not None and machine.state in UNDER_WAY
    )
    received_year = timezone.localtime(letter.received_at).year
    return render(
        request,
        "letters/confirmation.html",
        {
            "sheet": sheet,
            "letter": letter,
            "values": sheet.values,
            "problems": sheet.problems,
            "wrong": _wrong(units, sheet.problems),
            "groups": groups,
            "flagged": flagged,
            "machine": machine,
            "is_reading": is_reading and "by_hand" not in request.GET,
            "is_by_hand": sheet.read.reading is None,
            "is_new": letter.receipt_number is None,
            "next_number": next_receipt_number(request.post, year=received_year),
            "received_year": received_year,
            "pages": marked_pages(sheet.read.pages, sheet.read.reading),
            "files": [shown_file(file) for file in files_of(request.post, letter)],
            "shown": json.dumps(sheet.shown, ensure_ascii=False),
        },
        status=sheet.status,
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
