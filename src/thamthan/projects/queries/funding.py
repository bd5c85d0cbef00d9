"""แหล่งเงินและคำขอ: which channels fit a project, and the house's requests with their papers."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet, Sum
from django.utils import timezone

from thamthan.errors import NotFound
from thamthan.organisations.models import Post
from thamthan.organisations.rules import Duty, LaoKind
from thamthan.projects.models import (
    BudgetLine,
    FundingChannel,
    FundingFacts,
    FundingRequest,
    Project,
    RequestPaper,
)
from thamthan.projects.queries.doors import is_own, project_for
from thamthan.projects.rules import (
    OPEN_REQUESTS,
    ChannelFacts,
    Condition,
    Fit,
    PaperLine,
    PlanStanding,
    ProjectFacts,
    RequestState,
    Shape,
    Work,
    asks_too_much,
    channel_of,
    channels_that_fit,
    likely_works,
    missing_of,
    next_thing,
    warnings_of,
)

_NOTHING_COMES = (RequestState.REFUSED, RequestState.WITHDRAWN)


def channels_in_force(post: Post) -> QuerySet[FundingChannel]:
    """แหล่งงบประมาณที่ใช้อยู่วันนี้, in the order of the list."""
    if not post.has_duty(Duty.READ_LETTERS):
        return FundingChannel.objects.none()
    today = timezone.localdate()
    return FundingChannel.objects.filter(from_on__lte=today).filter(
        Q(until_on=None) | Q(until_on__gte=today)
    )


def channel_for(post: Post, code: str) -> FundingChannel:
    """แหล่งงบประมาณหนึ่งแห่ง, as it holds today."""
    found = channels_in_force(post).filter(code=code).first()
    if found is None:
        raise NotFound("ไม่พบแหล่งงบประมาณนี้")
    return found


def versions_of(post: Post, code: str) -> QuerySet[FundingChannel]:
    """หลักเกณฑ์ทุกฉบับของแหล่งเงิน, the newest first."""
    if not post.has_duty(Duty.READ_LETTERS):
        return FundingChannel.objects.none()
    return FundingChannel.objects.filter(code=code).order_by("-from_on")


@dataclass(frozen=True, slots=True)
class Said:
    """สิ่งที่รู้ของโครงการเพื่อหาแหล่งเงิน; `is_guessed` where the kinds of work are only likely."""

    facts: ProjectFacts
    is_guessed: bool
    version: int


def funding_facts(post: Post, project: Project) -> Said:
    """ข้อเท็จจริงเพื่อหาแหล่งเงิน: what the house said, else what the project's words suggest."""
    return _said(_own(post, project))


def _said(project: Project) -> Said:
    told = FundingFacts.objects.filter(project=project).first()
    kind = project.organisation.lao_kind
    works = frozenset(Work(one) for one in told.works) if told else frozenset()
    words = f"{project.name} {project.objectives} {project.method}"
    return Said(
        facts=ProjectFacts(
            lao_kind=LaoKind(kind) if kind else None,
            standing=PlanStanding(project.standing),
            works=works if told else likely_works(words),
            shapes=frozenset(Shape(one) for one in told.shapes) if told else frozenset(),
            answers={Condition(one): yes for one, yes in told.answers.items()} if told else {},
            papers=_papers_at_hand(project),
            needed_satang=told.needed_satang if told else None,
            needed_on=project.begins_on,
        ),
        is_guessed=told is None,
        version=told.version if told else 0,
    )


def _papers_at_hand(project: Project) -> frozenset[str]:
    """What the papers given for any request of the project are, by their codes."""
    rows = RequestPaper.objects.filter(request__project=project, file__isnull=False)
    given = list(rows.values_list("request__channel", "name"))
    facts = FundingChannel.objects.in_bulk({channel for channel, _ in given})
    names = {pk: {one.name: one.code for one in channel_of(row.facts).papers}
             for pk, row in facts.items()}  # fmt: skip
    return frozenset(names[pk][name] for pk, name in given if name in names[pk])


@dataclass(frozen=True, slots=True)
class ChannelFit:
    """แหล่งเงินหนึ่งแห่งกับโครงการ, and the request that is there already."""

    row: FundingChannel
    fit: Fit
    request: FundingRequest | None


def channel_fits(post: Post, project: Project, *, said: Said | None = None) -> list[ChannelFit]:
    """แหล่งเงินทุกแห่งกับโครงการนี้, the best first, each with its live request."""
    said = said or funding_facts(post, project)
    rows = {row.code: row for row in channels_in_force(post)}
    there = {
        one.channel.code: one
        for one in requests_of(post, project).exclude(state__in=_NOTHING_COMES).order_by("pk")
    }
    channels = [channel_of(row.facts) for row in rows.values()]
    fits = channels_that_fit(said.facts, channels, timezone.localdate())
    return [ChannelFit(rows[fit.channel.code], fit, there.get(fit.channel.code)) for fit in fits]


