"""Which letters of a house are likely the same paper."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from thamthan.letters.models import Letter
from thamthan.letters.queries.letters import letters_seen_by
from thamthan.letters.rules import (
    LIVING_STATES,
    Identity,
    why_twins,
)
from thamthan.organisations.models import Post


@dataclass(frozen=True, slots=True)
class Twin:
    """ฉบับที่น่าจะเป็นฉบับเดียวกัน, and why."""

    letter: Letter
    why: str


def likely_twins(post: Post, letter: Letter) -> list[Twin]:
    """ฉบับที่น่าจะเป็นฉบับเดียวกันในหน่วยงานเดียวกัน, the registered ones first.

    Asked among what this post may see; registering asks among all (`twins_in_house`).
    """
    return twins_in_house(letter, among=letters_seen_by(post))


def twins_in_house(letter: Letter, *, among: QuerySet[Letter]) -> list[Twin]:
    """The letters of `among` that are likely the same paper as this one, and why."""
    hashes = set(letter.files.values_list("file__sha256", flat=True))
    likely = Q(files__file__sha256__in=hashes)
    if letter.number_key:
        likely |= Q(number_key=letter.number_key)
    if letter.dated_on is not None:
        likely |= Q(dated_on=letter.dated_on)
    others = (
        among.filter(likely, organisation=letter.organisation_id, state__in=LIVING_STATES)
        .exclude(pk=letter.pk)
        .prefetch_related("files__file")
        .distinct()
        .order_by("receipt_number", "pk")
    )
    mine = _identity(letter, frozenset(hashes))
    twins = []
    for other in others:
        files = frozenset(file.file.sha256 for file in other.files.all())
        why = why_twins(mine, _identity(other, files))
        if why is not None:
            twins.append(Twin(letter=other, why=why))
    return sorted(twins, key=lambda twin: twin.letter.receipt_number is None)


def _identity(letter: Letter, files: frozenset[str]) -> Identity:
    return Identity(
        number_key=letter.number_key,
        dated_on=letter.dated_on,
        subject=letter.subject,
        files=files,
    )
