"""เผยแพร่ยอดรวม: what a round came to, for everyone to read, and taken back again."""

from django.db import transaction
from django.utils import timezone

from thamthan.errors import Refused
from thamthan.organisations.models import Post
from thamthan.records.actions import record
from thamthan.records.rules import Verb
from thamthan.reports.content import hash_of
from thamthan.reports.models import Publication, Round
from thamthan.reports.queries import is_secret_round, may_publish, public_content, round_for


def publish_round(
    round_: Round, *, by: Post, is_provisional: bool = False, has_words: bool = False
) -> Publication:
    """เผยแพร่ยอดรวมของรอบรายงาน: the totals as they stand now, at an address that stays.

    By whoever asked first. What is not closed is published only where that is said
    (`is_provisional`), and is marked so. What the houses told goes along only where chosen. A
    secret order's never. Does not check whether the words name somebody by other signs than their
    shape: whoever publishes reads them first.
    """
    row = round_for(by, round_.pk)
    _check_publishes(row, by)
    content = public_content(by, row, now=timezone.now(), has_words=has_words)
    if not content["accepted"]:
        raise Refused("ยังไม่มีรายงานที่รับรอง จึงยังไม่มียอดให้เผยแพร่", code="nothing_accepted")
    if not content["is_closed"] and not is_provisional:
        raise Refused(
            "ยังไม่ปิดยอด ปิดยอดก่อน หรือเลือกเผยแพร่เป็นข้อมูลเบื้องต้น", code="not_closed", status=409
        )
    with transaction.atomic():
        Round.objects.select_for_update(no_key=True).get(pk=row.pk)
        # A letter may have been classed while the totals were gathered.
        _check_publishes(row, by)
        made, _ = Publication.objects.update_or_create(
            round=row,
            defaults={
                "is_public": True,
                "is_closed": content["is_closed"],
                "has_words": has_words,
                "content": content,
                "sha256": hash_of(content),
                "published_at": timezone.now(),
                "published_by": by,
                "published_words": by.words()[:400],
                "withdrawn_at": None,
            },
        )
        record(
            Verb.ROUND_SHOWN,
            row,
            by=by,
            is_public=True,
            is_closed=made.is_closed,
            has_words=has_words,
            sha256=made.sha256,
        )
    return made


@transaction.atomic
def unpublish_round(round_: Round, *, by: Post) -> Publication | None:
    """เลิกเผยแพร่ยอดรวม: gone at once here; who kept a copy keeps it."""
    row = round_for(by, round_.pk)
    if not may_publish(by, row):
        raise _not_allowed()
    made = Publication.objects.select_for_update().filter(round=row).first()
    if made is None or not made.is_public:
        return made
    made.is_public, made.withdrawn_at = False, timezone.now()
    made.save(update_fields=["is_public", "withdrawn_at"])
    record(Verb.ROUND_SHOWN, row, by=by, is_public=False)
    return made


def _check_publishes(row: Round, by: Post) -> None:
    if not may_publish(by, row):
        raise _not_allowed()
    if is_secret_round(by, row):
        raise Refused("เรื่องนี้เป็นชั้นความลับ เผยแพร่ไม่ได้", code="secret_order", status=403)


def _not_allowed() -> Refused:
    return Refused(
        "เผยแพร่ได้เฉพาะหน่วยงานที่ให้รายงานเป็นชั้นแรก โดยผู้มีหน้าที่สั่งการ", code="not_allowed", status=403
    )
