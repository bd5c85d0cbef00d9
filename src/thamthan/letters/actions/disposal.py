"""Expired letters are listed, judged by a committee, and destroyed: the files, not the register."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import ManyToOneRel
from django.utils import timezone

from thamthan.errors import Refused
from thamthan.letters.actions.checks import check_duty
from thamthan.letters.indexing import index_letter
from thamthan.letters.models import (
    CommitteeMember,
    Disposal,
    DisposalLine,
    Keeping,
    Letter,
    LetterFile,
    Loan,
    RedactedCopy,
)
from thamthan.letters.queries import expired
from thamthan.letters.rules import (
    FEWEST_MEMBERS,
    DisposalState,
    Fate,
    LetterState,
    check_step,
    silence_ends,
)
from thamthan.organisations.models import Organisation, Post
from thamthan.organisations.rules import Duty
from thamthan.records.actions import erase_bytes, record, remove_file
from thamthan.records.models import RemovedFile, StoredFile
from thamthan.records.rules import Verb

LEFTOVERS_FOR = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Member:
    """กรรมการหนึ่งคน."""

    name: str
    title: str
    is_chair: bool = False


@dataclass(frozen=True, slots=True)
class Judgement:
    """มติหนึ่งรายการ."""

    fate: Fate
    reason: str = ""
    keep_until: date | None = None


@transaction.atomic
def draft_disposal(*, by: Post, year: int) -> Disposal:
    """จัดทำบัญชีหนังสือขอทำลาย of what expired before the calendar year `year`; one a year."""
    check_duty(by)
    if year > timezone.localdate().year:
        raise Refused("ยังไม่ถึงปีที่จะสำรวจ", code="wrong_year", status=400)
    house = Organisation.objects.select_for_update().get(path=by.organisation.house_path)
    if Disposal.objects.filter(organisation=house, year=year).exists():
        raise Refused(f"จัดทำบัญชีของปี {year + 543} ไว้แล้ว", code="listed_already")
    letters = list(expired(by, year=year))
    if not letters:
        raise Refused("ไม่มีหนังสือที่ครบอายุการเก็บ จึงไม่ต้องจัดทำบัญชี", code="nothing_expired")
    disposal = Disposal.objects.create(organisation=house, year=year, made_by=by)
    DisposalLine.objects.bulk_create(
        DisposalLine(disposal=disposal, letter=keeping.letter) for keeping in letters
    )
    record(Verb.DISPOSAL_DRAFTED, disposal, by=by, count=len(letters))
    return disposal


@transaction.atomic
def appoint_committee(disposal: Disposal, members: Sequence[Member], *, by: Post) -> None:
    """แต่งตั้งคณะกรรมการ: a chair and two members at least, by the head's order."""
    check_duty(by)
    locked = _locked(disposal, DisposalState.DRAFTED, DisposalState.COMMITTEE)
    if len(members) < FEWEST_MEMBERS or any(not one.name or not one.title for one in members):
        raise Refused(
            "คณะกรรมการต้องมีประธานและกรรมการอีกอย่างน้อย 2 คน พร้อมชื่อและตำแหน่ง",
            code="too_few_members",
            status=400,
        )
    if sum(one.is_chair for one in members) != 1:
        raise Refused("ต้องมีประธานหนึ่งคน", code="no_chair", status=400)
    locked.members.all().delete()
    CommitteeMember.objects.bulk_create(
        CommitteeMember(
            disposal=locked,
            position=position,
            name=one.name[:200],
            title=one.title[:200],
            is_chair=one.is_chair,
        )
        for position, one in enumerate(members, start=1)
    )
    _step(locked, DisposalState.COMMITTEE)
    names = [f"{one.name} {one.title}" for one in members]
    record(Verb.COMMITTEE_APPOINTED, locked, by=by, members=names)


