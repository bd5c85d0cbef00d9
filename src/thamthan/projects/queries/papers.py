"""What a project's papers tell: its facts gathered for a form, and what each form still lacks."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from thamthan.directives.models import Handing, Order
from thamthan.directives.queries import letter_of
from thamthan.letters.models import Letter
from thamthan.letters.queries import letters_seen_by
from thamthan.organisations.models import Organisation, Post
from thamthan.organisations.queries import ancestors_of
from thamthan.organisations.rules import Level, Role
from thamthan.projects.models import Allotment, FundingRequest, Goal, Project, ProjectAnswer, Risk
from thamthan.projects.queries.doors import answers_of
from thamthan.projects.queries.funding import requests_of
from thamthan.projects.rules import PlanForm, RequestState
from thamthan.projects.rules.channel_list import channel_of
from thamthan.projects.rules.papers import form_of_channel, goal_words, how_much
from thamthan.thai.dates import format_date
from thamthan.thai.text import squeeze
from thamthan.writing.proposal_facts import (
    ProposalFacts,
    ProposedCost,
    ProposedGroup,
    ProposedIndicator,
    ProposedRisk,
    ProposedSource,
    ProposedStanding,
    ProposedStep,
    ProposedSupporter,
    Signature,
    Signer,
)
from thamthan.writing.proposal_forms import ProposalForm, proposal_forms
from thamthan.writing.proposal_parts import Missing
from thamthan.writing.proposals import still_missing

# What may still be sent off.
MAY_ASK = (RequestState.PREPARING, RequestState.RETURNED)
# What may still bring money.
_HOPED = (RequestState.PREPARING, RequestState.SUBMITTED, RequestState.RETURNED)
# The form numbers its items itself: “1. …”, “(๒) …” and “- …” lose what was typed before them.
_TYPED_NUMBER = re.compile(r"\s*(?:\(?[0-9๐-๙]{1,2}(?:\.[0-9๐-๙]{1,2})*[.)]|[-–•*])\s+")
_HEADS = {Level.DISTRICT: Role.DISTRICT_CHIEF, Level.PROVINCE: Role.GOVERNOR}


@dataclass(frozen=True, slots=True)
class FormLine:
    """แบบหนึ่งแบบของโครงการ: and what this project still lacks in it."""

    form: ProposalForm
    missing: tuple[Missing, ...]


@dataclass(frozen=True, slots=True)
class CitedOrder:
    """เรื่องสั่งการที่โครงการตอบ: its answers, and the letter that brought it, where one is seen."""

    order: Order
    answers: tuple[ProjectAnswer, ...]
    letter: Letter | None


@dataclass(frozen=True, slots=True)
class RequestLine:
    """คำขอที่จะมีหนังสือนำส่ง: the request, and the form that its channel takes."""

    request: FundingRequest
    form_code: str


def requests_to_write(post: Post, project: Project) -> list[RequestLine]:
    """คำขอของโครงการที่ยังยื่นได้ หรือมีร่างหนังสือแล้ว, of one's own house."""
    found = requests_of(post, project).filter(Q(state__in=MAY_ASK) | Q(draft__isnull=False))
    return [RequestLine(row, form_of_channel(channel_of(row.channel.facts))) for row in found]


def form_lines(post: Post, project: Project, *, today: date) -> list[FormLine]:
    """แบบทั้งหมดที่โครงการนี้พิมพ์ได้, with what is missing in each."""
    facts = proposal_facts(post, project, today=today)
    return [FormLine(form, still_missing(facts, form=form.code)) for form in proposal_forms()]


def cited_orders(post: Post, project: Project) -> list[CitedOrder]:
    """เรื่องสั่งการที่โครงการตอบ, each once, in the order in which the project names them."""
    by_root: dict[int, list[ProjectAnswer]] = {}
    for answer in answers_of(post, project):
        by_root.setdefault(answer.root_id, []).append(answer)
    return [
        CitedOrder(
            answers[0].root, tuple(answers), _letter_of_order(post, project, answers[0].root)
        )
        for answers in by_root.values()
    ]


