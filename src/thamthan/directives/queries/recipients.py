"""Who a choice of receivers reaches: an organisation each once, open, below one's own house."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import BooleanField, Case, Count, Q, QuerySet, Value, When

from thamthan.directives.models import CascadeRun, Handing, Order
from thamthan.directives.queries.doors import order_for
from thamthan.directives.rules import Choice, Whom
from thamthan.letters.queries import directly_below, group_for
from thamthan.organisations.models import Organisation, Post
from thamthan.organisations.queries import below_house, in_dictionary_order, next_below
from thamthan.organisations.rules import LaoKind, Level
from thamthan.thai.text import squeeze


@dataclass(frozen=True, slots=True)
class Preview:
    """ตัวอย่างก่อนถ่ายทอด: how many it reaches, who has it already, who is closed or not below.

    `names` are the receivers in dictionary order, each with `has_it`; cut by whoever shows them.
    """

    names: QuerySet[Organisation]
    count: int
    has_already: int
    closed: tuple[str, ...]
    closed_count: int
    not_below: tuple[str, ...]

    @property
    def new(self) -> int:
        return self.count - self.has_already


def receivers_of(post: Post, choice: Choice) -> QuerySet[Organisation]:
    """ผู้รับตามที่เลือก: open houses below one's own, without those excepted."""
    return _chosen(post, choice).filter(closed_on=None)


def preview_of(post: Post, order: Order, choice: Choice, *, text: str = "") -> Preview:
    """ดูก่อนถ่ายทอด: whom this choice reaches; `text` looks among their names."""
    seen = order_for(post, order.pk)
    chosen = _chosen(post, choice)
    # Who has the matter from a level above gets the nearer order; who has this one, nothing new.
    # Asked once for all: one by one, the whole country costs seconds.
    has_it = Q(pk__in=Handing.objects.filter(order=seen).values("organisation"))
    counts = chosen.aggregate(
        open=Count("pk", filter=Q(closed_on=None)),
        closed=Count("pk", filter=Q(closed_on__isnull=False)),
        known=Count("pk", filter=Q(closed_on=None) & has_it),
    )
    closed = chosen.filter(closed_on__isnull=False).order_by("path").values_list("name", flat=True)
    names = chosen.filter(closed_on=None).annotate(
        has_it=Case(When(has_it, then=True), default=Value(False), output_field=BooleanField())
    )
    words = squeeze(text).replace("\x00", "")
    if words:
        names = names.filter(
            Q(name__icontains=words) | Q(short_name__icontains=words) | Q(code__startswith=words)
        )
    return Preview(
        names=in_dictionary_order(names),
        count=counts["open"],
        has_already=counts["known"],
        closed=tuple(closed[:20]),
        closed_count=counts["closed"],
        not_below=_not_below(choice, chosen),
    )


def kinds_below(post: Post) -> list[tuple[str, str, int]]:
    """ประเภท อปท. ในสังกัด with how many there are of each, closed ones left out."""
    below = below_house(post).filter(level=Level.LAO, closed_on=None)
    counts = dict(below.order_by().values_list("lao_kind").annotate(Count("pk")))
    return [(kind.value, kind.label, counts[kind]) for kind in LaoKind if counts.get(kind)]


def has_anyone_below(post: Post) -> bool:
    """มีหน่วยงานในสังกัดให้ถ่ายทอดหรือไม่."""
    return directly_below(post).exists()


def cascade_runs_of(post: Post, order: Order) -> QuerySet[CascadeRun]:
    """การถ่ายทอดแต่ละครั้งของเรื่องนี้ by one's own house, the newest first."""
    return CascadeRun.objects.filter(
        order=order_for(post, order.pk), order__organisation__path=post.organisation.house_path
    ).order_by("-pk")


def _chosen(post: Post, choice: Choice) -> QuerySet[Organisation]:
    below = below_house(post).exclude(level=Level.DIVISION)
    match choice.whom:
        case Whom.ALL:
            found = below.filter(level=Level.LAO)
        case Whom.KIND:
            found = below.filter(level=Level.LAO, lao_kind__in=choice.kinds)
        case Whom.BELOW:
            found = next_below(post)
        case Whom.CODES:
            found = below.filter(code__in=choice.codes)
        case Whom.GROUP:
            members = group_for(post, choice.group or 0).members.values("organisation")
            found = below.filter(pk__in=members)
    return found.exclude(code__in=choice.without) if choice.without else found


def _not_below(choice: Choice, chosen: QuerySet[Organisation]) -> tuple[str, ...]:
    """Codes that were given and are no organisation below this house."""
    if choice.whom != Whom.CODES:
        return ()
    known = set(chosen.values_list("code", flat=True)) | set(choice.without)
    wanted: Sequence[str] = choice.codes
    return tuple(code for code in wanted if code not in known)
