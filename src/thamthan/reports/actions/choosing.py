"""เลือกแบบรายงานของเรื่อง: which form the rounds of what an order asks to be reported open in."""

from django.db import transaction
from django.utils import timezone

from thamthan.directives.models import Obligation, Order
from thamthan.directives.rules import OrderState
from thamthan.errors import Refused
from thamthan.organisations.models import Post
from thamthan.organisations.rules import Duty
from thamthan.reading.model import Ask
from thamthan.records.actions import record
from thamthan.records.rules import Verb
from thamthan.reports.models import FormChoice, ReportForm


@transaction.atomic
def choose_form(obligation: Obligation, form: ReportForm, *, by: Post) -> FormChoice:
    """เลือกแบบ for the rounds that open from now on; those that are open keep their questions.

    By the house whose order it is first: those that pass it on ask in its form. Does not check
    that the form's rhythm is the order's; the page says where they differ.
    """
    if not by.has_duty(Duty.ORDER):
        raise Refused("ตำแหน่งนี้ไม่มีหน้าที่ถ่ายทอดข้อสั่งการ", code="not_allowed", status=403)
    # As rounds are opened: a round opens in the one form or in the other.
    order = Order.objects.select_for_update(no_key=True).get(pk=obligation.order_id)
    if order.organisation.house_path != by.organisation.house_path:
        raise Refused("ผู้เลือกแบบคือหน่วยงานที่สั่งการเรื่องนี้", code="foreign_order", status=403)
    asked = Obligation.objects.get(pk=obligation.pk)
    if asked.ask != Ask.REPORT or asked.dropped_at is not None:
        raise Refused("ข้อนี้ไม่ได้ขอให้รายงาน จึงไม่มีแบบรายงานให้เลือก", code="no_report_asked")
    if order.state == OrderState.CLOSED:
        raise Refused("เรื่องนี้ปิดแล้ว ไม่มีรอบรายงานเปิดอีก", code="order_closed")
    chosen = ReportForm.objects.select_for_update().get(pk=form.pk)
    house = order.organisation_id
    if chosen.organisation_id is not None and chosen.organisation_id != house:
        raise Refused("แบบรายงานนี้เป็นของหน่วยงานอื่น", code="foreign_form", status=403)
    there = FormChoice.objects.filter(obligation=asked).first()
    if there is not None and there.form_id == chosen.pk:
        return there
    if chosen.ended_at is not None:
        raise Refused("แบบนี้เลิกใช้แล้ว โปรดเลือกแบบอื่น", code="form_ended")
    if not chosen.questions.exists():
        raise Refused("แบบนี้ยังไม่มีคำถาม จึงใช้ไม่ได้", code="no_questions")
    kept, _ = FormChoice.objects.update_or_create(
        obligation=asked,
        defaults={
            "form": chosen,
            "chosen_by": by,
            "chosen_words": by.words()[:400],
            "chosen_at": timezone.now(),
        },
    )
    record(Verb.FORM_CHOSEN, order, by=by, form=chosen.code, version=chosen.version)
    return kept
