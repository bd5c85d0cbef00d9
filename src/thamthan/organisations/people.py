"""What is done to people, their passwords, posts and keys; reached through the room's actions."""

import secrets
from datetime import date, datetime, timedelta

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from thamthan.errors import Refused
from thamthan.organisations.models import Organisation, Person, Post, Token
from thamthan.organisations.queries import (
    check_keeps,
    has_control_of,
    may_keep,
    token_digest,
)
from thamthan.organisations.rules import Acting, Role, fits_level, is_log_in, person_sort_key
from thamthan.records.actions import record, record_each
from thamthan.records.rules import Verb
from thamthan.thai.text import repair, squeeze

_TOKEN_MARK = "thamthan_"  # noqa: S105 – the beginning by which a lost key is recognised
_WEAK = {
    "password_too_short": "รหัสผ่านต้องยาวอย่างน้อย {min_length} ตัวอักษร",
    "password_too_similar": "รหัสผ่านคล้ายชื่อหรือชื่อผู้ใช้เกินไป",
    "password_too_common": "รหัสผ่านนี้มีผู้ใช้กันมาก เดาได้ง่าย",
    "password_entirely_numeric": "รหัสผ่านต้องไม่เป็นตัวเลขล้วน",
}


def log_in(login: str, password: str, *, by: Post, now: datetime) -> Person:
    """เข้าสู่ระบบ: the person whom this name and password belong to; the system asks.

    Says the same, in the same time, of a wrong password and of a name that does not exist. Does
    not check that the person has a post today.

    1. An attempt is counted before the password is looked at, with the row locked for that
       moment only: of many at once, no more than the allowed number are looked at.
    2. The slow comparison holds no lock, so others keep working.
    3. Success forgets the failures.
    """
    person = _counted_attempt(login, now=now)
    if person is None:
        # The time that a comparison takes, for a name that nobody has.
        make_password(password)
        raise _wrong_login()
    if not person.check_password(password):
        if person.locked_until is not None:
            record(Verb.PERSON_LOCKED, person, by=by, until=person.locked_until.isoformat())
        raise _wrong_login()
    Person.objects.filter(pk=person.pk).update(failed_logins=0, locked_until=None)
    person.refresh_from_db()
    return person


