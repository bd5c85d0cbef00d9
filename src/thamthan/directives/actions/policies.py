"""Policies and indicators are taken from lists; a house keeps, changes and ends its own."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import uuid6
from django.db import transaction
from django.db.models import ProtectedError

from thamthan.directives.actions.checks import check_orders, check_own_house
from thamthan.directives.listed import PolicyList
from thamthan.directives.models import Directive, Indicator, Policy, Theme
from thamthan.directives.rules import PolicyKind
from thamthan.errors import Refused
from thamthan.letters.queries import house_of
from thamthan.organisations.models import Organisation, Post
from thamthan.organisations.rules import Duty
from thamthan.records.actions import record, record_each
from thamthan.records.rules import Verb
from thamthan.thai.text import repair, squeeze


@dataclass(slots=True)
class PoliciesLoaded:
    """ผลการนำเข้า: what is new, what differs, what stayed; and whose organisation is not known."""

    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    same: int = 0
    unknown: list[str] = field(default_factory=list)


@transaction.atomic
def load_policies(given: PolicyList, *, by: Post, write_it: bool) -> PoliciesLoaded:
    """นำเข้านโยบายและตัวชี้วัด: what is not in the list stays as it is; nothing is removed.

    A row is known by its code (an indicator by its code and first day). Loaded again unchanged,
    it writes nothing.
    """
    if not by.has_duty(Duty.LOAD_LISTS):
        raise Refused("ตำแหน่งนี้ไม่มีหน้าที่นำเข้าบัญชีของทางราชการ", code="not_allowed", status=403)
    told = PoliciesLoaded()
    organisations = {
        one.code: one
        for one in Organisation.objects.filter(
            code__in={row.organisation for row in given.policies}
        )
    }
    policies = {one.code: one for one in Policy.objects.exclude(kind=PolicyKind.OWN)}
    themes = list(Theme.objects.filter(policy__in=policies.values()).select_related("policy"))
    written: list[Policy | Indicator] = []
    for row in given.policies:
        home = organisations.get(row.organisation)
        if home is None:
            told.unknown.append(f"{row.code} (หน่วยงาน {row.organisation})")
            continue
        columns = {**row.columns, "organisation_id": home.pk}
        kept = policies.get(row.code)
        there = {one.number: one for one in themes if kept is not None and one.policy_id == kept.pk}
        differs = _differing(kept, columns) or _themes_differ(there, row.themes)
        _tell(told, row.code, row.columns["name"], is_new=kept is None, differs=differs)
        if not (differs and write_it):
            continue
        policies[row.code] = kept = _saved(kept or Policy(code=row.code), columns)
        _keep_themes(kept, row.themes, there)
        written.append(kept)
    written += _load_indicators(given, policies, told, write_it=write_it)
    if write_it:
        record_each(Verb.POLICY_KEPT, [(one, {"code": one.code}) for one in written], by=by)
    return told


def _load_indicators(
    given: PolicyList, policies: dict[str, Policy], told: PoliciesLoaded, *, write_it: bool
) -> list[Indicator]:
    kept = {(one.code, one.from_on): one for one in Indicator.objects.all()}
    themes = {
        (one.policy_id, one.number): one.pk
        for one in Theme.objects.filter(policy__in=[p for p in policies.values() if p.pk])
    }
    written = []
    listed = {row.code for row in given.policies}
    for row in given.indicators:
        policy = policies.get(row.policy)
        if row.policy and policy is None and (write_it or row.policy not in listed):
            told.unknown.append(f"{row.code} (นโยบาย {row.policy})")
            continue
        policy_pk = policy.pk if policy is not None else None
        columns = {
            **row.columns,
            "policy_id": policy_pk,
            "theme_id": themes.get((policy_pk, row.theme)) if policy_pk else None,
        }
        there = kept.get((row.code, row.from_on))
        differs = _differing(there, columns)
        _tell(told, row.code, row.columns["name"], is_new=there is None, differs=differs)
        if differs and write_it:
            fresh = there or Indicator(code=row.code, from_on=row.from_on)
            written.append(_saved(fresh, columns))
    return written


def _tell(told: PoliciesLoaded, code: str, name: str, *, is_new: bool, differs: bool) -> None:
    if is_new:
        told.new.append(f"{code} {name}")
    elif differs:
        told.changed.append(f"{code} {name}")
    else:
        told.same += 1


def _differing(kept: Policy | Indicator | None, columns: dict[str, Any]) -> bool:
    return kept is None or any(getattr(kept, name) != value for name, value in columns.items())


def _themes_differ(there: dict[str, Theme], wanted: Sequence[tuple[str, str]]) -> bool:
    kept = [(one.number, one.name) for one in sorted(there.values(), key=lambda one: one.position)]
    return kept != list(wanted)


def _saved(row: Any, columns: dict[str, Any]) -> Any:
    for name, value in columns.items():
        setattr(row, name, value)
    row.save()
    return row


def _keep_themes(
    policy: Policy, wanted: Sequence[tuple[str, str]], there: dict[str, Theme]
) -> None:
    for position, (number, name) in enumerate(wanted, start=1):
        theme = there.get(number) or Theme(policy=policy, number=number)
        theme.name, theme.position = name, position
        theme.save()
    for number in there.keys() - {number for number, _ in wanted}:
        try:
            with transaction.atomic():
                there[number].delete()
        except ProtectedError:
            raise Refused(
                f"ด้านที่ {number} มีข้อสั่งการหรือตัวชี้วัดอยู่แล้ว จึงเอาออกไม่ได้ เปลี่ยนชื่อได้",
                code="theme_in_use",
                field="themes",
            ) from None


@dataclass(frozen=True, slots=True)
class OwnPolicy:
    """นโยบายของหน่วยงานตามที่พิมพ์; `called` are words by which letters name it."""

    name: str
    short_name: str
    from_on: date | None = None
    until_on: date | None = None
    called: tuple[str, ...] = ()
    themes: tuple[tuple[str, str], ...] = ()
    source: str = ""


@transaction.atomic
def keep_policy(given: OwnPolicy, *, by: Post, policy: Policy | None = None) -> Policy:
    """บันทึกนโยบายของหน่วยงาน: a new one, or one's own with other words.

    Those of the Ministry come from lists and are not changed here. What is under it stays so.
    """
    check_orders(by)
    name, short_name = (squeeze(repair(words)) for words in (given.name, given.short_name))
    if not name or len(name) > 300:
        raise _wrong_field("โปรดใส่ชื่อนโยบาย ไม่เกิน 300 ตัวอักษร", "name")
    if not short_name or len(short_name) > 80:
        raise _wrong_field("โปรดใส่ชื่อย่อ ไม่เกิน 80 ตัวอักษร", "short_name")
    _check_days(given.from_on, given.until_on)
    numbers = [number for number, _ in given.themes]
    if len(numbers) != len(set(numbers)) or any(len(one) > 20 for one in numbers):
        raise _wrong_field("เลขของด้านซ้ำกันหรือยาวเกินไป", "themes")
    if policy is None:
        row = Policy(code=f"own-{uuid6.uuid7().hex[:24]}", kind=PolicyKind.OWN)
        row.organisation = house_of(by)
    else:
        row = _own(policy, by)
    columns = {
        "name": name,
        "short_name": short_name,
        "from_on": given.from_on,
        "until_on": given.until_on,
        "called": "\n".join(filter(None, (squeeze(one) for one in given.called))),
        "source": given.source.strip()[:2000],
        # An office knows its own policy.
        "is_checked": True,
    }
    there = {one.number: one for one in row.themes.all()} if row.pk else {}
    if row.pk and not _differing(row, columns) and not _themes_differ(there, given.themes):
        return row
    _saved(row, columns)
    _keep_themes(row, given.themes, there)
    record(Verb.POLICY_KEPT, row, by=by, name=name)
    return row


@transaction.atomic
def end_policy(policy: Policy, *, on: date, by: Post) -> Policy:
    """นโยบายสิ้นสุด: `on` is its last day; what is under it stays, and it can still be chosen."""
    check_orders(by)
    row = _own(policy, by)
    _check_days(row.from_on, on)
    if row.until_on != on:
        row.until_on = on
        row.save(update_fields=["until_on"])
        record(Verb.POLICY_KEPT, row, by=by, until=on.isoformat())
    return row


def _own(policy: Policy, by: Post) -> Policy:
    Policy.objects.select_for_update(no_key=True).get(pk=policy.pk)
    row = Policy.objects.select_related("organisation").get(pk=policy.pk)
    if row.kind != PolicyKind.OWN:
        raise Refused("นโยบายนี้มากับบัญชีของระบบ แก้ที่นี่ไม่ได้", code="listed_policy", status=403)
    check_own_house(row.organisation, by, words="นโยบายนี้เป็นของหน่วยงานอื่น")
    return row


def _check_days(from_on: date | None, until_on: date | None) -> None:
    if from_on is not None and until_on is not None and until_on < from_on:
        raise _wrong_field("วันสิ้นสุดอยู่ก่อนวันเริ่ม", "until_on")


def _wrong_field(message: str, name: str) -> Refused:
    return Refused(message, code="wrong_field", status=400, field=name)


def set_policies(directive: Directive, chosen: Sequence[tuple[Policy, Theme | None]]) -> bool:
    """The policies of one clause become exactly these; says whether anything changed.

    For actions that hold the order locked. One named with themes is not also named without.
    """
    with_theme = {policy.pk for policy, theme in chosen if theme is not None}
    wanted = {
        (policy.pk, theme.pk if theme is not None else None)
        for policy, theme in chosen
        if theme is not None or policy.pk not in with_theme
    }
    there = {(row.policy_id, row.theme_id): row for row in directive.under.all()}
    for gone in there.keys() - wanted:
        there[gone].delete()
    for policy_pk, theme_pk in wanted - there.keys():
        directive.under.create(policy_id=policy_pk, theme_id=theme_pk)
    return wanted != there.keys()
