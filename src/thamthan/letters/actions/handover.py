"""The whole desk of a post passes to whoever takes it over, in one step."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from thamthan.errors import Refused
from thamthan.letters.models import ChainStep, SavedSearch, Step
from thamthan.letters.queries.handover import held_by
from thamthan.organisations.actions import end_post, give_post, revoke_token
from thamthan.organisations.models import Post
from thamthan.organisations.queries import check_keeps
from thamthan.organisations.rules import Duty, Role
from thamthan.records.actions import record
from thamthan.records.rules import Verb


@dataclass(frozen=True, slots=True)
class HandedOver:
    """ผลการส่งมอบ: how much of each passed on, and for how many secrets the registrar names anew."""

    steps: int
    drafts: int
    acting: int
    tokens: int
    secrets: int


@transaction.atomic
def hand_over_desk(post: Post, successor: Post, *, by: Post, on: date | None = None) -> HandedOver:
    """ส่งมอบงานในตำแหน่ง: endorsements that wait for this post, its place in chains, its drafts and
    searches and the posts it acts in become the successor's; its keys end, and so does it, with
    `on` as the last day.

    What was named for it as reader of a secret does not pass: that is personal, the registrar
    names anew. What is done stays as it was done, by whom it was done.
    """
    check_keeps(by, post.organisation)
    today = timezone.localdate()
    last_day = on or today
    # Both, always in one order, so that two handovers do not wait for each other.
    keys = sorted((post.pk, successor.pk))
    rows = {row.pk: row for row in Post.objects.select_for_update(of=("self",)).filter(pk__in=keys)}
    leaving, taking = rows[post.pk], rows[successor.pk]
    _check(leaving, taking, today=today)
    desk = held_by(leaving)
    secrets = desk.secret_letters.count() + desk.secret_drafts.count()
    acting = desk.acting
    steps = desk.steps.values_list("pk", flat=True)
    passed = Step.objects.filter(pk__in=list(steps)).update(
        post=taking, role=taking.role, organisation=taking.organisation_id, words=taking.title[:200]
    )
    places = list(desk.chain_steps.values_list("pk", flat=True))
    ChainStep.objects.filter(pk__in=places).update(
        post=taking, role=taking.role, organisation=taking.organisation_id, words=taking.title[:200]
    )
    drafts = desk.drafts.update(made_by=taking)
    known = SavedSearch.objects.filter(post=taking).values_list("name", flat=True)
    desk.searches.exclude(name__in=list(known)).update(post=taking)
    tokens = list(desk.tokens)
    for token in tokens:
        revoke_token(token, by=by)
    for one in acting:
        _pass_acting(one, taking, last_day, by=by)
    if leaving.until_on is None or leaving.until_on > last_day:
        end_post(leaving, on=last_day, by=by)
    facts = {
        "steps": passed,
        "places": len(places),
        "drafts": drafts,
        "acting": len(acting),
        "tokens": len(tokens),
        "secrets": secrets,
    }
    record(Verb.DESK_HANDED_OVER, leaving, by=by, note=taking.words(), to=taking.pk, **facts)
    record(Verb.DESK_HANDED_OVER, taking, by=by, note=leaving.words(), out_of=leaving.pk, **facts)
    post.until_on = leaving.until_on
    return HandedOver(passed, drafts, len(acting), len(tokens), secrets)


def _check(leaving: Post, taking: Post, *, today: date) -> None:
    if leaving.pk == taking.pk:
        raise Refused("ส่งมอบงานให้ตำแหน่งเดียวกันไม่ได้", code="same_post", status=400, field="to")
    if Role.SYSTEM in {leaving.role, taking.role}:
        raise Refused("ตำแหน่งของระบบไม่มีการส่งมอบ", code="not_allowed", status=403)
    if leaving.organisation.house_path != taking.organisation.house_path:
        raise Refused(
            "ส่งมอบงานข้ามหน่วยงานไม่ได้ งานเป็นของหน่วยงานเดิม โปรดเลือกผู้รับมอบในหน่วยงานเดียวกัน",
            code="foreign_post",
            field="to",
        )
    if not taking.is_in_force(today):
        raise Refused("ผู้รับมอบยังไม่ได้อยู่ในตำแหน่งวันนี้", code="not_in_force", field="to")
    if leaving.has_duty(Duty.READ_LETTERS) and not taking.has_duty(Duty.READ_LETTERS):
        raise Refused(
            "ผู้รับมอบไม่มีหน้าที่ดูหนังสือ จึงรับงานนี้ไม่ได้ โปรดเลือกตำแหน่งอื่น", code="wrong_role", field="to"
        )


def _pass_acting(acting: Post, taking: Post, last_day: date, *, by: Post) -> None:
    until_on, day = acting.until_on, max(last_day, acting.from_on)
    if until_on is None or until_on > day:
        end_post(acting, on=day, by=by)
    person = taking.person
    if person is None or person.pk == acting.person_id:
        return
    held = Post.objects.filter(
        Q(until_on=None) | Q(until_on__gte=timezone.localdate()),
        person=person,
        organisation=acting.organisation_id,
        role=acting.role,
    )
    if not held.exists():
        give_post(
            person,
            acting.organisation,
            role=acting.role,
            title=acting.title,
            from_on=timezone.localdate(),
            until_on=until_on,
            acting=acting.acting,
            by=by,
        )
