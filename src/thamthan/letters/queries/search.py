"""Letters are found by number in any spelling, by subject, by people, by every word of the text."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from thamthan.errors import NotFound, Refused
from thamthan.letters.backends import Question, SearchPart, Terms, search_backend
from thamthan.letters.models import Letter, SavedSearch, SearchEntry
from thamthan.letters.queries.letters import letters_seen_by
from thamthan.letters.rules import Direction, LetterState
from thamthan.organisations.models import Organisation, Post
from thamthan.organisations.rules import Duty
from thamthan.thai.clusters import (
    Piece,
    loose_tokens,
    loosely_marked,
    marked,
    readable,
    terms,
    tokens,
)
from thamthan.thai.correspondence import LetterKind, Secrecy, Urgency, parse_letter_number

# Nobody reads further; whoever has more hits gives another word.
MOST_FOUND = 1000
MOST_TERMS = 12
_AROUND = 90


@dataclass(frozen=True, slots=True)
class Wanted:
    """สิ่งที่ค้น: words, and what else must be true of a letter."""

    text: str = ""
    direction: Direction | None = None
    since: date | None = None
    until: date | None = None
    sender: str = ""
    states: tuple[LetterState, ...] = ()
    urgency: Urgency | None = None
    kind: LetterKind | None = None
    has_deadline: bool | None = None

    @property
    def is_empty(self) -> bool:
        return self == Wanted(text=self.text) and not terms(self.text)


@dataclass(frozen=True, slots=True)
class Found:
    """ฉบับที่พบ: a letter, with the words looked for marked in its subject and in its text."""

    letter: Letter
    number: tuple[Piece, ...]
    subject: tuple[Piece, ...]
    text: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Hits:
    """ผลการค้น: the letters in their rank, each by its key; approximate where none had the words."""

    keys: tuple[int, ...] = ()
    is_more: bool = False
    is_approximate: bool = False
    terms: tuple[str, ...] = field(default=())


def letters_found(post: Post, wanted: Wanted) -> Hits:
    """ค้นหนังสือของหน่วยงาน: first those whose number it is, then by subject, then by the whole text.

    Within a rank the newest stand first. Every word must be there. Where nothing is found exactly,
    what looks like it is given, and said to be approximate; a number never is. Secret letters are
    not found by anybody. No more than a thousand are given.
    """
    if not post.has_duty(Duty.READ_LETTERS):
        raise Refused("ตำแหน่งนี้ไม่มีหน้าที่ดูหนังสือของหน่วยงาน", code="not_allowed", status=403)
    asked = terms(wanted.text)[:MOST_TERMS]
    if not asked and wanted.is_empty:
        return Hits()
    if not asked and not terms(wanted.sender):
        keys = list(_narrowed(post, wanted).values_list("pk", flat=True)[: MOST_FOUND + 1])
        return Hits(keys=tuple(keys[:MOST_FOUND]), is_more=len(keys) > MOST_FOUND)
    first = _question(post, wanted, asked)
    keys = _ranked(_exact_questions(first, wanted.text))
    is_approximate = False
    if not keys:
        keys = _ranked(_loose_questions(first, asked))
        is_approximate = bool(keys)
    return Hits(
        keys=tuple(keys[:MOST_FOUND]),
        is_more=len(keys) > MOST_FOUND,
        is_approximate=is_approximate,
        terms=tuple(asked),
    )


def _question(post: Post, wanted: Wanted, asked: list[str]) -> Question:
    house = Organisation.objects.only("pk").get(path=post.organisation.house_path)
    also = None
    if wanted != Wanted(text=wanted.text, sender=wanted.sender):
        within = _narrowed(post, wanted).filter(pk=RawSQL("{letter}", ()))
        query = within.order_by().values("pk").query
        sql, values = query.sql_with_params()
        also = (sql, tuple(values))
    return Question(
        house=house.pk,
        place=SearchPart.ANYWHERE,
        terms=tuple(tuple(tokens(term)) for term in asked),
        sender=tuple(tuple(tokens(term)) for term in terms(wanted.sender)),
        also=also,
    )


def _narrowed(post: Post, wanted: Wanted) -> QuerySet[Letter]:
    rows = letters_seen_by(post).select_related(None).filter(secrecy=Secrecy.OPEN)
    if wanted.direction is not None:
        rows = rows.filter(direction=wanted.direction)
    if wanted.since is not None:
        rows = rows.filter(dated_on__gte=wanted.since)
    if wanted.until is not None:
        rows = rows.filter(dated_on__lte=wanted.until)
    if wanted.states:
        rows = rows.filter(state__in=wanted.states)
    if wanted.urgency is not None:
        rows = rows.filter(urgency=wanted.urgency)
    if wanted.kind is not None:
        rows = rows.filter(kind=wanted.kind)
    if wanted.has_deadline is not None:
        rows = rows.filter(due_on__isnull=not wanted.has_deadline)
    return rows.order_by("-pk")


def _exact_questions(first: Question, text: str) -> Iterator[Question]:
    if not first.terms:
        yield first
        return
    keys = _keys_asked(text)
    if keys:
        yield replace(first, place=SearchPart.KEYS, terms=keys)
    if any(character.isdigit() for term in first.terms for character in "".join(term)):
        yield replace(first, place=SearchPart.NUMBER)
    yield replace(first, place=SearchPart.SUBJECT)
    yield first


def _keys_asked(text: str) -> Terms:
    """The ways to read what was asked as one number: a whole one, a running or a receipt number."""
    words = readable(text)
    number = parse_letter_number(words)
    if number is not None and number.running:
        return (("k" + "z".join(tokens(number.key())),),)
    pieces = tokens(words)
    if len(pieces) == 1 and pieces[0].isdigit():
        return (f"x{pieces[0].lstrip('0') or '0'}",), (f"r{pieces[0].lstrip('0') or '0'}",)
    return ()


def _loose_questions(first: Question, asked: list[str]) -> Iterator[Question]:
    loose = tuple(tuple(loose_tokens(term)) for term in asked)
    # A number that is not there must not become another one; a single cluster is found everywhere.
    if not loose or any(len("".join(term)) < 3 or "".join(term).isdigit() for term in loose):
        return
    question = replace(first, terms=loose, is_loose=True)
    if not search_backend().may_be_there(question):
        return
    yield question
    yield replace(question, one_may_differ=True)


def _ranked(questions: Iterator[Question]) -> list[int]:
    """Keys of one rank after the other, each once; one more than are given tells that there are."""
    backend = search_backend()
    found: dict[int, None] = {}
    for question in questions:
        for key in backend.find(question, most=MOST_FOUND + 1):
            found.setdefault(key)
        if len(found) > MOST_FOUND or (found and question.is_loose):
            break
    return list(found)[: MOST_FOUND + 1]


def found_letters(post: Post, hits: Hits, *, start: int, end: int) -> list[Found]:
    """ฉบับที่พบในหน้าหนึ่ง, in their rank; what the post no longer sees is left out."""
    keys = hits.keys[start:end]
    rows = letters_seen_by(post).filter(secrecy=Secrecy.OPEN).in_bulk(keys)
    entries = SearchEntry.objects.in_bulk(keys)
    return [_found(rows[key], entries.get(key), hits) for key in keys if key in rows]


def _found(letter: Letter, entry: SearchEntry | None, hits: Hits) -> Found:
    words = list(hits.terms)
    mark: Any = loosely_marked if hits.is_approximate else marked
    # What is in the index is readable already.
    subject = entry.subject if entry is not None and entry.subject else ""
    subject = subject or readable(letter.subject or letter.number) or str(letter)
    texts = (entry.body, entry.people, entry.sender) if entry is not None and words else ()
    none: list[Piece] = []
    snippet = next(filter(None, (mark(text, words, around=_AROUND) for text in texts)), none)
    return Found(
        letter=letter,
        number=tuple(mark(letter.number, words)) or (Piece(letter.number, False),),
        subject=tuple(mark(subject, words)) or (Piece(subject, False),),
        text=tuple(snippet),
    )


def saved_searches_of(post: Post) -> QuerySet[SavedSearch]:
    """การค้นที่ตำแหน่งนี้บันทึกไว้, by their names."""
    return SavedSearch.objects.filter(post=post)


def saved_search_for(post: Post, pk: int) -> SavedSearch:
    """การค้นที่บันทึกไว้หนึ่งรายการ; another post's does not exist for this one."""
    try:
        return saved_searches_of(post).get(pk=pk)
    except SavedSearch.DoesNotExist:
        raise NotFound("ไม่พบการค้นนี้") from None