def _letter_of_order(post: Post, project: Project, root: Order) -> Letter | None:
    """The letter by which the project's house got the order, as whoever asks knows it."""
    handing = (
        Handing.objects.filter(Q(root=root) | Q(order=root), organisation=project.organisation_id)
        .select_related("order", "sending")
        .first()
    )
    found = letter_of(post, handing) if handing is not None else None
    if found is None and root.letter_id is not None:
        found = letters_seen_by(post).filter(pk=root.letter_id).first()
    return found


def proposal_facts(
    post: Post, project: Project, *, today: date, request: FundingRequest | None = None
) -> ProposalFacts:
    """ข้อเท็จจริงของโครงการ for any form; of a request also what is asked of its channel.

    Nothing is made up: what the house has not said stays empty.
    """
    house = project.organisation
    return ProposalFacts(
        name=project.name,
        house=house.name,
        house_place=place_above(post, house),
        unit=project.unit.name if project.unit else "",
        fiscal_year=request.be_year if request is not None else project.be_year,
        plan=_standing(project),
        answers=tuple(_answer_lines(post, project)),
        rationale=project.rationale,
        objectives=tuple(_lines(project.objectives)),
        output=project.targets,
        targets=tuple(
            ProposedGroup(group.name, group.planned, group.unit)
            for group in project.target_groups.all()
        ),
        method=project.method,
        steps=tuple(
            ProposedStep(step.name, step.begins_on, step.ends_on, is_milestone=step.is_milestone)
            for step in project.steps.all()
        ),
        starts_on=project.begins_on,
        ends_on=project.ends_on,
        places=tuple(_places(project)),
        costs=tuple(
            ProposedCost(cost.name, cost.satang, cost.reckoning) for cost in project.costs.all()
        ),
        sources=tuple(_sources(project)),
        asked=None
        if request is None
        else ProposedSource(request.channel.name, request.asked_satang),
        indicators=tuple(_indicator(goal) for goal in project.goals.filter(dropped_at=None)),
        supporters=tuple(
            ProposedSupporter(one.name, one.gives) for one in project.supporters.all()
        ),
        risks=tuple(_risk(risk) for risk in project.risks.all()),
        evaluation=project.evaluation,
        results=tuple(_lines(project.expected_results)),
        responsible=tuple(_lines(project.responsible)),
        signatures=tuple(_signatures(project, today)),
        extras={answer.key: answer.words for answer in project.form_answers.all()},
    )


def _lines(text: str) -> Iterator[str]:
    """Items as people type them, one a line, without the number they may have typed before."""
    for line in text.splitlines():
        words = squeeze(_TYPED_NUMBER.sub("", line))
        if words:
            yield words


def place_above(post: Post, house: Organisation) -> str:
    """อำเภอ… จังหวัด… above the house."""
    above = [
        each.name
        for each in ancestors_of(post, house)
        if each.level in {Level.DISTRICT, Level.PROVINCE} and each.pk != house.pk
    ]
    return " ".join(reversed(above))


def _standing(project: Project) -> ProposedStanding:
    row = project.plan_row
    links = [("", words) for words in (row.headings if row else [])]
    if project.ordinance_words:
        links.append(("รายการในข้อบัญญัติ/เทศบัญญัติ", project.ordinance_words))
    plan = ""
    if row is not None:
        number = f" ลำดับที่ {row.number}" if row.number else ""
        plan = f"{row.plan} แบบ {PlanForm(row.form).label}{number}"
    return ProposedStanding(project.get_standing_display(), plan, tuple(links))