@transaction.atomic
def judge_lines(disposal: Disposal, judgements: Mapping[int, Judgement], *, by: Post) -> None:
    """ลงมติกรรมการ line by line; when no line is left undecided the review is complete."""
    check_duty(by)
    locked = _locked(disposal, DisposalState.COMMITTEE, DisposalState.REVIEWED)
    lines = {line.pk: line for line in locked.lines.filter(pk__in=judgements)}
    for pk, judgement in judgements.items():
        line = lines.get(pk)
        if line is None:
            raise Refused("ไม่พบรายการนี้ในบัญชี", code="no_line", status=400)
        if judgement.fate == Fate.KEEP and not judgement.reason.strip():
            raise Refused("โปรดบอกเหตุผลของรายการที่เก็บต่อ", code="no_reason", status=400)
        line.fate = judgement.fate
        line.reason = judgement.reason.strip()[:300]
        later = date(locked.year, 12, 31)
        line.keep_until = (
            max(judgement.keep_until or later, later) if judgement.fate == Fate.KEEP else None
        )
    DisposalLine.objects.bulk_update(lines.values(), ["fate", "reason", "keep_until"])
    is_done = not locked.lines.filter(fate=Fate.UNDECIDED).exists()
    _step(locked, DisposalState.REVIEWED if is_done else DisposalState.COMMITTEE)
    going = locked.lines.filter(fate=Fate.DESTROY).count()
    kept = locked.lines.filter(fate=Fate.KEEP).count()
    record(Verb.DISPOSAL_JUDGED, locked, by=by, going=going, kept=kept)


@transaction.atomic
def ask_archives(disposal: Disposal, *, by: Post, asked_on: date) -> None:
    """ส่งบัญชีให้หอจดหมายเหตุแห่งชาติ: on what day; its answer, or its silence, comes later."""
    check_duty(by)
    locked = _locked(disposal, DisposalState.REVIEWED)
    if asked_on > timezone.localdate():
        raise Refused("วันที่ส่งอยู่ในอนาคต", code="wrong_day", field="asked_on", status=400)
    locked.asked_on = asked_on
    _step(locked, DisposalState.ASKED)
    record(Verb.ARCHIVES_ASKED, locked, by=by, on=asked_on.isoformat())


@transaction.atomic
def record_archives_answer(
    disposal: Disposal, *, by: Post, answer: str, answered_on: date | None
) -> None:
    """คำตอบของหอจดหมายเหตุแห่งชาติ; without one, sixty days after asking, silence is agreement."""
    check_duty(by)
    locked = _locked(disposal, DisposalState.ASKED)
    today = timezone.localdate()
    if not answer.strip():
        ends = silence_ends(locked.asked_on or today)
        if today < ends:
            raise Refused(
                "ยังไม่ครบ 60 วันนับแต่วันที่ส่งบัญชี โปรดรอคำตอบ หรือบันทึกคำตอบที่ได้รับ",
                code="too_early",
                field="answer",
                until=ends.isoformat(),
            )
        answer = "ครบ 60 วันแล้วไม่ตอบ ถือว่าไม่ขัดข้อง"
    locked.answer = answer.strip()
    locked.answered_on = answered_on or today
    _step(locked, DisposalState.AGREED)
    record(Verb.ARCHIVES_ANSWERED, locked, by=by, note=locked.answer)


@transaction.atomic
def approve_disposal(disposal: Disposal, *, by: Post) -> None:
    """อนุมัติให้ทำลาย, the first of the head's two steps: nothing is destroyed yet."""
    _check_head(by)
    locked = _locked(disposal, DisposalState.AGREED)
    locked.approved_by = by
    locked.approved_at = timezone.now()
    _step(locked, DisposalState.APPROVED)
    record(Verb.DISPOSAL_APPROVED, locked, by=by)


