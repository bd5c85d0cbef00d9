"""A person says whether two matters in hand are the same order come by two routes."""

from django.db import transaction

from thamthan.directives.actions.moving import check_acts_for
from thamthan.directives.models import Handing, TwinOrders
from thamthan.errors import Refused
from thamthan.organisations.models import Post
from thamthan.records.actions import record
from thamthan.records.rules import Verb


@transaction.atomic
def link_twins(handing: Handing, other: Handing, *, by: Post, is_so: bool) -> TwinOrders:
    """เชื่อมเรื่องที่มาสองทาง หรือบอกว่าไม่ใช่; the last word counts, and no answer is copied by it."""
    check_acts_for(handing, by)
    is_same = other.organisation_id == handing.organisation_id and other.root_id != handing.root_id
    if not is_same:
        raise Refused("เลือกเรื่องคู่ไม่ถูกต้อง", code="wrong_twin", status=400)
    one, another = sorted((handing.root_id, other.root_id))
    row, _ = TwinOrders.objects.update_or_create(
        organisation=handing.organisation,
        one_id=one,
        other_id=another,
        defaults={"is_so": is_so, "made_by": by},
    )
    record(Verb.ORDERS_TWINNED, handing, by=by, other=other.pk, is_so=is_so)
    return row