def _counted_attempt(login: str, *, now: datetime) -> Person | None:
    person, locked_until = _count_attempt(login, now=now)
    if locked_until is None:
        return person
    minutes = -(-(locked_until - now) // timedelta(minutes=1))
    raise Refused(
        f"ใส่รหัสผิดหลายครั้ง โปรดลองใหม่ในอีก {minutes} นาที",
        code="locked",
        status=429,
        minutes=minutes,
    )


@transaction.atomic
def _count_attempt(login: str, *, now: datetime) -> tuple[Person | None, datetime | None]:
    person = (
        Person.objects.select_for_update()
        .filter(login__iexact=login.replace("\x00", "").strip())
        .first()
    )
    if person is None or not person.is_active:
        return None, None
    if person.is_locked(now):
        return person, person.locked_until
    if person.locked_until is not None:
        person.failed_logins, person.locked_until = 0, None
    person.failed_logins += 1
    if person.failed_logins >= settings.LOGIN_FAILURES:
        # Locked from the last allowed attempt on; if that one is right, it unlocks again.
        person.locked_until = now + timedelta(minutes=settings.LOGIN_LOCK_MINUTES)
    person.save(update_fields=["failed_logins", "locked_until"])
    return person, None


def _wrong_login() -> Refused:
    return Refused("ชื่อผู้ใช้หรือรหัสผ่านไม่ถูกต้อง", code="wrong_login", status=401)


@transaction.atomic
def change_password(person: Person, old: str, new: str, *, by: Post) -> None:
    """เปลี่ยนรหัสผ่านของตนเอง; other sessions of the person end with it."""
    if by.person_id != person.pk:
        raise Refused("เปลี่ยนรหัสผ่านแทนผู้อื่นไม่ได้", code="not_allowed", status=403)
    locked = _locked(person)
    if not locked.check_password(old):
        raise Refused("รหัสผ่านเดิมไม่ถูกต้อง", code="wrong_password", status=400, field="old")
    if old == new:
        raise Refused("รหัสผ่านใหม่ซ้ำกับเดิม", code="weak_password", status=400, field="new")
    _set_password(locked, new, must_change=False)
    record(Verb.PASSWORD_CHANGED, locked, by=by)
    _show_again(person, locked)


@transaction.atomic
def reset_password(person: Person, new: str, *, by: Post) -> None:
    """ตั้งรหัสผ่านใหม่ให้บุคคลในความดูแล, who must choose another at the next log-in."""
    _check_control(by, person)
    locked = _locked(person)
    locked.failed_logins, locked.locked_until = 0, None
    _set_password(locked, new, must_change=True)
    record(Verb.PASSWORD_CHANGED, locked, by=by, reset=True)
    _show_again(person, locked)


@transaction.atomic
def unlock_person(person: Person, *, by: Post) -> None:
    """ปลดระงับ: let a person who gave wrong passwords try again at once."""
    _check_control(by, person)
    locked = _locked(person)
    locked.failed_logins, locked.locked_until = 0, None
    locked.save(update_fields=["failed_logins", "locked_until"])
    record(Verb.PERSON_UNLOCKED, locked, by=by)
    _show_again(person, locked)


@transaction.atomic
def create_person(
    login: str,
    *,
    name: str,
    password: str,
    must_change_password: bool,
    organisation: Organisation,
    role: str,
    title: str,
    from_on: date,
    by: Post,
    acting: str = "",
    email: str = "",
    telephone: str = "",
) -> Person:
    """เพิ่มบุคคล with a first post: a person without one would belong to no organisation."""
    check_keeps(by, organisation)
    login = login.strip()
    if not is_log_in(login):
        raise _wrong_field("ชื่อผู้ใช้ใช้ a–z ตัวเลข . _ @ - ยาว 3 ถึง 60 ตัว", "login")
    person = Person(login=login)
    _fill(person, name=name, email=email, telephone=telephone)
    _set_password(person, password, must_change=must_change_password, save=False)
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError:
        raise Refused("มีผู้ใช้ชื่อนี้แล้ว", code="login_taken", status=409, field="login") from None
    record(Verb.PERSON_CREATED, person, by=by, login=login)
    give_post(
        person,
        organisation,
        role=role,
        title=title,
        from_on=from_on,
        acting=acting,
        by=by,
    )
    return person


@transaction.atomic
def change_person(
    person: Person, *, name: str, email: str, telephone: str, is_active: bool, by: Post
) -> None:
    """แก้ไขข้อมูลบุคคล; one who may no longer use the system is set inactive, never removed."""
    _check_control(by, person)
    if by.person_id == person.pk and not is_active:
        raise _wrong_field("ปิดการใช้งานของตนเองไม่ได้", "is_active")
    locked = _locked(person)
    before = (locked.name, locked.email, locked.telephone, locked.is_active)
    _fill(locked, name=name, email=email, telephone=telephone)
    locked.is_active = is_active
    after = (locked.name, locked.email, locked.telephone, locked.is_active)
    if after != before:
        locked.save()
        words = ("name", "email", "telephone", "is_active")
        changes = zip(words, before, after, strict=True)
        facts = {word: [old, new] for word, old, new in changes if old != new}
        record_each(Verb.PERSON_CHANGED, [(locked, facts)], by=by)
    _show_again(person, locked)


@transaction.atomic
def give_post(
    person: Person,
    organisation: Organisation,
    *,
    role: str,
    title: str,
    from_on: date,
    by: Post,
    until_on: date | None = None,
    acting: str = "",
) -> Post:
    """แต่งตั้ง: a person gets a post in an organisation, as its own or acting in it (`Acting`).

    Does not check how many hold such a post: handing over takes days.
    """
    check_keeps(by, organisation)
    title = squeeze(repair(title.replace("\x00", "")))
    if role not in Role.values or not fits_level(role, organisation.level):
        raise _wrong_field("บทบาทนี้ไม่มีในหน่วยงานระดับนี้", "role")
    if acting and acting not in Acting.values:
        raise _wrong_field("โปรดเลือกว่าทำแทนในฐานะใด", "acting")
    if not title or len(title) > 150:
        raise _wrong_field("โปรดใส่ชื่อตำแหน่ง ไม่เกิน 150 ตัวอักษร", "title")
    if until_on is not None and until_on < from_on:
        raise _wrong_field("วันสิ้นสุดอยู่ก่อนวันเริ่ม", "until_on")
    # The organisation first, then the person, so that it does not close in between.
    place = Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    if place.closed_on is not None:
        raise Refused(f"{place.name} ยุบเลิกแล้ว", code="closed", field="organisation")
    _locked(person)
    overlapping = Post.objects.filter(
        Q(until_on=None) | Q(until_on__gte=from_on),
        person=person,
        organisation=organisation,
        role=role,
    )
    if until_on is not None:
        overlapping = overlapping.filter(from_on__lte=until_on)
    if overlapping.exists():
        raise Refused("ดำรงตำแหน่งนี้ในช่วงนั้นอยู่แล้ว", code="post_held", field="role")
    post = Post.objects.create(
        person=person,
        organisation=organisation,
        role=role,
        title=title,
        acting=acting,
        from_on=from_on,
        until_on=until_on,
    )
    record(Verb.POST_GIVEN, post, by=by, holder=post.words(), role=role, on=from_on.isoformat())
    return post


@transaction.atomic
def end_post(post: Post, *, on: date, by: Post) -> None:
    """พ้นจากตำแหน่ง: `on` is the last day; its keys open nothing after it."""
    check_keeps(by, post.organisation)
    locked = Post.objects.select_for_update().get(pk=post.pk)
    if locked.role == Role.SYSTEM:
        raise Refused("ตำแหน่งของระบบไม่สิ้นสุด", code="not_allowed", status=403)
    if on < locked.from_on:
        raise _wrong_field("วันสุดท้ายอยู่ก่อนวันเริ่มดำรงตำแหน่ง", "on")
    if locked.until_on is not None and locked.until_on < on:
        raise Refused("พ้นจากตำแหน่งไปก่อนวันนั้นแล้ว", code="post_ended", field="on")
    locked.until_on = on
    locked.save(update_fields=["until_on"])
    record(Verb.POST_ENDED, locked, by=by, on=on.isoformat())
    post.until_on = on


@transaction.atomic
def give_token(post: Post, *, name: str, by: Post) -> str:
    """ออกกุญแจสำหรับโปรแกรม: the key is told once, here, and cannot be asked for again.

    Only for oneself: a key lets a program read what the post reads, and whoever keeps posts
    does not read letters.
    """
    if by.person_id is None or by.person_id != post.person_id:
        raise Refused("ออกกุญแจได้เฉพาะตำแหน่งของตนเอง", code="not_allowed", status=403)
    name = squeeze(name.replace("\x00", ""))
    if not name or len(name) > 120:
        raise _wrong_field("โปรดบอกว่ากุญแจใช้ทำอะไร ไม่เกิน 120 ตัวอักษร", "name")
    secret = _TOKEN_MARK + secrets.token_urlsafe(32)
    token = Token.objects.create(post=post, name=name, digest=token_digest(secret))
    record(Verb.TOKEN_GIVEN, token, by=by, name=name)
    return secret


@transaction.atomic
def revoke_token(token: Token, *, by: Post) -> None:
    """เพิกถอนกุญแจ: at once, by its holder or whoever keeps the organisation. Twice is once."""
    holder = token.post
    if by.person_id != holder.person_id and not may_keep(by, holder.organisation):
        raise Refused("เพิกถอนกุญแจของผู้อื่นไม่ได้", code="not_allowed", status=403)
    locked = Token.objects.select_for_update().get(pk=token.pk)
    if locked.revoked_at is None:
        locked.revoked_at = timezone.now()
        locked.save(update_fields=["revoked_at"])
        record(Verb.TOKEN_REVOKED, locked, by=by, name=locked.name)
    token.revoked_at = locked.revoked_at


def _check_control(by: Post, person: Person) -> None:
    if not has_control_of(by, person, today=timezone.localdate()):
        raise Refused("บุคคลนี้มีตำแหน่งในหน่วยงานที่ท่านไม่ได้ดูแล", code="not_allowed", status=403)


def _locked(person: Person) -> Person:
    return Person.objects.select_for_update().get(pk=person.pk)


def _show_again(person: Person, changed: Person) -> None:
    # The caller's own copy says what is kept, down to the password that its session hangs on.
    for field in Person._meta.concrete_fields:
        setattr(person, field.attname, getattr(changed, field.attname))


def _set_password(person: Person, new: str, *, must_change: bool, save: bool = True) -> None:
    try:
        validate_password(new, user=person)
    except ValidationError as weak:
        reasons = [
            _WEAK.get(str(each.code), "รหัสผ่านเดาได้ง่าย").format(**each.params or {})
            for each in weak.error_list
        ]
        raise Refused(" ".join(reasons), code="weak_password", status=400, field="new") from None
    person.set_password(new)
    person.must_change_password = must_change
    if save:
        person.save()


def _fill(person: Person, *, name: str, email: str, telephone: str) -> None:
    name, telephone = (squeeze(repair(word.replace("\x00", ""))) for word in (name, telephone))
    email = email.strip()
    if not name or len(name) > 150:
        raise _wrong_field("โปรดใส่ชื่อ–สกุล ไม่เกิน 150 ตัวอักษร", "name")
    if len(telephone) > 60:
        raise _wrong_field("หมายเลขโทรศัพท์ยาวเกิน 60 ตัวอักษร", "telephone")
    if email:
        try:
            validate_email(email)
        except ValidationError:
            raise _wrong_field("อีเมลไม่ถูกต้อง", "email") from None
    person.name, person.email, person.telephone = name, email, telephone
    person.sort_key = person_sort_key(name)


def _wrong_field(message: str, field: str) -> Refused:
    return Refused(message, code="wrong_field", status=400, field=field)