def _answer_lines(post: Post, project: Project) -> Iterator[str]:
    for cited in cited_orders(post, project):
        letter = cited.letter
        from_letter = f" ({letter_words(letter)})" if letter is not None else ""
        for answer in cited.answers:
            clause = answer.directive
            words = f"{cited.order.title} ข้อ {clause.number} {clause.text}{from_letter}"
            yield f"{words} – {answer.words}" if squeeze(answer.words) else words


def letter_words(letter: Letter) -> str:
    """หนังสือ… ที่ … ลงวันที่ …, in one line."""
    sender = squeeze(letter.sender) or letter.organisation.name
    day = f" ลงวันที่ {format_date(letter.dated_on)}" if letter.dated_on else ""
    return f"หนังสือ{sender} ที่ {letter.number}{day}"


def _places(project: Project) -> Iterator[str]:
    told = list(_lines(project.place_words))
    yield from told
    for place in project.places.all():
        village = f" หมู่ที่ {place.village_number}" if place.village_number else ""
        words = squeeze(f"{place.name}{village}")
        if not any(words in line for line in told):
            yield words


def _sources(project: Project) -> Iterator[ProposedSource]:
    """Money that there is or is planned, and what is asked for and not yet decided upon."""
    allotments: QuerySet[Allotment] = project.allotments.select_related("line", "channel")
    for allotment in allotments:
        line, channel = allotment.line, allotment.channel
        name = (line.name if line else "") or allotment.source_words
        name = name or (channel.name if channel else "")
        yield ProposedSource(name, allotment.planned_satang or allotment.approved_satang or None)
    planned = {allotment.channel_id for allotment in allotments}
    for request in project.requests.filter(state__in=_HOPED).select_related("channel"):
        if request.channel_id not in planned:
            yield ProposedSource(request.channel.name, request.asked_satang)


def _indicator(goal: Goal) -> ProposedIndicator:
    return ProposedIndicator(
        goal.name,
        goal.unit,
        goal_words(goal.baseline_milli, goal.baseline_of_milli),
        goal_words(goal.target_milli, goal.target_of_milli),
        squeeze(goal.method),
    )


def _risk(risk: Risk) -> ProposedRisk:
    level = f"โอกาส{how_much(risk.likelihood)} ผลกระทบ{how_much(risk.effect)}"
    return ProposedRisk(squeeze(risk.what), level, squeeze(risk.answer))


def head_of(post: Post, house: Organisation, *, today: date) -> Post | None:
    """หัวหน้าของหน่วยงาน that day, who signs for it; where two might, nobody is named."""
    return _only_post(house, _HEADS.get(Level(house.level), Role.EXECUTIVE), today)


def _signatures(project: Project, today: date) -> Iterator[Signature]:
    """Who signs, by the posts of that day; where two might, nobody is named."""
    author = project.made_by
    if author.person is not None:
        yield Signature(Signer.AUTHOR, author.person.name, author.full_title)
    house = project.organisation
    head = _HEADS.get(Level(house.level), Role.EXECUTIVE)
    signers = (
        (Signer.PROPOSER, project.unit, Role.HEAD),
        (Signer.ENDORSER, house, Role.CHIEF_CLERK),
        (Signer.APPROVER, house, head),
    )
    for signer, organisation, role in signers:
        post = _only_post(organisation, role, today) if organisation is not None else None
        if post is not None and post.person is not None:
            yield Signature(signer, post.person.name, post.full_title)


def _only_post(organisation: Organisation, role: Role, today: date) -> Post | None:
    """The one holder of such a post that day; of several the one who does not act for another."""
    held = list(_held(organisation, role, today))
    own = [post for post in held if not post.is_acting] or held
    return own[0] if len(own) == 1 else None


def _held(organisation: Organisation, role: Role, today: date) -> Iterable[Post]:
    return (
        Post.objects.filter(organisation=organisation, role=role, person__isnull=False)
        .filter(Q(until_on=None) | Q(until_on__gte=today), from_on__lte=today)
        .select_related("person")
    )
