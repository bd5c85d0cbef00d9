"""The doors: which reports and rounds a post may see."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from thamthan.directives.models import Handing
from thamthan.directives.queries import handings_seen_by, orders_seen_by
from thamthan.directives.queries.secrecy import secret_orders
from thamthan.errors import NotFound
from thamthan.organisations.models import Organisation, Post
from thamthan.organisations.queries import reach_of
from thamthan.organisations.rules import Duty
from thamthan.reports.models import Consolidation, Report, Round

# What the door found out about a round stays with it for the one request that asked.
_AT_THE_DOOR = "_matter_at_the_door"


def reports_seen_by(post: Post) -> QuerySet[Report]:
    """รายงานที่เห็น: one's own house's, and of houses below those of matters that one gave or had.

    That a report is owed, and whether it came, is seen before it is sent; what is written in it is
    not (`content_seen_by`).
    """
    if not post.has_duty(Duty.READ_LETTERS):
        return Report.objects.none()
    return (
        Report.objects.filter(handing__in=handings_seen_by(post).values("pk"))
        .exclude(round__root__in=secret_orders().values("pk"))
        .select_related("organisation", "giver", "round__root__organisation", "round__form")
    )


def reports_of_round(post: Post, round_: Round) -> QuerySet[Report]:
    """รายงานของรอบนี้ที่เห็น: of `reports_seen_by` those of one round, asked in a tenth of the time.

    What is the same for every report of a round – whose matter it is, what of it is secret – is
    asked once and not of each of them.
    """
    house = post.organisation.house_path
    if not post.has_duty(Duty.READ_LETTERS) or reach_of(post) != house:
        # A department stands beside what it sees: only the wide door knows which that is.
        return reports_seen_by(post).filter(round=round_)
    matter = _matter_of(house, round_)
    if not matter.is_seen:
        return Report.objects.none()
    below = Organisation.objects.filter(path__startswith=house)
    rows = Report.objects.filter(round=round_, organisation__in=below.values("pk"))
    if matter.secret:
        rows = rows.exclude(handing__order__in=matter.secret)
    return rows.select_related("organisation")


@dataclass(frozen=True, slots=True)
class _Matter:
    """เรื่องของรอบ for one house: whether that house sees it, and which orders of it are secret."""

    house: str
    is_seen: bool
    secret: frozenset[int]


def _matter_of(house: str, round_: Round) -> _Matter:
    known: _Matter | None = getattr(round_, _AT_THE_DOOR, None)
    if known is not None and known.house == house:
        return known
    of_matter = Q(pk=round_.root_id) | Q(root=round_.root_id)
    secret = frozenset(secret_orders().filter(of_matter).values_list("pk", flat=True))
    had = Handing.objects.filter(root=round_.root_id, organisation__path=house)
    is_theirs = round_.root.organisation.path == house or had.exists()
    return _Matter(house, is_theirs and round_.root_id not in secret, secret)


def own_reports(post: Post) -> QuerySet[Report]:
    """รายงานของหน่วยงานตน, the nearest due first."""
    if not post.has_duty(Duty.READ_LETTERS):
        return Report.objects.none()
    return (
        Report.objects.filter(organisation__path=post.organisation.house_path)
        .exclude(round__root__in=secret_orders().values("pk"))
        .select_related("organisation", "giver", "round__root__organisation", "round__form")
    )


def report_for(post: Post, pk: int) -> Report:
    """รายงานหนึ่งฉบับ."""
    # One's own is found in a tenth of the time; only who asks for another's goes the long way.
    found = own_reports(post).filter(pk=pk).first() or reports_seen_by(post).filter(pk=pk).first()
    if found is None:
        raise NotFound("ไม่พบรายงานนี้")
    return found


def is_own_report(post: Post, report: Report) -> bool:
    """Whether the report is of this post's own house, which alone writes it."""
    return report.organisation.path == post.organisation.house_path


def rounds_seen_by(post: Post) -> QuerySet[Round]:
    """รอบรายงานที่เห็น: of the orders that one sees and has given or passed on."""
    if not post.has_duty(Duty.READ_LETTERS):
        return Round.objects.none()
    house = post.organisation.house_path
    judged = Report.objects.filter(round=OuterRef("pk"), giver__path=house)
    mine = Q(organisation__path=house) | Q(Exists(judged))
    return Round.objects.filter(mine, root__in=orders_seen_by(post).values("pk")).select_related(
        "root__organisation", "form", "obligation"
    )


def round_for(post: Post, pk: int) -> Round:
    """รอบรายงานหนึ่งรอบ, with its questions; shown to whom `rounds_seen_by` shows it.

    Whose matter it is was asked here, and is not asked again by whoever has the round from here.
    """
    house = post.organisation.house_path
    found = (
        Round.objects.filter(pk=pk)
        .select_related("root__organisation", "organisation", "form", "obligation")
        .prefetch_related("questions")
        .first()
    )
    if found is None or not post.has_duty(Duty.READ_LETTERS):
        raise NotFound("ไม่พบรอบรายงานนี้")
    judged = Report.objects.filter(round=found, giver__path=house)
    matter = _matter_of(house, found)
    if not matter.is_seen or not (found.organisation.path == house or judged.exists()):
        raise NotFound("ไม่พบรอบรายงานนี้")
    setattr(found, _AT_THE_DOOR, matter)
    return found


def judges_report(post: Post, report: Report) -> bool:
    """Whether this post accepts this report or sends it back."""
    return post.has_duty(Duty.ORDER) and report.giver.path == post.organisation.house_path


def consolidation_of(post: Post, round_: Round) -> Consolidation | None:
    """การรวมผลของหน่วยงานตนในรอบนี้, with its closing; the round came through its door."""
    return Consolidation.objects.filter(
        round=round_, organisation__path=post.organisation.house_path
    ).first()


def organisation_in_round(post: Post, round_: Round, code: str) -> Organisation:
    """หน่วยงานในรอบนี้ตามรหัส: one below this post whose reports, or those it judges, one may see."""
    seen = reports_of_round(post, round_)
    found = (
        Organisation.objects.filter(code=code[:20])
        .filter(
            Q(pk__in=seen.values("organisation"))
            | Q(pk__in=seen.values("giver"))
            | Q(pk__in=seen.values("province"))
        )
        .first()
    )
    if found is None:
        raise NotFound("ไม่พบหน่วยงานนี้ในรอบรายงาน")
    return found
