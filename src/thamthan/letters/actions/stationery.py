"""An office's letterhead and its own templates."""

from django.db import transaction
from django.utils import timezone

from thamthan.errors import Refused
from thamthan.letters.actions.checks import check_duty
from thamthan.letters.models import Letterhead, LetterTemplate
from thamthan.letters.rules import DraftParts
from thamthan.organisations.models import Organisation, Post
from thamthan.organisations.rules import Duty
from thamthan.records.actions import record, store_file
from thamthan.records.rules import Verb
from thamthan.thai.text import squeeze

_EMBLEM_KINDS = frozenset({"image/png", "image/jpeg"})
_MOST_EMBLEM = 4 * 1024 * 1024


@transaction.atomic
def set_letterhead(
    *,
    by: Post,
    agency: str,
    address: str,
    contacts: str,
    owner_unit: str,
    emblem: bytes | None = None,
) -> Letterhead:
    """ตั้งหัวหนังสือ of the house; without a new picture the emblem stays what it was."""
    check_duty(by)
    if not squeeze(agency):
        raise Refused("โปรดใส่ชื่อส่วนราชการ", code="no_agency", status=400, field="agency")
    house = Organisation.objects.get(path=by.organisation.house_path)
    head = Letterhead.objects.select_for_update().filter(organisation=house).first()
    head = head or Letterhead(organisation=house)
    head.agency = squeeze(agency)[:300]
    head.address, head.contacts = _lines(address), _lines(contacts)
    head.owner_unit = squeeze(owner_unit)[:300]
    if emblem is not None:
        stored = store_file(emblem, by=by) if len(emblem) <= _MOST_EMBLEM else None
        if stored is None or stored.media_type not in _EMBLEM_KINDS:
            raise Refused(
                "ภาพตราต้องเป็น PNG หรือ JPEG ขนาดไม่เกิน 4 MB",
                code="wrong_emblem",
                status=400,
                field="emblem",
            )
        head.emblem = stored
    head.changed_at = timezone.now()
    head.save()
    record(Verb.LETTERHEAD_SET, head, by=by, emblem=head.emblem.sha256 if head.emblem else None)
    return head


@transaction.atomic
def keep_template(name: str, parts: DraftParts, *, by: Post) -> LetterTemplate:
    """เก็บเป็นแบบร่างของหน่วยงาน; one of the same name is replaced, and stays kept as closed."""
    if not by.has_duty(Duty.READ_LETTERS):
        raise Refused("ตำแหน่งนี้ไม่มีหน้าที่เกี่ยวกับหนังสือ", code="not_allowed", status=403)
    if not squeeze(name):
        raise Refused("โปรดตั้งชื่อแบบร่าง", code="no_name", status=400, field="name")
    house = Organisation.objects.get(path=by.organisation.house_path)
    current = LetterTemplate.objects.filter(
        organisation=house, name=squeeze(name)[:120], closed_at=None
    )
    current.update(closed_at=timezone.now())
    template = LetterTemplate.objects.create(
        organisation=house, name=squeeze(name)[:120], parts=parts.to_json(), made_by=by
    )
    record(Verb.TEMPLATE_KEPT, template, by=by)
    return template


def _lines(text: str) -> str:
    return "\n".join(line for line in map(squeeze, text.splitlines()) if line)
