"""Everything that is done to organisations, people and posts; who acts is always said."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from thamthan.errors import Refused
from thamthan.organisations.imports import (
    BoundaryPreview,
    ListPreview,
    check_may_load,
    compare,
    compare_boundaries,
    lock_tree,
    preview_of,
    system_post,
    write,
)
from thamthan.organisations.lists import (
    ListedOrganisation,
    OrganisationList,
    read_organisations,
    read_outlines,
)
from thamthan.organisations.models import Organisation, Post
from thamthan.organisations.people import (
    change_password,
    change_person,
    create_person,
    end_post,
    give_post,
    give_token,
    log_in,
    reset_password,
    revoke_token,
    unlock_person,
)
from thamthan.organisations.queries import check_keeps
from thamthan.organisations.rules import INSTALLATION, Installation, Role
from thamthan.organisations.signatures import drop_signature, keep_signature
from thamthan.records.actions import record
from thamthan.records.rules import Actor, Verb
from thamthan.thai.text import repair, squeeze

__all__ = [
    "Particulars",
    "change_organisation",
    "change_password",
    "change_person",
    "close_organisation",
    "create_organisation",
    "create_person",
    "drop_signature",
    "end_post",
    "ensure_system_post",
    "give_post",
    "give_token",
    "keep_signature",
    "load_boundaries",
    "load_organisations",
    "log_in",
    "reset_password",
    "revoke_token",
    "unlock_person",
]


@dataclass(frozen=True, slots=True)
class Particulars:
    """รายละเอียดของหน่วยงาน, as a person writes them; all of them, also the unchanged."""

    name: str
    short_name: str
    english_name: str = ""
    lao_kind: str = ""
    agency_code: str = ""
    covers: tuple[str, ...] = ()


@transaction.atomic
def load_organisations(
    content: bytes,
    *,
    by: Post | Installation,
    as_of: date,
    write_it: bool,
    before: bytes | None = None,
) -> ListPreview:
    """นำเข้าบัญชีหน่วยงาน: tell what the list would change; with `write_it`, change it.

    Whole or not at all, and safe to repeat. Refused rows do not stop the others; what the list
    lacks is told, never closed. `before` is a list taken first where there is no tree yet.
    """
    check_may_load(by)
    listed = read_organisations(content)
    if before is not None:
        listed = OrganisationList((*read_organisations(before).rows, *listed.rows), listed.refused)
    if write_it:
        lock_tree()
    comparison = compare(listed, by=by, as_of=as_of)
    preview = preview_of(comparison)
    if not write_it or preview.is_empty:
        return preview
    write(comparison, by=by)
    root = Organisation.objects.filter(parent=None).order_by("pk")[0]
    record(
        Verb.ORGANISATIONS_LOADED,
        root,
        by=by,
        new=len(preview.new),
        changed=len(preview.changed),
        closed=len(preview.closed),
        refused=len(preview.refused),
    )
    return preview


@transaction.atomic
def load_boundaries(content: bytes, *, by: Post, write_it: bool) -> BoundaryPreview:
    """นำเข้าแนวเขต (GeoJSON): tell what would change; with `write_it`, change it. Safe to repeat."""
    check_may_load(by)
    outlines, refused = read_outlines(content)
    if write_it:
        lock_tree()
    return compare_boundaries(outlines, refused, write_as=by if write_it else None)


@transaction.atomic
def create_organisation(
    parent: Organisation,
    *,
    code: str,
    level: str,
    particulars: Particulars,
    from_on: date | None,
    by: Post,
) -> Organisation:
    """เพิ่มหน่วยงาน under a parent that one keeps; `from_on` None: since no one knows when."""
    check_keeps(by, parent)
    if from_on is not None and from_on > timezone.localdate():
        raise Refused("วันที่ตั้งยังมาไม่ถึง", code="day_to_come", status=400, field="from_on")
    code = squeeze(code).upper()
    lock_tree()
    if Organisation.objects.filter(code=code).exists():
        raise Refused(f"มีหน่วยงานรหัส {code} แล้ว", code="code_taken", field="code")
    row = _row(code, particulars, level=level, parent_code=parent.code, valid_from=from_on)
    _write_one(row, by=by, as_of=timezone.localdate())
    return Organisation.objects.get(code=code)


@transaction.atomic
def change_organisation(
    organisation: Organisation,
    particulars: Particulars,
    *,
    parent: Organisation | None,
    on: date,
    by: Post,
) -> Organisation:
    """แก้ไขหน่วยงาน from a day on; a new name, kind or parent keeps the old one for the days before.

    A move takes along everything below. Both the old and the new place must be kept by `by`.
    """
    check_keeps(by, organisation)
    lock_tree()
    row = _row(
        organisation.code,
        particulars,
        level=organisation.level,
        parent_code=parent.code if parent is not None else "",
        valid_from=on,
    )
    _write_one(row, by=by, as_of=on)
    return Organisation.objects.get(pk=organisation.pk)


@transaction.atomic
def close_organisation(
    organisation: Organisation, *, on: date, successor: Organisation | None, by: Post
) -> Organisation:
    """ยุบเลิกหน่วยงาน: `on` is its last day. Its divisions close and its posts end with it.

    Refused while other organisations stand under it. Its letters stay where they are.
    """
    check_keeps(by, organisation)
    lock_tree()
    row = ListedOrganisation(
        code=organisation.code,
        closed_on=on,
        succeeded_by=successor.code if successor is not None else "",
    )
    if Organisation.objects.get(pk=organisation.pk).closed_on is not None:
        raise Refused(f"{organisation.name} ยุบเลิกแล้ว", code="closed", field="closed_on")
    _write_one(row, by=by, as_of=timezone.localdate())
    return Organisation.objects.get(pk=organisation.pk)


def ensure_system_post(organisation: Organisation, *, by: Actor = INSTALLATION) -> Post:
    """ตำแหน่งของระบบ in an organisation, made where it is lacking. It asks nobody's leave."""
    fresh = system_post(organisation)
    post, is_new = Post.objects.get_or_create(
        organisation=organisation,
        role=Role.SYSTEM,
        defaults={"title": fresh.title, "from_on": fresh.from_on},
    )
    if is_new:
        record(Verb.POST_GIVEN, post, by=by, holder=post.words())
    return post


