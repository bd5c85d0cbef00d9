"""Every reading of letters that leaves the room; who asks comes first."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from functools import lru_cache

from django.core.files.base import File
from django.db.models import Max, Q, QuerySet
from django.utils import timezone

from thamthan.errors import NotFound, Refused
from thamthan.letters.accuracy import LetterCompared, compare_readings
from thamthan.letters.models import Letter, LetterFile, Reading, Register
from thamthan.letters.rules import (
    LIVING_STATES,
    Direction,
    Identity,
    LetterState,
    Maker,
    ReadingState,
    TimeLeft,
    clock,
    next_due,
    time_left,
    why_twins,
)
from thamthan.organisations.models import Post
from thamthan.organisations.rules import Duty
from thamthan.reading.model import (
    Deadline,
    LetterReading,
    ObligationFinding,
    PageSize,
    from_json,
    paper_from_json,
)
from thamthan.records.pictures import Picture, can_draw, page_picture, page_sizes
from thamthan.records.queries import opened
from thamthan.thai.calendars import WorkingCalendar, thai_calendar
from thamthan.thai.correspondence import Secrecy, parse_letter_number
from thamthan.thai.digits import to_arabic
from thamthan.thai.text import squeeze

UNDATED_SHOWN = 30
A4 = PageSize(595.0, 842.0)


@dataclass(frozen=True, slots=True)
class AskLine:
    """สิ่งที่ขอหนึ่งข้อ with its own deadline, or none."""

    obligation: ObligationFinding
    deadline: Deadline | None
    due_on: date | None
    left: TimeLeft | None


@dataclass(frozen=True, slots=True)
class DeskLine:
    """หนึ่งเรื่องบนโต๊ะทำงาน: what is asked, by when, how long is left, what is doubtful."""

    letter: Letter
    asks: tuple[AskLine, ...]
    due_on: date | None
    left: TimeLeft | None
    left_on_arrival: TimeLeft | None
    doubts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Desk:
    """โต๊ะทำงาน: what must be done now, what is late, and what waits for a person."""

    to_confirm: tuple[Letter, ...]
    due: tuple[DeskLine, ...]
    undated: tuple[DeskLine, ...]
    undated_count: int

    @property
    def late(self) -> tuple[DeskLine, ...]:
        return tuple(line for line in self.due if line.left is not None and line.left.is_late)


@dataclass(frozen=True, slots=True)
class Twin:
    """ฉบับที่น่าจะเป็นฉบับเดียวกัน, and why."""

    letter: Letter
    why: str


@dataclass(frozen=True, slots=True)
class ReadLetter:
    """The newest readings of a letter: the machine's row, and what counts (a person's first)."""

    machine: Reading | None
    person: Reading | None
    reading: LetterReading | None
    pages: tuple[str, ...]


def working_calendar(day: date) -> WorkingCalendar:
    """ปฏิทินวันทำการ round that day: Saturdays, Sundays, public and substitution holidays."""
    return _calendar_round(day.year)


@lru_cache(maxsize=8)
def _calendar_round(year: int) -> WorkingCalendar:
    return thai_calendar(year - 2, year + 3)


def letters_seen_by(post: Post) -> QuerySet[Letter]:
    """หนังสือที่ตำแหน่งนี้เห็น: its own house's, and of the secret ones only if its duty or hand
    brought it to them. Nobody sees another house's registry, above or below.
    """
    if not post.has_duty(Duty.READ_LETTERS):
        return Letter.objects.none()
    house = Letter.objects.filter(organisation__path=post.organisation.house_path)
    if not post.has_duty(Duty.READ_SECRETS):
        house = house.filter(Q(secrecy=Secrecy.OPEN) | Q(entered_by=post))
    return house.select_related("organisation")


def letter_for(post: Post, pk: int) -> Letter:
    """หนังสือหนึ่งฉบับ; one that this post may not see does not exist for it."""
    try:
        return letters_seen_by(post).select_related("twin_of", "entered_by").get(pk=pk)
    except Letter.DoesNotExist:
        raise NotFound("ไม่พบหนังสือนี้") from None


def registers_of(post: Post) -> QuerySet[Register]:
    """ทะเบียนของหน่วยงาน."""
    return Register.objects.filter(organisation__path=post.organisation.house_path)


def next_receipt_number(post: Post, *, year: int) -> int | None:
    """เลขรับถัดไป, a prediction for the page: whoever confirms first gets it. None: no register."""
    register = registers_of(post).filter(direction=Direction.RECEIVED).first()
    return None if register is None else number_after_last(register, year=year)


def number_after_last(register: Register, *, year: int) -> int:
    """The number after the last given one of that calendar year. Does not lock the register."""
    last = register.letters.filter(receipt_year=year).aggregate(last=Max("receipt_number"))["last"]
    if last is not None:
        return int(last) + 1
    return register.first_number if year == register.first_year else 1


def register_page(
    post: Post, *, year: int, month: int | None = None, text: str = ""
) -> QuerySet[Letter]:
    """ทะเบียนหนังสือรับของปีปฏิทินหนึ่ง (ค.ศ.), the newest number first.

    `text` is looked for in number (in any spelling), subject, sender and receipt number; it is
    not the full-text search.
    """
    page = letters_seen_by(post).filter(
        direction=Direction.RECEIVED, receipt_year=year, receipt_number__isnull=False
    )
    if month is not None:
        page = page.filter(received_at__month=month)
    words = squeeze(text).replace("\x00", "")
    if words:
        wanted = (
            Q(subject__icontains=words)
            | Q(sender__icontains=words)
            | Q(number__icontains=to_arabic(words))
        )
        number = parse_letter_number(words)
        if number is not None:
            wanted |= Q(number_key=number.key())
        digits = to_arabic(words)
        if digits.isascii() and digits.isdigit() and len(digits) <= 9:
            wanted |= Q(receipt_number=int(digits))
        page = page.filter(wanted)
    return page.order_by("-receipt_number")


def register_years(post: Post) -> list[int]:
    """ปีที่มีในทะเบียน (ค.ศ.), newest first."""
    years = (
        letters_seen_by(post)
        .filter(receipt_year__isnull=False)
        .order_by()
        .values_list("receipt_year", flat=True)
        .distinct()
    )
    return sorted((year for year in years if year is not None), reverse=True)


def put_aside(post: Post) -> QuerySet[Letter]:
    """หนังสือที่ไม่ลงรับ and twins: they stay findable, newest first."""
    return letters_seen_by(post).filter(state__in=[LetterState.TWIN, LetterState.SET_ASIDE])


def finished_letters(post: Post) -> QuerySet[Letter]:
    """เรื่องที่เรียบร้อยแล้ว, newest first."""
    return letters_seen_by(post).filter(state=LetterState.FINISHED)


def readings_of(post: Post, letter: Letter) -> ReadLetter:
    """การอ่านล่าสุดของหนังสือ: the machine's and, above it, what a person confirmed."""
    rows = list(letter_for(post, letter.pk).readings.order_by("-pk"))
    machine = next((row for row in rows if row.maker == Maker.MACHINE), None)
    person = next((row for row in rows if row.maker == Maker.PERSON), None)
    best = person or (machine if machine and machine.state == ReadingState.DONE else None)
    pages = tuple(machine.pages) if machine is not None else ()
    # The cross-checks look at the whole text too, which the reading's JSON leaves out.
    paper = paper_from_json(machine.paper if machine is not None else {})
    reading = replace(from_json(best.result), pages=pages, paper=paper) if best else None
    return ReadLetter(machine=machine, person=person, reading=reading, pages=pages)


