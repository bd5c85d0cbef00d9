"""Every reading of organisations, people and posts that leaves the room; who asks comes first."""

import hashlib
from datetime import date, datetime

from django.db import connection
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Collate
from django.utils import timezone

from thamthan.errors import NotFound, Refused
from thamthan.organisations.models import (
    Boundary,
    Organisation,
    OrganisationSpan,
    Person,
    Post,
    Token,
)
from thamthan.organisations.rules import Duty, Level, Role, is_code
from thamthan.reading.names import Known
from thamthan.records.models import HistoryEntry
from thamthan.records.rules import Verb
from thamthan.thai.text import squeeze

_DEPTH_OF_DEPARTMENT = 2


def posts_of_person(person: Person, *, today: date) -> list[Post]:
    """ตำแหน่งที่บุคคลนี้ดำรงอยู่วันนั้น, own posts before acting ones. A doorkeeper: no post asks."""
    if not person.is_active:
        return []
    posts = _in_force(person.posts.select_related("person", "organisation__parent"), today)
    return sorted(posts, key=lambda post: (post.is_acting, post.from_on, post.pk))


def post_with_token(secret: str, *, now: datetime) -> Post | None:
    """ตำแหน่งของกุญแจนี้, or None when it opens nothing. A doorkeeper: no post asks."""
    token = (
        Token.objects.filter(digest=token_digest(secret), revoked_at=None)
        .select_related("post__person", "post__organisation")
        .first()
    )
    if token is None:
        return None
    post = token.post
    person = post.person
    if person is None or not person.is_active:
        return None
    return post if post.is_in_force(timezone.localdate(now)) else None


def token_digest(secret: str) -> str:
    """What is kept of a key; the key itself never is."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def system_post_of(code: str = "") -> Post:
    """ตำแหน่งของระบบในหน่วยงานนี้, without a code that of the root. A doorkeeper: no post asks."""
    posts = Post.objects.filter(role=Role.SYSTEM).select_related("organisation", "person")
    mine = (
        posts.filter(organisation__code=code) if code else posts.filter(organisation__parent=None)
    )
    post = mine.order_by("organisation__path").first()
    if post is None:
        raise NotFound("ยังไม่ได้นำเข้าบัญชีหน่วยงาน", code="no_organisations")
    return post


def organisations_seen_by(post: Post, *, text: str = "", level: str = "") -> QuerySet[Organisation]:
    """หน่วยงานทั้งหมด: the tree is a public fact, so every post sees the whole of it.

    `text` is looked for in name, short name and code.
    """
    seen = Organisation.objects.all()
    if level:
        seen = seen.filter(level=level) if level in Level.values else seen.none()
    words = squeeze(text).replace("\x00", "")
    if words:
        seen = seen.filter(
            Q(name__icontains=words)
            | Q(short_name__icontains=words)
            | Q(english_name__icontains=words)
            | Q(code__startswith=words)
        )
    return seen


def in_dictionary_order(organisations: QuerySet[Organisation]) -> QuerySet[Organisation]:
    """เรียงหน่วยงานตามลำดับพจนานุกรม ก–ฮ."""
    return organisations.order_by(_dictionary_order(), "pk")


def _dictionary_order() -> Collate:
    # The key orders by plain comparison, which most collations of PostgreSQL are not.
    return Collate(F("sort_key"), "C" if connection.vendor == "postgresql" else "BINARY")


def organisation_for(post: Post, code: str) -> Organisation:
    """หน่วยงานหนึ่งตามรหัส."""
    seen = organisations_seen_by(post).select_related("parent", "succeeded_by")
    found = seen.filter(code=code).first() if is_code(code) else None
    if found is None:
        raise NotFound("ไม่พบหน่วยงานนี้")
    return found


def organisations_below(post: Post, organisation: Organisation) -> QuerySet[Organisation]:
    """หน่วยงานที่อยู่ใต้หน่วยงานนี้ทุกชั้น, closed ones too; not the organisation itself."""
    return (
        organisations_seen_by(post)
        .filter(path__startswith=organisation.path)
        .exclude(pk=organisation.pk)
    )


def reach_of(post: Post) -> str:
    """ขอบเขตที่สั่งการลงไปได้: the path below which this post's house may hand orders down.

    Its house's own; of a department (กรม) its ministry's, whose provinces stand beside it.
    """
    own = post.organisation
    if own.level != Level.DIVISION:
        return own.reach_path
    house = own.house_path
    # A department stands right below its ministry: of a deeper house nothing needs to be asked.
    if house.count("/") != _DEPTH_OF_DEPARTMENT or own.parent is None:
        return house
    return own.parent.reach_path


def below_house(post: Post) -> QuerySet[Organisation]:
    """หน่วยงานที่สั่งการลงไปได้ทุกชั้น, closed ones too: all in reach but the house and its ministry."""
    reach, house = reach_of(post), post.organisation.house_path
    return (
        organisations_seen_by(post).filter(path__startswith=reach).exclude(path__in={reach, house})
    )


def next_below(post: Post) -> QuerySet[Organisation]:
    """หน่วยงานชั้นถัดลงไป: those below without a level between, closed ones too; no divisions.

    A department has the provinces below itself, and not the departments beside it.
    """
    reach = reach_of(post)
    left_out = {Level.DIVISION}
    if reach != post.organisation.house_path:
        left_out.add(Level.DEPARTMENT)
    return below_house(post).filter(parent__path=reach).exclude(level__in=left_out)


def children_of(post: Post, organisation: Organisation) -> QuerySet[Organisation]:
    """หน่วยงานที่อยู่ใต้หน่วยงานนี้หนึ่งชั้น, in dictionary order, closed ones too."""
    return in_dictionary_order(organisations_seen_by(post).filter(parent=organisation))


def ancestors_of(post: Post, organisation: Organisation) -> list[Organisation]:
    """สายบังคับบัญชา: from the root down to the organisation's parent."""
    codes = organisation.path.rstrip("/").split("/")[:-1]
    return list(organisations_seen_by(post).filter(code__in=codes).order_by("path"))


