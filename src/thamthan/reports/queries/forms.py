"""แบบรายงาน as a house sees them: on the shelf, one by one, as it is met, as it may be chosen."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from thamthan.directives.models import Directive, Obligation, Order
from thamthan.directives.queries import order_for
from thamthan.directives.rules import OrderState
from thamthan.errors import NotFound
from thamthan.letters.queries import house_of
from thamthan.organisations.models import Post
from thamthan.organisations.rules import Duty
from thamthan.reading.model import Ask
from thamthan.reports.laying import laid_questions, sample_questions
from thamthan.reports.models import FormChoice, FormQuestion, Question, ReportForm, Round


@dataclass(frozen=True, slots=True)
class FormOnShelf:
    """แบบหนึ่ง in its newest version, with the older ones, and whether anything uses it."""

    form: ReportForm
    older: tuple[ReportForm, ...]
    questions: int
    is_used: bool

    @property
    def is_own(self) -> bool:
        return self.form.organisation_id is not None


@dataclass(frozen=True, slots=True)
class FormUse:
    """การใช้แบบหนึ่งฉบับ: how many rounds opened with it, how many matters it is chosen for.

    `may_change` says whether this post may still change it: of its own house, used by nothing.
    """

    rounds: int
    matters: int
    newer: ReportForm | None
    may_change: bool

    @property
    def is_used(self) -> bool:
        return bool(self.rounds or self.matters)


@dataclass(frozen=True, slots=True)
class AskedReport:
    """สิ่งที่ขอให้รายงานของเรื่องหนึ่ง: the form it has now, and the rounds that opened already."""

    order: Order
    obligation: Obligation
    form: ReportForm | None
    is_chosen: bool
    chosen_words: str
    rounds: int
    may_choose: bool


def forms_seen_by(post: Post) -> QuerySet[ReportForm]:
    """แบบรายงานที่เห็น: those of the list, and one's own house's."""
    if not post.has_duty(Duty.READ_LETTERS):
        return ReportForm.objects.none()
    house = post.organisation.house_path
    return ReportForm.objects.filter(
        Q(organisation=None) | Q(organisation__path=house)
    ).select_related("organisation")


def form_for(post: Post, pk: int) -> ReportForm:
    """แบบรายงานหนึ่งฉบับ."""
    found = forms_seen_by(post).filter(pk=pk).first()
    if found is None:
        raise NotFound("ไม่พบแบบรายงานนี้")
    return found


def form_questions(post: Post, form: ReportForm) -> list[FormQuestion]:
    """คำถามของแบบ in their order."""
    return list(form_for(post, form.pk).questions.all())


def question_for(post: Post, form: ReportForm, pk: int) -> FormQuestion:
    """คำถามหนึ่งข้อของแบบ."""
    found = form_for(post, form.pk).questions.select_related("form").filter(pk=pk).first()
    if found is None:
        raise NotFound("ไม่พบคำถามนี้ในแบบ")
    return found


def form_shelf(post: Post) -> list[FormOnShelf]:
    """แบบทั้งหมดที่เห็น, the house's own first, each with its older versions."""
    rows = forms_seen_by(post).annotate(asked=Count("questions"))
    versions: dict[tuple[int | None, str], list[ReportForm]] = defaultdict(list)
    for row in rows.order_by("name", "code", "-version"):
        versions[(row.organisation_id, row.code)].append(row)
    keys = [row.pk for row in rows]
    used = set(Round.objects.filter(form__in=keys).values_list("form", flat=True).distinct())
    used |= set(FormChoice.objects.filter(form__in=keys).values_list("form", flat=True))
    shelf = [
        FormOnShelf(
            form=newest,
            older=tuple(older),
            questions=newest.asked,  # type: ignore[attr-defined]  # annotated above
            is_used=newest.pk in used,
        )
        for newest, *older in (
            sorted(each, key=lambda one: -one.version) for each in versions.values()
        )
    ]
    return sorted(shelf, key=lambda one: (not one.is_own, not one.form.is_default))


