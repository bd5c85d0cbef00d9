"""Secret letters: who may read them, who did, and what is not for the registrar alone."""

from django.db.models import QuerySet
from django.utils import timezone

from thamthan.errors import NotFound, Refused
from thamthan.letters.models import Letter, SecretReader, SecretView
from thamthan.letters.queries.letters import (
    check_seen,
    letters_seen_by,
)
from thamthan.organisations.models import Post
from thamthan.organisations.rules import Duty
from thamthan.thai.correspondence import Secrecy


def letters_in_the_open(post: Post) -> QuerySet[Letter]:
    """หนังสือที่ไม่มีชั้นความลับ: what search, lists, notices, exports and programs may show, to anyone."""
    return letters_seen_by(post).filter(secrecy=Secrecy.OPEN)


def secret_letters(post: Post) -> QuerySet[Letter]:
    """ทะเบียนข้อมูลข่าวสารลับ: all of the house for its registrar; for others what they are named
    for.
    """
    return (
        letters_seen_by(post)
        .exclude(secrecy=Secrecy.OPEN)
        .select_related("register")
        .order_by("-receipt_year", "-receipt_number", "-received_at", "-pk")
    )


def is_secret(post: Post, pk: int) -> bool:
    """Whether this is a secret letter that this post may see; of others nothing is told."""
    return letters_seen_by(post).filter(pk=pk).exclude(secrecy=Secrecy.OPEN).exists()


def readers_of(post: Post, letter: Letter) -> QuerySet[SecretReader]:
    """ผู้อ่านที่กำหนดไว้, those whose time has ended too; the registrar's to see."""
    _check_registrar(post)
    return check_seen(post, letter).readers.select_related(
        "post__person", "post__organisation", "named_by__person", "named_by__organisation"
    )


def views_of(post: Post, letter: Letter) -> QuerySet[SecretView]:
    """ใครเปิดดูอะไรเมื่อใด, newest first; the registrar's to see."""
    _check_registrar(post)
    return SecretView.objects.filter(letter=check_seen(post, letter))


def posts_to_name(post: Post, letter: Letter) -> list[Post]:
    """ตำแหน่งที่กำหนดเป็นผู้อ่านได้: in force today in the house, reading letters, not named yet."""
    _check_registrar(post)
    named = check_seen(post, letter).readers.filter(ended_at=None).values("post")
    today = timezone.localdate()
    posts = (
        Post.objects.filter(
            organisation__path__startswith=post.organisation.house_path, person__isnull=False
        )
        .exclude(pk__in=named)
        .select_related("person", "organisation")
        .order_by("organisation__path", "pk")
    )
    return [
        each
        for each in posts
        if each.is_in_force(today)
        and each.organisation.house_path == post.organisation.house_path
        and each.has_duty(Duty.READ_LETTERS)
        and not each.has_duty(Duty.KEEP_SECRETS)
    ]


def reader_for(post: Post, letter: Letter, pk: int) -> SecretReader:
    """ผู้อ่านหนึ่งตำแหน่งของหนังสือนี้."""
    try:
        return readers_of(post, letter).get(pk=pk)
    except SecretReader.DoesNotExist:
        raise NotFound("ไม่พบผู้อ่านนี้") from None


def _check_registrar(post: Post) -> None:
    if not post.has_duty(Duty.KEEP_SECRETS):
        raise Refused("หน้านี้เป็นของนายทะเบียนข้อมูลข่าวสารลับ", code="not_allowed", status=403)