def corrections_of(post: Post, *, since: date | None = None) -> Iterator[LetterCompared]:
    """ผลการอ่านเทียบกับที่คนยืนยัน: the open letters of this post's house that the machine read and a
    person confirmed, in the order in which they came; the person's last word counts.

    `since` is the first day of confirming. Secret letters stay out, whoever asks.
    """
    if not post.has_duty(Duty.READ_LETTERS):
        raise Refused("ตำแหน่งนี้ไม่มีหน้าที่อ่านหนังสือของหน่วยงาน", code="not_allowed", status=403)
    seen = letters_seen_by(post).filter(secrecy=Secrecy.OPEN, readings__maker=Maker.PERSON)
    for letter in seen.distinct().order_by("received_at", "pk").iterator(chunk_size=200):
        rows = list(letter.readings.filter(state=ReadingState.DONE).order_by("pk"))
        machine = next((row for row in rows if row.maker == Maker.MACHINE), None)
        person = next((row for row in reversed(rows) if row.maker == Maker.PERSON), None)
        if machine is None or person is None:
            continue
        confirmed_on = timezone.localtime(person.made_at).date()
        if since is not None and confirmed_on < since:
            continue
        yield LetterCompared(
            ref=str(letter.ref),
            received_on=timezone.localtime(letter.received_at).date(),
            confirmed_on=confirmed_on,
            fields=compare_readings(from_json(machine.result), from_json(person.result)),
        )


