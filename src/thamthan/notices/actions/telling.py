"""One matter told to some people: the one place where the row of a notice is written."""

from collections.abc import Container, Iterable, Iterator
from datetime import datetime

from thamthan.notices.models import Notice
from thamthan.notices.queries.matters import Matter
from thamthan.notices.queries.report_matters import ReportMatter
from thamthan.notices.rules import Holder, NoticeKind


def notices_to(
    holders: Iterable[Holder], kind: NoticeKind, matter: Matter | ReportMatter, *, cause: str,
    words: str, now: datetime, about: tuple[str, int] | None = None,
    done_by: Container[int | None] = (), **more: object,
) -> Iterator[Notice]:  # fmt: skip
    """แจ้งเรื่องหนึ่งแก่คนเหล่านี้, not kept yet; `about` another row than the matter's own.

    Nobody is told of what they said or did themselves: `done_by`, their persons.
    """
    about_kind, about_id = about or matter.about
    for holder in holders:
        if holder.person in done_by:
            continue
        yield Notice(
            kind=kind,
            post_id=holder.post,
            person_id=holder.person,
            cause=cause,
            words=words,
            order_id=matter.order,
            about_kind=about_kind,
            about_id=about_id,
            is_urgent=matter.is_urgent_as(kind),
            made_at=now,
            **more,
        )