@transaction.atomic
def destroy_letters(disposal: Disposal, *, by: Post, confirmed_count: int) -> int:
    """ทำลาย, the second step: files, pictures and texts go for good; the register rows stay.

    The head says again how many letters are to go. A file that a living letter has too stays.
    Gives how many letters were destroyed.
    """
    _check_head(by)
    locked = _locked(disposal, DisposalState.APPROVED)
    lines = list(locked.lines.select_related("letter"))
    going = [line for line in lines if line.fate == Fate.DESTROY]
    if confirmed_count != len(going):
        raise Refused(
            f"จำนวนที่ยืนยันไม่ตรง ในบัญชีมีหนังสือที่จะทำลาย {len(going)} ฉบับ",
            code="count_differs",
            field="count",
            status=400,
        )
    letters = Letter.objects.select_for_update().in_bulk([line.letter_id for line in going])
    for line in going:
        _check_may_go(letters[line.letter_id])
    for letter in letters.values():
        _destroy(letter, disposal=locked, by=by)
    for line in lines:
        if line.fate == Fate.KEEP:
            Keeping.objects.filter(letter=line.letter_id).update(expires_on=line.keep_until)
    files = StoredFile.objects.filter(
        pk__in=LetterFile.objects.filter(letter__in=letters).values("file")
    ) | StoredFile.objects.filter(
        pk__in=RedactedCopy.objects.filter(letter__in=letters).values("file")
    )
    for file in files.distinct():
        if not _is_wanted(file):
            remove_file(file, by=by, why=f"disposal:{locked.pk}", is_wanted=_is_wanted)
    locked.destroyed_at = timezone.now()
    _step(locked, DisposalState.DESTROYED)
    record(Verb.DISPOSAL_DONE, locked, by=by, count=len(going))
    return len(going)


def _check_may_go(letter: Letter) -> None:
    if letter.state != LetterState.FINISHED or letter.is_secret:
        raise Refused(
            f"หนังสือเลขรับ {letter.receipt_number} เปลี่ยนไปหลังทำบัญชี จึงทำลายไม่ได้ ให้กรรมการเก็บต่อ",
            code="letter_changed",
        )
    if Loan.objects.filter(letter=letter, returned_on=None).exists():
        raise Refused(f"หนังสือเลขรับ {letter.receipt_number} ยังยืมอยู่", code="lent")


def _destroy(letter: Letter, *, disposal: Disposal, by: Post) -> None:
    files = [
        {"name": row.name, "size": row.file.size, "sha256": row.file.sha256}
        for row in letter.files.select_related("file")
    ]
    # What the machine and people read holds the letter's words; the columns of the register stay.
    letter.readings.all().delete()
    Keeping.objects.filter(letter=letter).update(destroyed_at=timezone.now())
    letter.state = LetterState.DESTROYED
    letter.version += 1
    letter.save()
    # Of its words the register's columns alone can still be found.
    index_letter(letter)
    record(Verb.LETTER_DESTROYED, letter, by=by, files=files, disposal=disposal.pk)


def _is_wanted(file: StoredFile) -> bool:
    """Whether anything that lives has these bytes: a letter not destroyed, or any other row."""
    for field in StoredFile._meta.get_fields(include_hidden=True):
        if not isinstance(field, ManyToOneRel) or field.related_model is RemovedFile:
            continue
        rows = field.related_model._base_manager.filter(**{field.field.name: file})
        if field.related_model in (LetterFile, RedactedCopy):
            rows = rows.exclude(letter__state=LetterState.DESTROYED)
        if rows.exists():
            return True
    return False


def erase_leftovers(*, by: Post) -> int:
    """ลบไฟล์ที่ทำลายแล้วแต่ยังค้างในที่เก็บ, after a process died between saying so and doing it."""
    since = timezone.now() - LEFTOVERS_FOR
    count = 0
    for row in RemovedFile.objects.filter(removed_at__gte=since).select_related("file"):
        if not _is_wanted(row.file) and erase_bytes(row.file, by=by, is_wanted=_is_wanted):
            count += 1
    return count


def _check_head(by: Post) -> None:
    if not by.has_duty(Duty.APPROVE_DISPOSAL):
        raise Refused("การอนุมัติและทำลายเป็นอำนาจของหัวหน้าหน่วยงาน", code="not_allowed", status=403)


def _locked(disposal: Disposal, *expected: DisposalState) -> Disposal:
    locked = Disposal.objects.select_for_update().get(pk=disposal.pk)
    check_step(locked.state, *expected)
    return locked


def _step(disposal: Disposal, to: DisposalState) -> None:
    disposal.state = to
    disposal.save()