def span_on(post: Post, organisation: Organisation, day: date) -> OrganisationSpan | None:
    """ชื่อ ประเภท และสังกัดของหน่วยงานในวันนั้น; None when it did not exist."""
    return (
        spans_of(post, organisation)
        .filter(Q(from_on=None) | Q(from_on__lte=day), Q(until_on=None) | Q(until_on__gte=day))
        .last()
    )


def spans_of(post: Post, organisation: Organisation) -> QuerySet[OrganisationSpan]:
    """ประวัติชื่อและสังกัดของหน่วยงาน, oldest first."""
    return OrganisationSpan.objects.filter(
        organisation=organisation_for(post, organisation.code)
    ).select_related("organisation")


def boundaries_seen_by(post: Post, *, within: str = "") -> QuerySet[Boundary]:
    """แนวเขต: public facts; `within` is the code of the province or district they lie in."""
    if within and not is_code(within):
        return Boundary.objects.none()
    return Boundary.objects.filter(code__startswith=within).order_by("code")


def boundaries_version(post: Post) -> str:
    """ครั้งที่นำเข้าแนวเขต: another word after each time that an outline was new or changed."""
    kind = Organisation._meta.label_lower
    loaded = HistoryEntry.objects.filter(row_kind=kind, verb=Verb.BOUNDARIES_LOADED)
    last = loaded.order_by("-pk").values_list("pk", "at").first()
    # With the instant: in a database that was put back from a copy a key may come again.
    return f"{last[0]}-{last[1].timestamp():.6f}" if last else ""


def may_keep(post: Post, organisation: Organisation) -> bool:
    """Whether this post keeps (ดูแล) this organisation: its own, and everything under it."""
    return post.has_duty(Duty.KEEP_ORGANISATIONS) and organisation.path.startswith(
        post.organisation.path
    )


def organisations_kept_by(post: Post) -> QuerySet[Organisation]:
    """หน่วยงานที่ตนดูแลและยังไม่ยุบเลิก: where this post may give posts and add people."""
    kept = Organisation.objects.filter(path__startswith=post.organisation.path, closed_on=None)
    return kept.order_by("path") if post.has_duty(Duty.KEEP_ORGANISATIONS) else kept.none()


def check_keeps(post: Post, organisation: Organisation) -> None:
    """Refuse unless this post keeps this organisation."""
    if not may_keep(post, organisation):
        raise Refused(f"ท่านไม่มีสิทธิดูแล{organisation.name}", code="not_allowed", status=403)


def _circle_of(post: Post) -> Q:
    # My house: the organisation and its divisions. A prefix would take in the อปท. of a district.
    house = post.organisation.house_path
    circle = Q(organisation__path=house) | Q(
        organisation__level=Level.DIVISION, organisation__parent__path=house
    )
    if post.has_duty(Duty.KEEP_ORGANISATIONS):
        circle |= Q(organisation__path__startswith=post.organisation.path)
    return circle


