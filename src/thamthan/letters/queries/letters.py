"""Letters as a post sees them, with their files, pictures and readings."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from django.core.files.base import File
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from thamthan.errors import NotFound, Refused
from thamthan.letters.accuracy import LetterCompared, compare_readings
from thamthan.letters.models import Letter, LetterFile, Reading, SecretReader
from thamthan.letters.rules import (
    LetterState,
    Maker,
    ReadingState,
)
from thamthan.organisations.models import Post
from thamthan.organisations.rules import Duty
from thamthan.reading.model import (
    LetterReading,
    PageSize,
    from_json,
    paper_from_json,
)
from thamthan.records.pictures import (
    Picture,
    can_draw,
    forget_pictures,
    page_picture,
    page_sizes,
)
from thamthan.records.queries import opened
from thamthan.thai.correspondence import Secrecy

A4 = PageSize(595.0, 842.0)


@dataclass(frozen=True, slots=True)
class ReadLetter:
    """The newest readings of a letter: the machine's row, and what counts (a person's first)."""

    machine: Reading | None
    person: Reading | None
    reading: LetterReading | None
    pages: tuple[str, ...]


def letters_seen_by(post: Post) -> QuerySet[Letter]:
    """หนังสือที่ตำแหน่งนี้เห็น: its own house's; of the secret ones those that it is named for, or all
    as their registrar. Nobody sees another house's registry, above or below.
    """
    if not post.has_duty(Duty.READ_LETTERS):
        return Letter.objects.none()
    house = Letter.objects.filter(organisation__path=post.organisation.house_path)
    if not post.has_duty(Duty.KEEP_SECRETS):
        named = SecretReader.objects.filter(letter=OuterRef("pk"), post=post, ended_at=None)
        house = house.filter(Q(secrecy=Secrecy.OPEN) | Exists(named))
    return house.select_related("organisation")


def letter_for(post: Post, pk: int) -> Letter:
    """หนังสือหนึ่งฉบับ; one that this post may not see does not exist for it."""
    try:
        return letters_seen_by(post).select_related("twin_of", "entered_by").get(pk=pk)
    except Letter.DoesNotExist:
        raise NotFound("ไม่พบหนังสือนี้") from None


def check_seen(post: Post, letter: Letter) -> Letter:
    """The same row, where this post may see it now; else it does not exist for it.

    For queries about a letter at hand: it asks whether, and fetches nothing anew.
    """
    if not letters_seen_by(post).filter(pk=letter.pk).exists():
        raise NotFound("ไม่พบหนังสือนี้")
    return letter


def put_aside(post: Post) -> QuerySet[Letter]:
    """หนังสือที่ไม่ลงรับ and twins: they stay findable, newest first."""
    return letters_seen_by(post).filter(
        secrecy=Secrecy.OPEN, state__in=[LetterState.TWIN, LetterState.SET_ASIDE]
    )


def finished_letters(post: Post) -> QuerySet[Letter]:
    """เรื่องที่เรียบร้อยแล้ว, newest first."""
    return letters_seen_by(post).filter(secrecy=Secrecy.OPEN, state=LetterState.FINISHED)


def readings_of(post: Post, letter: Letter) -> ReadLetter:
    """การอ่านล่าสุดของหนังสือ: the machine's and, above it, what a person confirmed."""
    rows = list(check_seen(post, letter).readings.order_by("-pk"))
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
    # What was written within this installation was never read from paper.
    seen = seen.filter(sent_as=None)
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
    return check_seen(post, letter).files.select_related("file")


def file_for(post: Post, pk: int, position: int) -> tuple[LetterFile, "File[bytes]"]:
    """ไฟล์ต้นฉบับหนึ่งไฟล์, open for reading, as it came."""
    letter = letter_for(post, pk)
    _check_not_destroyed(letter)
    try:
        row = files_of(post, letter).get(position=position)
    except LetterFile.DoesNotExist:
        raise NotFound("ไม่พบไฟล์นี้") from None
    return row, opened(row.file)


def _check_not_destroyed(letter: Letter) -> None:
    # The same bytes may live on with another letter; of this one they are gone all the same.
    if letter.state == LetterState.DESTROYED:
        raise NotFound("ไฟล์ของหนังสือนี้ทำลายแล้วตามบัญชีหนังสือขอทำลาย", code="file_destroyed")


def page_picture_for(post: Post, pk: int, position: int, number: int) -> Picture:
    """ภาพของหน้าหนึ่งในไฟล์หนึ่ง; of a secret letter nothing is kept beside its file."""
    letter = letter_for(post, pk)
    _check_not_destroyed(letter)
    try:
        row = files_of(post, letter).get(position=position)
    except LetterFile.DoesNotExist:
        raise NotFound("ไม่พบไฟล์นี้") from None
    picture = page_picture(row.file, number, is_kept=not letter.is_secret)
    if not letter.is_secret:
        _forget_if_classed_meanwhile(letter, row)
    return picture


def _forget_if_classed_meanwhile(letter: Letter, row: LetterFile) -> None:
    # Drawing takes seconds; a class given in them must not leave a kept picture behind.
    if Letter.objects.filter(pk=letter.pk).exclude(secrecy=Secrecy.OPEN).exists():
        forget_pictures(row.file)
        raise NotFound("ไม่พบหนังสือนี้")


def drawn_pages_of(post: Post, letter: Letter) -> dict[int, tuple[PageSize, ...]]:
    """หน้าที่แสดงเป็นภาพได้: for each file that has such pages, by its position, their sizes."""
    sizes: dict[int, tuple[PageSize, ...]] = {}
    if letter.state == LetterState.DESTROYED:
        return sizes
    for row in files_of(post, letter):
        if can_draw(row.file):
            # A picture whose shape is not known before it comes has one page, upright.
            sizes[row.position] = page_sizes(row.file) or (A4,)
    return sizes