def files_of(post: Post, letter: Letter) -> QuerySet[LetterFile]:
    """ไฟล์ของหนังสือ, in their order."""
    return letter_for(post, letter.pk).files.select_related("file")


def file_for(post: Post, pk: int, position: int) -> tuple[LetterFile, "File[bytes]"]:
    """ไฟล์ต้นฉบับหนึ่งไฟล์, open for reading, as it came."""
    try:
        row = files_of(post, letter_for(post, pk)).get(position=position)
    except LetterFile.DoesNotExist:
        raise NotFound("ไม่พบไฟล์นี้") from None
    return row, opened(row.file)


def page_picture_for(post: Post, pk: int, position: int, number: int) -> Picture:
    """ภาพของหน้าหนึ่งในไฟล์หนึ่ง; of a secret letter nothing is kept beside its file."""
    letter = letter_for(post, pk)
    try:
        row = files_of(post, letter).get(position=position)
    except LetterFile.DoesNotExist:
        raise NotFound("ไม่พบไฟล์นี้") from None
    return page_picture(row.file, number, is_kept=not letter.is_secret)


def drawn_pages_of(post: Post, letter: Letter) -> dict[int, tuple[PageSize, ...]]:
    """หน้าที่แสดงเป็นภาพได้: for each file that has such pages, by its position, their sizes."""
    sizes: dict[int, tuple[PageSize, ...]] = {}
    for row in files_of(post, letter):
        if can_draw(row.file):
            # A picture whose shape is not known before it comes has one page, upright.
            sizes[row.position] = page_sizes(row.file) or (A4,)
    return sizes


def likely_twins(post: Post, letter: Letter) -> list[Twin]:
    """ฉบับที่น่าจะเป็นฉบับเดียวกันในหน่วยงานเดียวกัน, the registered ones first.

    Asked among what this post may see; registering asks among all (`twins_in_house`).
    """
    return twins_in_house(letter, among=letters_seen_by(post))


def twins_in_house(letter: Letter, *, among: QuerySet[Letter]) -> list[Twin]:
    """The letters of `among` that are likely the same paper as this one, and why."""
    hashes = set(letter.files.values_list("file__sha256", flat=True))
    likely = Q(files__file__sha256__in=hashes)
    if letter.number_key:
        likely |= Q(number_key=letter.number_key)
    if letter.dated_on is not None:
        likely |= Q(dated_on=letter.dated_on)
    others = (
        among.filter(likely, organisation=letter.organisation_id, state__in=LIVING_STATES)
        .exclude(pk=letter.pk)
        .prefetch_related("files__file")
        .distinct()
        .order_by("receipt_number", "pk")
    )
    mine = _identity(letter, frozenset(hashes))
    twins = []
    for other in others:
        files = frozenset(file.file.sha256 for file in other.files.all())
        why = why_twins(mine, _identity(other, files))
        if why is not None:
            twins.append(Twin(letter=other, why=why))
    return sorted(twins, key=lambda twin: twin.letter.receipt_number is None)


