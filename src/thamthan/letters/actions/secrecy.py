"""A letter is classed, its readers are named, and every look at it is kept."""

from django.db import transaction
from django.utils import timezone

from thamthan.errors import Refused
from thamthan.letters.actions.checks import check_duty, locked_letter
from thamthan.letters.actions.numbers import locked_register, number_received
from thamthan.letters.indexing import index_letter
from thamthan.letters.models import Letter, SecretReader, SecretView
from thamthan.letters.rules import Direction, Sight, check_class_change, series_of
from thamthan.letters.secrets import name_first_readers, put_out_of_sight
from thamthan.organisations.models import Post
from thamthan.organisations.rules import Duty
from thamthan.records.actions import record
from thamthan.records.rules import Verb
from thamthan.thai.correspondence import Secrecy


@transaction.atomic
def classify_letter(
    letter: Letter, secrecy: Secrecy, *, by: Post, seen_version: int, reason: str
) -> Letter:
    """เปลี่ยนชั้นความลับ: at once everywhere – book, number, lists, kept pictures.

    Whoever registers letters may raise a class; lowering is the registrar's. A letter that becomes
    secret has no reader but the registrar until some are named. Its twins are classed with it.
    """
    check_duty(by)
    is_registrar = by.has_duty(Duty.KEEP_SECRETS)
    check_class_change(letter.secrecy, secrecy, reason=reason, is_registrar=is_registrar)
    year = timezone.localtime(letter.received_at).year
    # The register before the letter, always. A number that went out stays what it is.
    has_moved = letter.direction == Direction.RECEIVED
    register = locked_register(letter, series_of(secrecy), by=by, year=year) if has_moved else None
    locked = locked_letter(letter, seen_version=seen_version)
    was = locked.secrecy
    check_class_change(was, secrecy, reason=reason, is_registrar=is_registrar)
    if locked.register_id is not None and has_moved:
        if register is None:
            raise Refused("ยังไม่ได้เปิดทะเบียนหนังสือรับ โปรดเปิดทะเบียนก่อน", code="no_register")
        number_received(locked, register)
    locked.secrecy = secrecy
    locked.version += 1
    locked.save()
    record(
        Verb.LETTER_CLASSED,
        locked,
        by=by,
        note=reason.strip(),
        before=was,
        after=secrecy.value,
        receipt_number=locked.receipt_number,
        receipt_year=locked.receipt_year,
    )
    if secrecy == Secrecy.OPEN:
        locked.readers.filter(ended_at=None).update(ended_at=timezone.now())
    elif was == Secrecy.OPEN:
        put_out_of_sight(locked)
    _class_twins(locked, secrecy, by=by, reason=reason)
    index_letter(locked)
    return locked


def _class_twins(letter: Letter, secrecy: Secrecy, *, by: Post, reason: str) -> None:
    # A twin is the same paper: what is secret of the one is secret of the other.
    same = Letter.objects.select_for_update().filter(twin_of=letter.pk) | (
        Letter.objects.filter(pk=letter.twin_of_id) if letter.twin_of_id else Letter.objects.none()
    )
    for other in same.exclude(secrecy=secrecy).exclude(pk=letter.pk):
        if secrecy == Secrecy.OPEN and other.pk == letter.twin_of_id:
            continue
        classify_letter(other, secrecy, by=by, seen_version=other.version, reason=reason)


@transaction.atomic
def name_reader(letter: Letter, post: Post, *, by: Post) -> SecretReader:
    """กำหนดผู้อ่าน: this post may read this secret letter from now on. The registrar's to do."""
    _check_registrar(by)
    locked = Letter.objects.select_for_update().get(pk=letter.pk)
    if not locked.is_secret:
        raise Refused("หนังสือนี้ไม่มีชั้นความลับ ไม่ต้องกำหนดผู้อ่าน", code="not_secret")
    is_of_house = post.organisation.house_path == by.organisation.house_path
    if not is_of_house or not post.is_in_force(timezone.localdate()):
        raise Refused("ตำแหน่งนี้ไม่ได้อยู่ในหน่วยงาน หรือพ้นจากตำแหน่งแล้ว", code="wrong_post", status=400)
    if not post.has_duty(Duty.READ_LETTERS):
        raise Refused("ตำแหน่งนี้ไม่มีหน้าที่ดูหนังสือ จึงกำหนดเป็นผู้อ่านไม่ได้", code="wrong_post", status=400)
    reader, is_new = SecretReader.objects.get_or_create(
        letter=locked, post=post, ended_at=None, defaults={"named_by": by}
    )
    if not is_new:
        raise Refused("ตำแหน่งนี้เป็นผู้อ่านอยู่แล้ว", code="named_already")
    record(Verb.READER_NAMED, locked, by=by, note=post.words(), post=post.pk)
    return reader


@transaction.atomic
def end_reader(reader: SecretReader, *, by: Post) -> None:
    """ยกเลิกผู้อ่าน: from this moment the letter does not exist for that post."""
    _check_registrar(by)
    locked = SecretReader.objects.select_for_update().get(pk=reader.pk)
    if locked.ended_at is not None:
        raise Refused("ยกเลิกผู้อ่านนี้ไปแล้ว", code="ended_already")
    locked.ended_at = timezone.now()
    locked.save(update_fields=["ended_at"])
    record(Verb.READER_ENDED, locked.letter, by=by, note=locked.post.words(), post=locked.post_id)


def record_view(letter: Letter, sight: Sight, *, by: Post, part: str = "") -> None:
    """บันทึกการเปิดดู: one row for each look at a secret letter. Does not ask whether it may."""
    SecretView(letter=letter, post=by, post_words=by.words(), sight=sight, part=part[:120]).save()


def _check_registrar(by: Post) -> None:
    if not by.has_duty(Duty.KEEP_SECRETS):
        raise Refused("การกำหนดผู้อ่านเป็นหน้าที่ของนายทะเบียนข้อมูลข่าวสารลับ", code="not_allowed", status=403)


__all__ = [
    "classify_letter",
    "end_reader",
    "name_first_readers",
    "name_reader",
    "record_view",
]
