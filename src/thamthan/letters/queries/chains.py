"""The chain of an office and the words it endorses with."""

from django.db.models import Q
from django.utils import timezone

from thamthan.letters.models import Chain, ChainStep, Phrase
from thamthan.letters.rules import (
    DEFAULT_PHRASES,
    Instruction,
    Onward,
    PhraseLine,
    Place,
    default_chain,
)
from thamthan.organisations.models import Organisation, Post
from thamthan.organisations.rules import Level, Role, fits_level


def house_of(post: Post) -> Organisation:
    """หน่วยงานของตน, a division's being the one that it belongs to."""
    own = post.organisation
    # A division stands right below its house, which is asked for once.
    return own.parent if own.level == Level.DIVISION and own.parent is not None else own


def divisions_of(post: Post) -> list[Organisation]:
    """กอง/สำนักของหน่วยงานของตน that are not closed, in the order of their codes."""
    return list(
        Organisation.objects.filter(
            parent__path=post.organisation.house_path, level=Level.DIVISION, closed_on=None
        ).order_by("path")
    )


def chain_of(post: Post, matter: str) -> Chain | None:
    """สายการเสนอที่ใช้อยู่ของหน่วยงาน, or None while the default one has not been used yet."""
    return Chain.objects.filter(
        organisation__path=post.organisation.house_path, matter=matter, is_current=True
    ).first()


def places_of(post: Post, matter: str) -> list[ChainStep]:
    """ขั้นของสายการเสนอ: as the office set it, or as it would be by default; not kept by asking."""
    chain = chain_of(post, matter)
    if chain is not None and not chain.is_default:
        return list(chain.steps.select_related("organisation", "post__person"))
    return default_places(post, matter)


def default_places(post: Post, matter: str) -> list[ChainStep]:
    """สายตั้งต้นของหน่วยงานนี้: the places at which somebody is in post today."""
    house = house_of(post)
    divisions = {each.code: each for each in divisions_of(post)}
    names = [(each.code, each.name) for each in divisions.values()]
    steps: list[ChainStep] = []
    for planned in default_chain(matter, level=house.level, divisions=names):
        own = planned.place == Place.OWN_DIVISION
        where = None if own else divisions.get(planned.division, house)
        held = _in_post(where, planned.role) if where is not None else None
        if where is not None and held is None and planned.role != Role.CLERK:
            continue
        title = held.title if held is not None and where == house else planned.words
        steps.append(
            ChainStep(
                place=planned.place,
                organisation=where,
                role=planned.role,
                words=title if planned.role != Role.CLERK else planned.words,
                position=len(steps) + 1,
            )
        )
    return steps


def _in_post(organisation: Organisation | None, role: str) -> Post | None:
    today = timezone.localdate()
    return (
        Post.objects.filter(organisation=organisation, role=role, from_on__lte=today)
        .filter(Q(until_on=None) | Q(until_on__gte=today))
        .order_by("acting", "from_on", "pk")
        .first()
    )


def chains_set(post: Post) -> list[Chain]:
    """สายการเสนอที่เคยตั้ง, the newest first."""
    return list(
        Chain.objects.filter(organisation__path=post.organisation.house_path)
        .select_related("made_by__person")
        .order_by("-made_at", "-pk")
    )


def phrases_kept(post: Post) -> list[PhraseLine]:
    """ข้อความสำเร็จรูปของหน่วยงาน: its own, or those that every office begins with."""
    kept = Phrase.objects.filter(organisation__path=post.organisation.house_path)
    lines = [
        PhraseLine(
            words=each.words,
            instruction=Instruction(each.instruction),
            onward=Onward(each.onward),
            role=each.role,
            to_role=each.to_role,
            to_division=each.to_division,
        )
        for each in kept
    ]
    if lines:
        return lines
    level = house_of(post).level
    return [line for line in DEFAULT_PHRASES if fits_level(line.role, level)]