def _identity(letter: Letter, files: frozenset[str]) -> Identity:
    return Identity(
        number_key=letter.number_key,
        dated_on=letter.dated_on,
        subject=letter.subject,
        files=files,
    )


def desk_of(post: Post, *, now: datetime) -> Desk:
    """โต๊ะทำงานของหน่วยงาน: to confirm, then what is due (soonest first), then what has no date."""
    seen = letters_seen_by(post)
    to_confirm = seen.filter(state__in=[LetterState.ARRIVED, LetterState.TO_CONFIRM])
    open_letters = seen.filter(state=LetterState.REGISTERED)
    due = list(open_letters.filter(due_on__isnull=False).order_by("due_on", "due_time", "pk"))
    undated = open_letters.filter(due_on=None).order_by("-received_at", "-pk")
    shown = list(undated[:UNDATED_SHOWN])
    confirmed = _confirmed_readings([*due, *shown])
    lines = [_desk_line(letter, confirmed.get(letter.pk), now) for letter in due]
    return Desk(
        to_confirm=tuple(to_confirm.order_by("received_at", "pk")),
        due=tuple(sorted(lines, key=lambda line: line.due_on or date.max)),
        undated=tuple(_desk_line(letter, confirmed.get(letter.pk), now) for letter in shown),
        undated_count=undated.count(),
    )


def desk_line_of(post: Post, letter: Letter, *, now: datetime) -> DeskLine:
    """เรื่องเดียวกันนี้ ตามที่เห็นบนโต๊ะทำงาน."""
    return _desk_line(letter, readings_of(post, letter).reading, now)


def _confirmed_readings(letters: list[Letter]) -> dict[int, LetterReading]:
    rows = Reading.objects.filter(
        letter__in=[letter.pk for letter in letters], maker=Maker.PERSON
    ).order_by("pk")
    # Later rows overwrite earlier ones: the last word of a person counts.
    return {row.letter_id: from_json(row.result) for row in rows}


def _desk_line(letter: Letter, reading: LetterReading | None, now: datetime) -> DeskLine:
    local_now = timezone.localtime(now)
    asks = tuple(
        _ask_line(obligation, reading, local_now)
        for obligation in (reading.obligations if reading else ())
    )
    due_on = left = on_arrival = None
    if letter.due_on is not None:
        due_on = _due(letter.due_on, letter.due_rule, local_now)
        arrived = timezone.localtime(letter.received_at)
        left = _left(due_on, letter.due_time, local_now)
        on_arrival = _left(letter.due_on, letter.due_time, arrived)
    doubts = tuple(doubt.message for doubt in reading.doubts) if reading else ()
    return DeskLine(
        letter=letter,
        asks=asks,
        due_on=due_on,
        left=left,
        left_on_arrival=on_arrival,
        doubts=doubts,
    )


def _ask_line(
    obligation: ObligationFinding, reading: LetterReading | None, now: datetime
) -> AskLine:
    if reading is None or obligation.deadline is None:
        return AskLine(obligation=obligation, deadline=None, due_on=None, left=None)
    deadline = reading.deadlines[obligation.deadline]
    if deadline.closes is None:
        return AskLine(obligation=obligation, deadline=deadline, due_on=None, left=None)
    due_on = _due(deadline.closes, deadline.rule or "", now)
    left = _left(due_on, clock(deadline.time), now)
    return AskLine(obligation=obligation, deadline=deadline, due_on=due_on, left=left)


def _due(closes: date, rule: str, now: datetime) -> date:
    return next_due(rule, closes, today=now.date()) if rule else closes


def _left(closes: date, at: time | None, now: datetime) -> TimeLeft:
    return time_left(closes, at=at, now=now, calendar=working_calendar(now.date()))