def _row(
    code: str,
    particulars: Particulars,
    *,
    level: str,
    parent_code: str,
    valid_from: date | None,
) -> ListedOrganisation:
    words = {
        field: squeeze(repair(getattr(particulars, field).replace("\x00", "")))
        for field in ("name", "short_name", "english_name", "agency_code")
    }
    if not words["name"]:
        raise Refused("โปรดใส่ชื่อหน่วยงาน", code="wrong_field", status=400, field="name")
    for field, most in (
        ("name", 200),
        ("short_name", 120),
        ("english_name", 200),
        ("agency_code", 40),
    ):
        if len(words[field]) > most:
            raise Refused(f"ยาวเกิน {most} ตัวอักษร", code="wrong_field", status=400, field=field)
    return ListedOrganisation(
        code=code,
        name=words["name"],
        short_name=words["short_name"] or words["name"][:120],
        english_name=words["english_name"],
        agency_code=words["agency_code"],
        level=level,
        lao_kind=particulars.lao_kind,
        parent_code=parent_code,
        covers=particulars.covers,
        valid_from=valid_from,
    )


def _write_one(row: ListedOrganisation, *, by: Post, as_of: date) -> None:
    # One organisation is a list of one: a single place knows how the tree may change.
    comparison = compare(OrganisationList((row,)), by=by, as_of=as_of)
    for refused in comparison.refused:
        raise Refused(refused.reason, code="wrong_field", field=refused.field)
    if not preview_of(comparison).is_empty:
        write(comparison, by=by)