def form_use(post: Post, form: ReportForm) -> FormUse:
    """การใช้แบบฉบับนี้, and the newer version where there is one."""
    seen = form_for(post, form.pk)
    newest = (
        forms_seen_by(post)
        .filter(organisation=seen.organisation_id, code=seen.code, version__gt=seen.version)
        .order_by("-version")
        .first()
    )
    rounds = Round.objects.filter(form=seen).count()
    matters = FormChoice.objects.filter(form=seen).count()
    is_mine = seen.organisation_id is not None and post.has_duty(Duty.ORDER)
    is_open = seen.ended_at is None and not (rounds or matters)
    return FormUse(rounds, matters, newest, is_mine and is_open)


def offered_forms(post: Post) -> list[ReportForm]:
    """แบบที่เลือกใช้ได้: of each the newest version that asks something and has not ended."""
    rows = (
        forms_seen_by(post)
        .filter(ended_at=None)
        .annotate(asked=Count("questions"))
        .filter(asked__gt=0)
        .order_by("code", "-version")
    )
    newest: dict[tuple[int | None, str], ReportForm] = {}
    for row in rows:
        newest.setdefault((row.organisation_id, row.code), row)
    return sorted(
        newest.values(),
        key=lambda one: (not one.is_default, one.organisation_id is None, one.name),
    )


def choosable_forms(post: Post, asked: AskedReport) -> list[ReportForm]:
    """แบบที่เลือกได้ของสิ่งที่ขอ: those on offer where this post chooses; the one in use, where seen.

    The form of an upper house is that house's affair.
    """
    offered = offered_forms(post) if asked.may_choose else []
    now = asked.form
    if now is None or now in offered or not forms_seen_by(post).filter(pk=now.pk).exists():
        return offered
    return [now, *offered]


def previewed_questions(
    post: Post, form: ReportForm, *, order: Order | None = None
) -> list[Question]:
    """คำถามอย่างที่ผู้รายงานจะเห็น: for this order, or for one of a single clause; not saved."""
    asked = form_questions(post, form)
    rows = (
        sample_questions(asked)
        if order is None
        else laid_questions(asked, asked_clauses(post, order))
    )
    for row in rows:
        # What is shown needs keys of its own; none of these rows is kept.
        row.pk = row.position
    return rows


def asked_clauses(post: Post, order: Order) -> list[Directive]:
    """ข้อสั่งการที่แบบถามถึง: those of the first order of the chain, as a round lays them."""
    top = order_for(post, order.top_pk)
    return list(Directive.objects.filter(order=top, dropped_at=None).prefetch_related("indicators"))


def asked_reports(post: Post, order: Order) -> list[AskedReport]:
    """สิ่งที่เรื่องนี้ขอให้รายงาน, each with its form; the order came through a door already."""
    top = order_for(post, order.top_pk)
    asked = list(Obligation.objects.filter(order=top, ask=Ask.REPORT, dropped_at=None))
    if not asked:
        return []
    chosen = {
        one.obligation_id: one
        for one in FormChoice.objects.filter(obligation__in=asked).select_related("form")
    }
    usual = ReportForm.objects.filter(organisation=None, is_default=True).first()
    opened = dict(
        Round.objects.filter(obligation__in=asked)
        .order_by()
        .values_list("obligation")
        .annotate(count=Count("pk"))
    )
    is_mine = top.organisation_id == house_of(post).pk and post.has_duty(Duty.ORDER)
    return [
        AskedReport(
            order=top,
            obligation=one,
            form=chosen[one.pk].form if one.pk in chosen else usual,
            is_chosen=one.pk in chosen,
            chosen_words=chosen[one.pk].chosen_words if one.pk in chosen else "",
            rounds=opened.get(one.pk, 0),
            may_choose=is_mine and top.state != OrderState.CLOSED,
        )
        for one in asked
    ]


def asked_report(post: Post, order: Order, pk: int) -> AskedReport:
    """สิ่งที่ขอให้รายงานข้อหนึ่งของเรื่อง."""
    found = next((one for one in asked_reports(post, order) if one.obligation.pk == pk), None)
    if found is None:
        raise NotFound("ไม่พบสิ่งที่ขอให้รายงานนี้")
    return found
