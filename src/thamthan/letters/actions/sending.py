"""A letter is sent to many at once; within this installation it arrives with every word known."""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone
from django_tasks import task

from thamthan.errors import Refused
from thamthan.letters.actions.checks import check_duty
from thamthan.letters.actions.registering import confirm_reading
from thamthan.letters.arriving import Arriving, arriving_letter
from thamthan.letters.models import (
    Enclosure,
    GroupMember,
    Letter,
    LetterFile,
    Reading,
    RecipientGroup,
    Reference,
    Sending,
)
from thamthan.letters.queries import may_receive, readings_of
from thamthan.letters.rules import (
    Direction,
    LetterState,
    SendingState,
    SendingWay,
    check_sending_move,
    check_way,
)
from thamthan.organisations.models import Organisation, Post
from thamthan.records.actions import record, record_each, store_file
from thamthan.records.rules import Verb
from thamthan.thai.text import squeeze

BATCH = 500


@transaction.atomic
def send_letter(
    letter: Letter,
    *,
    by: Post,
    organisations: Iterable[Organisation] = (),
    outside: Sequence[str] = (),
    way: SendingWay = SendingWay.SYSTEM,
    outside_way: SendingWay = SendingWay.POST,
) -> int:
    """ส่งหนังสือ: a row for each receiver, all in one transaction; gives how many are new.

    Who has it already is not sent it again (a button pressed twice). Within this installation it
    is on its way at once, and arrives by a job; by another way it is prepared, and a person
    says when it went.
    """
    check_duty(by)
    check_way(way, letter.secrecy)
    check_way(outside_way, letter.secrecy)
    locked = Letter.objects.select_for_update().get(pk=letter.pk)
    _check_sends(locked, by)
    if outside and outside_way == SendingWay.SYSTEM:
        raise Refused("ผู้รับภายนอกรับในระบบไม่ได้ โปรดเลือกวิธีอื่น", code="wrong_way", status=400)
    now = timezone.now()
    known = set(locked.sendings.values_list("organisation_id", flat=True))
    names = set(locked.sendings.filter(organisation=None).values_list("name", flat=True))
    is_inside = way == SendingWay.SYSTEM
    rows = [
        Sending(
            letter=locked,
            organisation=organisation,
            name=organisation.name,
            way=way,
            state=SendingState.SENT if is_inside else SendingState.PREPARED,
            prepared_by=by,
            prepared_at=now,
            sent_at=now if is_inside else None,
        )
        for organisation in {one.pk: one for one in organisations}.values()
        if organisation.pk not in known and organisation.pk != locked.organisation_id
    ]
    rows += [
        Sending(letter=locked, name=name, way=outside_way, prepared_by=by, prepared_at=now)
        for name in dict.fromkeys(map(squeeze, outside))
        if name and name not in names
    ]
    Sending.objects.bulk_create(rows, batch_size=1000)
    if rows:
        record(Verb.LETTER_DISPATCHED, locked, by=by, count=len(rows), way=way.value)
    if rows and is_inside:
        deliver_sendings_task.enqueue(locked.pk, by.pk)
    return len(rows)


def _check_sends(letter: Letter, by: Post) -> None:
    if letter.organisation.path != by.organisation.house_path:
        raise Refused("หนังสือนี้เป็นของหน่วยงานอื่น", code="foreign_letter", status=400)
    if letter.direction != Direction.SENT or letter.state != LetterState.SENT:
        raise Refused("ส่งได้เฉพาะหนังสือส่งที่ออกเลขแล้วและไม่ได้ยกเลิก", code="not_sent")


def deliver_sendings(letter_pk: int, *, by: Post) -> int:
    """นำหนังสือเข้าคิวรับของผู้รับในระบบ, some hundreds in each transaction; safe to run again."""
    arriving = arriving_letter(letter_pk)
    if arriving is None:
        return 0
    count = 0
    while True:
        done = _deliver_batch(arriving, by=by)
        count += done
        if done < BATCH:
            return count


@transaction.atomic
def _deliver_batch(arriving: Arriving, *, by: Post) -> int:
    # Two jobs for one letter stand in line here.
    sent = Letter.objects.select_for_update().get(pk=arriving.letter.pk)
    if sent.state != LetterState.SENT:
        return 0
    rows = list(
        sent.sendings.filter(state=SendingState.SENT, way=SendingWay.SYSTEM).order_by("pk")[:BATCH]
    )
    now = timezone.now()
    letters = Letter.objects.bulk_create(
        [arriving.letter_for(row, at=now, by=by) for row in rows], batch_size=BATCH
    )
    LetterFile.objects.bulk_create(
        [file for letter in letters for file in arriving.files_for(letter)], batch_size=1000
    )
    if arriving.result is not None:
        Reading.objects.bulk_create(map(arriving.reading_for, letters), batch_size=BATCH)
    Reference.objects.bulk_create(
        [one for letter in letters for one in arriving.references_for(letter)], batch_size=1000
    )
    Enclosure.objects.bulk_create(
        [one for letter in letters for one in arriving.enclosures_for(letter)], batch_size=1000
    )
    record_each(Verb.LETTER_ARRIVED, [(letter, {}) for letter in letters], by=by)
    arrived = Letter.objects.filter(submission=OuterRef("ref")).values("pk")
    Sending.objects.filter(pk__in=[row.pk for row in rows]).update(
        incoming_id=Subquery(arrived), state=SendingState.DELIVERED, delivered_at=now
    )
    return len(rows)