def own_requests(post: Post) -> QuerySet[FundingRequest]:
    """คำขอของหน่วยงานตน: nobody above or beside sees them here."""
    if not post.has_duty(Duty.READ_LETTERS):
        return FundingRequest.objects.none()
    # By its key and not its path, so that the index of the house's requests is of use.
    house = post.organisation if post.organisation.level != "division" else None
    key = house.pk if house is not None else post.organisation.parent_id
    return FundingRequest.objects.filter(organisation=key).select_related("project", "channel")


def requests_listed(post: Post) -> QuerySet[FundingRequest]:
    """คำขอของหน่วยงานตน as a list shows them: without the rules of the channel and long words."""
    return own_requests(post).only(
        "be_year",
        "state",
        "asked_satang",
        "granted_satang",
        "project__name",
        "channel__code",
        "channel__name",
    )


def requests_of(post: Post, project: Project) -> QuerySet[FundingRequest]:
    """คำขอของโครงการหนึ่ง."""
    return own_requests(post).filter(project=project)


def request_for(post: Post, pk: int) -> FundingRequest:
    """คำขอหนึ่งคำขอ; another house's does not exist for this post."""
    found = own_requests(post).select_related("organisation", "decision_file").filter(pk=pk).first()
    if found is None:
        raise NotFound("ไม่พบคำขอนี้")
    return found


def request_paper_for(post: Post, request: FundingRequest, pk: int) -> RequestPaper:
    """เอกสารหนึ่งรายการของคำขอ, with its file."""
    found = (
        RequestPaper.objects.filter(request__in=own_requests(post).filter(pk=request.pk), pk=pk)
        .select_related("file")
        .first()
    )
    if found is None:
        raise NotFound("ไม่พบเอกสารนี้")
    return found


def requests_counted(post: Post, rows: QuerySet[FundingRequest]) -> dict[str, int]:
    """จำนวนคำขอตามสถานะ, of these rows."""
    if not post.has_duty(Duty.READ_LETTERS):
        return {}
    return {
        one["state"]: one["many"]
        for one in rows.order_by().values("state").annotate(many=Count("pk"))
    }


def channels_known(post: Post) -> list[tuple[str, str]]:
    """แหล่งเงินทั้งหมดที่เคยมี, code and newest name, for choosing among requests.

    All of them and not those asked of: which these are would cost a walk through every request.
    """
    if not post.has_duty(Duty.READ_LETTERS):
        return []
    rows = FundingChannel.objects.order_by("from_on").values_list("code", "name", "position")
    newest = {code: (position, code, name) for code, name, position in rows}
    return [(code, name) for _, code, name in sorted(newest.values())]


@dataclass(frozen=True, slots=True)
class RequestSheet:
    """หน้าคำขอ: its papers, what is missing, what is worth a warning, and the one next thing."""

    request: FundingRequest
    channel: ChannelFacts
    papers: tuple[RequestPaper, ...]
    missing: tuple[str, ...]
    warnings: tuple[str, ...]
    next_words: str
    line: BudgetLine | None
    others: tuple[FundingRequest, ...]
    is_open: bool


def request_sheet(post: Post, request: FundingRequest) -> RequestSheet:
    """คำขอทั้งหน้า, by the words of the channel as they were when it was made."""
    channel = channel_of(request.channel.facts)
    papers = tuple(request.papers.select_related("file"))
    lines = [
        PaperLine(one.name, one.is_required, one.file_id is not None, bool(one.waived_why))
        for one in papers
    ]
    missing = missing_of(request.asked_satang, lines)
    is_open = request.state in OPEN_REQUESTS
    others = tuple(requests_of(post, request.project).exclude(pk=request.pk).order_by("pk"))
    return RequestSheet(
        request=request,
        channel=channel,
        papers=papers,
        missing=missing if is_open else (),
        warnings=_warnings(post, request, channel) if is_open else (),
        next_words=next_thing(RequestState(request.state), missing),
        line=BudgetLine.objects.filter(request=request).first(),
        others=others,
        is_open=is_open,
    )


def _warnings(post: Post, request: FundingRequest, channel: ChannelFacts) -> tuple[str, ...]:
    said = funding_facts(post, request.project)
    (fit,) = channels_that_fit(said.facts, [channel], timezone.localdate())
    live = requests_of(post, request.project).exclude(state__in=_NOTHING_COMES)
    granted = Q(state=RequestState.GRANTED)
    sums = live.order_by().aggregate(
        asked=Sum("asked_satang", filter=~granted), granted=Sum("granted_satang", filter=granted)
    )
    over = asks_too_much(
        needed_satang=said.facts.needed_satang,
        asked_in_all=sums["asked"] or 0,
        granted_in_all=sums["granted"] or 0,
    )
    return (*([over] if over else []), *warnings_of(fit))


def _own(post: Post, project: Project) -> Project:
    found = project_for(post, project.pk)
    if not is_own(post, found):
        raise NotFound("ไม่พบโครงการนี้")
    return found
