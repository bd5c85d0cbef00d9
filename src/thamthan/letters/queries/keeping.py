"""The store, loans and disposals, as a post sees them."""

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from thamthan.errors import NotFound, Refused
from thamthan.letters.models import Disposal, DisposalLine, Keeping, Letter, Loan
from thamthan.letters.queries.letters import (
    check_seen,
    letters_seen_by,
)
from thamthan.letters.queries.secrecy import letters_in_the_open
from thamthan.letters.rules import DisposalState, LetterState
from thamthan.organisations.models import Post
from thamthan.organisations.rules import Duty


def to_be_filed(post: Post) -> QuerySet[Letter]:
    """เรื่องที่เรียบร้อยแล้วและยังไม่ได้ส่งเก็บ, the longest finished first."""
    filed = Keeping.objects.filter(letter=OuterRef("pk"), starts_on__isnull=False)
    return (
        letters_in_the_open(post)
        .filter(~Exists(filed), state=LetterState.FINISHED)
        .order_by("received_at", "pk")
    )


def store(post: Post) -> QuerySet[Keeping]:
    """หนังสือที่เก็บอยู่, in the order in which they were filed; secret letters stay out."""
    return (
        Keeping.objects.filter(letter__in=letters_in_the_open(post), destroyed_at=None)
        .filter(starts_on__isnull=False)
        .select_related("letter", "filed_by__person", "filed_by__organisation")
        .order_by("filed_at", "pk")
    )


def keeping_of(post: Post, letter: Letter) -> Keeping | None:
    """การเก็บของหนังสือหนึ่งฉบับ, or none."""
    return Keeping.objects.filter(letter=check_seen(post, letter)).first()


def loans_out(post: Post) -> QuerySet[Loan]:
    """หนังสือที่ยืมออกไปและยังไม่คืน, the soonest due first."""
    return (
        Loan.objects.filter(letter__in=letters_in_the_open(post), returned_on=None)
        .select_related("letter", "lent_by__person", "lent_by__organisation")
        .order_by("due_on", "pk")
    )


def loans_of(post: Post, letter: Letter) -> QuerySet[Loan]:
    """การยืมของหนังสือหนึ่งฉบับ, newest first."""
    return check_seen(post, letter).loans.select_related("lent_by__person")


def loan_for(post: Post, letter: Letter, pk: int) -> Loan:
    try:
        return loans_of(post, letter).get(pk=pk)
    except Loan.DoesNotExist:
        raise NotFound("ไม่พบการยืมนี้") from None


def expired(post: Post, *, year: int) -> QuerySet[Keeping]:
    """หนังสือที่ครบอายุการเก็บก่อนปี `year` (ค.ศ.), of the house: in the store, not lent, on no list that
    is under way. Secret letters go by their own rule and never stand here.
    """
    under_way = DisposalLine.objects.filter(letter=OuterRef("letter")).exclude(
        disposal__state=DisposalState.DESTROYED
    )
    lent = Loan.objects.filter(letter=OuterRef("letter"), returned_on=None)
    return store(post).filter(
        ~Exists(under_way),
        ~Exists(lent),
        expires_on__lt=date(year, 1, 1),
        letter__state=LetterState.FINISHED,
    )


def disposals_of(post: Post) -> QuerySet[Disposal]:
    """การทำลายหนังสือของหน่วยงาน, newest first."""
    if not post.has_duty(Duty.READ_LETTERS):
        raise Refused("ตำแหน่งนี้ไม่มีหน้าที่ดูหนังสือของหน่วยงาน", code="not_allowed", status=403)
    return Disposal.objects.filter(organisation__path=post.organisation.house_path).select_related(
        "organisation", "approved_by__person", "approved_by__organisation"
    )


def disposal_for(post: Post, pk: int) -> Disposal:
    try:
        return disposals_of(post).get(pk=pk)
    except Disposal.DoesNotExist:
        raise NotFound("ไม่พบบัญชีนี้") from None


def disposal_lines(post: Post, disposal: Disposal) -> QuerySet[DisposalLine]:
    """รายการในบัญชีขอทำลาย; a letter classed meanwhile is shown to nobody here."""
    return (
        disposal_for(post, disposal.pk)
        .lines.filter(letter__in=letters_seen_by(post))
        .select_related("letter__keeping", "letter__organisation")
    )