def people_seen_by(post: Post, *, text: str = "") -> QuerySet[Person]:
    """บุคคลในหน่วยงานของตน, and of everything below for whoever keeps it; in dictionary order.

    Who once held a post there stays to be seen. `text` is looked for in name and log-in.
    """
    people = Person.objects.filter(pk__in=Post.objects.filter(_circle_of(post)).values("person"))
    words = squeeze(text).replace("\x00", "")
    if words:
        people = people.filter(Q(name__icontains=words) | Q(login__icontains=words))
    return people.order_by(_dictionary_order(), "pk")


def person_for(post: Post, pk: int) -> Person:
    """บุคคลหนึ่ง; one outside the circle does not exist for this post."""
    circle = Post.objects.filter(_circle_of(post), person=pk)
    if not circle.exists():
        raise NotFound("ไม่พบบุคคลนี้")
    return Person.objects.get(pk=pk)


def person_with_login(post: Post, login: str) -> Person:
    """บุคคลตามชื่อผู้ใช้, to give a post to someone who already logs in elsewhere.

    Whoever keeps organisations may find anyone by the exact name, and learns only that name.
    """
    if not post.has_duty(Duty.KEEP_ORGANISATIONS):
        raise NotFound("ไม่พบบุคคลนี้")
    try:
        return Person.objects.get(login__iexact=login.replace("\x00", "").strip())
    except Person.DoesNotExist:
        raise NotFound("ไม่พบบุคคลที่ใช้ชื่อผู้ใช้นี้") from None


def has_control_of(post: Post, person: Person, *, today: date) -> bool:
    """Whether this post may reset this person's password and the like.

    Only where it keeps every organisation in which the person still has or will have a post:
    an administrator below must not become one above.
    """
    held = [
        each
        for each in Post.objects.filter(person=person).select_related("organisation")
        if each.until_on is None or each.until_on >= today
    ]
    if not held:
        held = list(Post.objects.filter(person=person).select_related("organisation"))
    return bool(held) and all(may_keep(post, each.organisation) for each in held)


def posts_at(post: Post, organisation: Organisation) -> QuerySet[Post]:
    """ตำแหน่งในหน่วยงานนี้, present and past, without the system's; none outside the circle."""
    return posts_seen_by(post).filter(organisation=organisation)


def posts_seen_by(post: Post) -> QuerySet[Post]:
    """ตำแหน่งทั้งหมดในวงที่ตนเห็น, present and past, without the system's."""
    return (
        Post.objects.filter(_circle_of(post))
        .exclude(role=Role.SYSTEM)
        .select_related("person", "organisation")
        .order_by("organisation__path", "from_on", "pk")
    )


def posts_held_by(post: Post, person: Person) -> QuerySet[Post]:
    """ตำแหน่งของบุคคลนี้เท่าที่เห็นได้, the newest first."""
    return posts_seen_by(post).filter(person=person).order_by("-from_on", "-pk")


def post_for(post: Post, pk: int) -> Post:
    """ตำแหน่งหนึ่ง; one outside the circle does not exist for this post."""
    found = posts_seen_by(post).filter(pk=pk).first()
    if found is None:
        raise NotFound("ไม่พบตำแหน่งนี้")
    return found


def tokens_seen_by(post: Post, person: Person) -> QuerySet[Token]:
    """กุญแจสำหรับโปรแกรมของบุคคลนี้: one's own, or of whom one has control; the newest first."""
    tokens = Token.objects.filter(post__person=person).select_related("post__organisation")
    if post.person_id != person.pk and not has_control_of(post, person, today=timezone.localdate()):
        return tokens.none()
    return tokens.order_by("-created_at", "-pk")


def token_for(post: Post, pk: int) -> Token:
    """กุญแจหนึ่งดอก."""
    token = Token.objects.filter(pk=pk).select_related("post__person").first()
    person = token.post.person if token is not None else None
    if token is None or person is None or token not in tokens_seen_by(post, person):
        raise NotFound("ไม่พบกุญแจนี้")
    return token


def known_organisations(post: Post) -> Known:
    """หน่วยงานที่ทะเบียนรู้จัก, for the reader's cross-checks: those above, and the own province."""
    own = post.organisation
    steps = own.path.rstrip("/").split("/")
    near = "/".join(steps[:2]) + "/"
    known = Organisation.objects.filter(
        Q(path__startswith=near) | Q(code__in=steps), closed_on=None
    ).exclude(level=Level.DIVISION)
    house = own if own.level != Level.DIVISION else own.parent
    return Known(
        organisations=dict(known.values_list("code", "name")),
        own_name=house.name if house is not None else None,
    )


def _in_force(posts: QuerySet[Post], today: date) -> QuerySet[Post]:
    return posts.filter(Q(until_on=None) | Q(until_on__gte=today), from_on__lte=today)
