"""A person's own notices, in whichever of their posts they were told."""

from dataclasses import dataclass

from django.db.models import QuerySet

from thamthan.directives.models import Handing, Order
from thamthan.errors import NotFound
from thamthan.notices.models import Notice
from thamthan.notices.rules import NoticeKind
from thamthan.organisations.models import Post
from thamthan.reports.models import Proposal, Report, Round

# A bell says no more than this; the list has the rest.
MOST_COUNTED = 99


def notices_of(post: Post, *, unread: bool = False, kind: str = "") -> QuerySet[Notice]:
    """การแจ้งเตือนของบุคคลนี้, the newest first; nobody sees another's."""
    found = Notice.objects.filter(person=post.person_id).select_related("post__organisation")
    if unread:
        found = found.filter(read_at=None)
    if kind in NoticeKind.values:
        found = found.filter(kind=kind)
    return found


def unread_count(post: Post) -> int:
    """จำนวนที่ยังไม่อ่าน, counted up to what a bell shows and one more."""
    unread = Notice.objects.filter(person=post.person_id, read_at=None).order_by()
    return len(unread.values_list("pk", flat=True)[: MOST_COUNTED + 1])


def notice_for(post: Post, pk: int) -> Notice:
    """การแจ้งเตือนหนึ่งรายการ."""
    found = notices_of(post).filter(pk=pk).first()
    if found is None:
        raise NotFound("ไม่พบการแจ้งเตือนนี้")
    return found


@dataclass(frozen=True, slots=True)
class Subject:
    """เรื่องที่แจ้ง: the keys of what a notice is about; a page finds its own address for them."""

    order: int | None = None
    handing: int | None = None
    report: int | None = None
    round: int | None = None


def row_of_notice(post: Post, notice: Notice) -> Subject:
    """เรื่องที่การแจ้งเตือนพูดถึง. Whether the post may see it, its own door says."""
    if notice.person_id != post.person_id:
        raise NotFound("ไม่พบการแจ้งเตือนนี้")
    if notice.about_kind == Handing._meta.label_lower:
        return Subject(order=notice.order_id, handing=notice.about_id)
    if notice.about_kind == Order._meta.label_lower:
        return Subject(order=notice.about_id)
    if notice.about_kind == Report._meta.label_lower:
        return Subject(order=notice.order_id, report=notice.about_id)
    if notice.about_kind == Proposal._meta.label_lower:
        reports = Proposal.objects.filter(pk=notice.about_id or 0).values_list(
            "report_id", flat=True
        )
        return Subject(order=notice.order_id, report=reports.first())
    if notice.about_kind == Round._meta.label_lower:
        return Subject(order=notice.order_id, round=notice.about_id)
    return Subject(order=notice.order_id)
