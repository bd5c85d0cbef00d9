"""ปิดยอด: a consolidation becomes a snapshot with a hash that anybody can compute again."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from thamthan.errors import Refused
from thamthan.organisations.models import Post
from thamthan.organisations.rules import Duty
from thamthan.records.actions import record
from thamthan.records.rules import Verb
from thamthan.reports.content import hash_of
from thamthan.reports.models import Consolidation, Question, Report, Round
from thamthan.reports.queries import (
    missing_reports,
    reported,
    reports_seen_by,
    table_questions,
    table_told,
    totals_of,
)


@transaction.atomic
def close_consolidation(round_: Round, *, by: Post) -> Consolidation:
    """ปิดยอดรวมของหน่วยงานนี้ในรอบนี้: what stands now is kept, with who is missing and which versions.

    Reports mended later change the running totals and leave the closed ones as they were. Closed
    again, the first closing stays: whoever needs later figures closes the next round.
    """
    if not by.has_duty(Duty.ORDER):
        raise Refused("ตำแหน่งนี้ไม่มีหน้าที่ปิดยอดรวม", code="not_allowed", status=403)
    house = by.organisation.house_path
    row = (
        Consolidation.objects.select_for_update()
        .filter(round=round_, organisation__path=house)
        .first()
    )
    if row is None:
        raise Refused("หน่วยงานนี้ไม่มีรายงานให้รวมในรอบนี้", code="nothing_to_close")
    if row.closed_at is not None:
        return row
    row.content = closing_content(by, round_)
    row.sha256 = hash_of(row.content)
    row.closed_at, row.closed_by, row.closed_words = timezone.now(), by, by.words()[:400]
    row.save()
    record(Verb.TOTAL_CLOSED, row, by=by, sha256=row.sha256)
    return row


def closing_content(post: Post, round_: Round) -> dict[str, Any]:
    """สิ่งที่ปิดยอด: every total with its counts, who is missing, and the version of each report."""
    keys = dict(Question.objects.filter(round=round_).values_list("pk", "key"))
    came = reported(post, round_, now=timezone.now())
    accepted = reports_seen_by(post).filter(round=round_, accepted_number__isnull=False)
    tables = {
        one.key: {
            each.column.key: {
                "given": each.given, "houses": each.houses, "sum_milli": each.sum_milli,
            }
            for each in table_told(post, round_, one).sums
        }
        for one in table_questions(post, round_)
    }  # fmt: skip
    return {
        "round": str(round_.ref),
        **({"tables": tables} if tables else {}),
        "totals": {
            keys[pk]: {
                "given": one.given,
                "none": one.none,
                "not_applicable": one.not_applicable,
                "sum_milli": one.sum_milli,
                "of_milli": one.of_milli,
                "most_milli": one.most_milli,
                "less_milli": one.less_milli,
                "less_of_milli": one.less_of_milli,
            }
            for pk, one in sorted(totals_of(post, round_).items())
        },
        "owed": came.owed,
        "sent": came.sent,
        "accepted": came.accepted,
        "missing": sorted(
            missing_reports(post, round_).values_list("organisation__code", flat=True)
        ),
        "versions": _versions(list(accepted)),
    }


def _versions(reports: list[Report]) -> dict[str, int]:
    return {one.organisation.code: one.accepted_number or 0 for one in reports}