def deliver_waiting(*, by: Post) -> int:
    """ส่งต่อที่ค้าง: what a killed worker left undelivered is put back; gives how many letters."""
    waiting = Sending.objects.filter(
        state=SendingState.SENT, way=SendingWay.SYSTEM, letter__state=LetterState.SENT
    )
    pairs = set(waiting.order_by().values_list("letter_id", "prepared_by_id"))
    for letter_pk, post_pk in sorted(pairs):
        deliver_sendings_task.enqueue(letter_pk, post_pk)
    return len(pairs)


@transaction.atomic
def register_incoming(letter: Letter, *, by: Post, seen_version: int) -> Letter:
    """ลงรับด้วยการกดครั้งเดียว: a letter written in this installation needs no checking against paper.

    Its number and hour are told to the sender. Everything else is as with any letter.
    """
    check_duty(by)
    is_ours = Sending.objects.filter(incoming=letter.pk).exists()
    reading = readings_of(by, letter).reading
    if not is_ours or reading is None:
        raise Refused("หนังสือนี้ไม่ได้มาในระบบ โปรดตรวจและยืนยันก่อนลงรับ", code="not_written_here")
    return confirm_reading(
        letter, reading, by=by, seen_version=seen_version, received_at=letter.received_at
    )


@transaction.atomic
def move_sending(
    sending: Sending,
    to: SendingState,
    *,
    by: Post,
    receipt: str = "",
    note: str = "",
    proof: tuple[str, bytes] | None = None,
) -> Sending:
    """บอกว่าการส่งไปถึงไหน: sent, arrived, received with their number, returned; with proof.

    What goes through this system says so itself.
    """
    check_duty(by)
    locked = Sending.objects.select_for_update().get(pk=sending.pk)
    _check_house(locked, by)
    if locked.way == SendingWay.SYSTEM:
        raise Refused("การส่งในระบบ สถานะเปลี่ยนเองเมื่อผู้รับลงรับ", code="way_of_system")
    check_sending_move(locked.state, to)
    if to == SendingState.RETURNED and not note.strip():
        raise Refused("โปรดบอกเหตุที่ส่งกลับ", code="no_reason", status=400)
    now = timezone.now()
    locked.state = to
    moments = {
        SendingState.SENT: "sent_at",
        SendingState.DELIVERED: "delivered_at",
        SendingState.RECEIVED: "received_at",
    }
    if to in moments:
        setattr(locked, moments[to], now)
    locked.receipt = squeeze(receipt)[:60] or locked.receipt
    locked.note = note.strip()[:2000] or locked.note
    if proof is not None:
        locked.proof_name, locked.proof = proof[0][:255], store_file(proof[1], by=by)
    locked.save()
    record(Verb.SENDING_MOVED, locked, by=by, note=locked.note, to=to.value)
    return locked


@transaction.atomic
def mark_sendings_sent(letter: Letter, *, by: Post) -> int:
    """ส่งแล้วทั้งหมด: everything that was prepared for another way has gone out today."""
    check_duty(by)
    locked = Letter.objects.select_for_update().get(pk=letter.pk)
    _check_sends(locked, by)
    count = locked.sendings.filter(state=SendingState.PREPARED).update(
        state=SendingState.SENT, sent_at=timezone.now()
    )
    if count:
        record(Verb.LETTER_DISPATCHED, locked, by=by, count=count, gone=True)
    return count


def _check_house(sending: Sending, by: Post) -> None:
    if sending.letter.organisation.path != by.organisation.house_path:
        raise Refused("หนังสือนี้เป็นของหน่วยงานอื่น", code="foreign_letter", status=400)


@transaction.atomic
def keep_group(
    name: str, *, by: Post, codes: Sequence[str], outside: Sequence[str] = ()
) -> RecipientGroup:
    """เก็บกลุ่มผู้รับ; one of the same name is replaced."""
    check_duty(by)
    if not squeeze(name):
        raise Refused("โปรดตั้งชื่อกลุ่มผู้รับ", code="no_name", status=400, field="group")
    house = Organisation.objects.get(path=by.organisation.house_path)
    group, _ = RecipientGroup.objects.get_or_create(
        organisation=house, name=squeeze(name)[:120], defaults={"made_by": by}
    )
    group.outside = "\n".join(outside)
    group.save()
    group.members.all().delete()
    GroupMember.objects.bulk_create(
        [GroupMember(group=group, organisation=one) for one in may_receive(by, list(codes))],
        batch_size=1000,
    )
    record(Verb.GROUP_KEPT, group, by=by, count=len(codes))
    return group


@task()
def deliver_sendings_task(letter_pk: int, post_pk: int) -> None:
    deliver_sendings(letter_pk, by=Post.objects.select_related("organisation").get(pk=post_pk))
