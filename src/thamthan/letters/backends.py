"""The index of words, of the database's own kind: FTS5 on SQLite, a tsvector on PostgreSQL."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import chain
from math import prod
from typing import Any, Protocol

from django.db import connection

from thamthan.thai.clusters import loose_tokens, pairs, tokens

Terms = tuple[tuple[str, ...], ...]

# Beyond so many letters a text is an annex; a tsvector holds no more than a megabyte.
MOST_LETTERS = 200_000
_ONE_MAY_DIFFER = 5


class SearchPart(Enum):
    """ที่ที่ค้น: where in a letter the words must stand; the rank of a hit comes from it."""

    KEYS = "keys"
    NUMBER = "number"
    SUBJECT = "subject"
    ANYWHERE = "anywhere"


@dataclass(frozen=True, slots=True)
class Words:
    """คำของหนังสือหนึ่งฉบับ, in the folds of an index."""

    pk: int
    house: int
    keys: Sequence[str]
    number: Sequence[str]
    subject: Sequence[str]
    sender: Sequence[str]
    people: Sequence[str]
    body: Sequence[str]
    loose: Sequence[str]


@dataclass(frozen=True, slots=True)
class Question:
    """คำถาม: the clusters of each term, where they must stand, of whose letters, and what else."""

    house: int
    place: SearchPart
    terms: Terms
    sender: Terms = ()
    is_loose: bool = False
    one_may_differ: bool = False
    # A subquery that is true of the letters wanted; {letter} in it is the hit's key.
    also: tuple[str, tuple[Any, ...]] | None = None


class SearchBackend(Protocol):
    """ดัชนีคำ. Knows no rights: whoever asks passes on only what the post may see."""

    def add(self, words: Iterable[Words]) -> None: ...

    def remove(self, words: Words) -> None: ...

    def clear(self) -> None: ...

    def kept(self) -> set[int]:
        """The keys of all letters that have words here."""
        ...

    def may_be_there(self, question: Question) -> bool:
        """False only where no letter answers a loose question, not even with a cluster differing.

        A quick look before the slow ones.
        """
        ...

    def find(self, question: Question, *, most: int) -> list[int]:
        """The letters that answer, newest first."""
        ...


def words_of(pk: int, house: int, keys: str, texts: Sequence[str]) -> Words:
    """Number, subject, sender, people and body of a letter, in this order, cut into clusters."""
    number, subject, sender, people, body = (text[:MOST_LETTERS] for text in texts)
    return Words(
        pk=pk,
        house=house,
        keys=keys.split(),
        number=tokens(number),
        subject=tokens(subject),
        sender=tokens(sender),
        people=tokens(people),
        body=tokens(body),
        loose=loose_tokens(" / ".join((subject, sender, people, body))),
    )


def search_backend() -> SearchBackend:
    """ดัชนีของฐานข้อมูลที่ใช้อยู่."""
    return PostgreSQLWords() if connection.vendor == "postgresql" else SQLiteWords()


_COLUMNS = ("house", "keys", "number", "subject", "sender", "people", "body", "loose")


class SQLiteWords:
    """FTS5 without content; a term is a phrase of clusters. What was added is told to remove it."""

    def add(self, words: Iterable[Words]) -> None:
        with connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO letters_words(rowid, {', '.join(_COLUMNS)})"  # noqa: S608
                " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)",
                [(one.pk, *self._values(one)) for one in words],
            )

    def remove(self, words: Words) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM letters_words_docsize WHERE id = %s", (words.pk,))
            if cursor.fetchone() is None:
                # To take out what is not there would damage the index.
                return
            cursor.execute(
                f"INSERT INTO letters_words(letters_words, rowid, {', '.join(_COLUMNS)})"  # noqa: S608
                " VALUES ('delete', %s, %s, %s, %s, %s, %s, %s, %s, %s)",
                (words.pk, *self._values(words)),
            )

    def _values(self, one: Words) -> tuple[str, ...]:
        fields = (one.keys, one.number, one.subject, one.sender, one.people, one.body, one.loose)
        return (f"h{one.house}", *map(" ".join, fields))

    def clear(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO letters_words(letters_words) VALUES ('delete-all')")

    def kept(self) -> set[int]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT id FROM letters_words_docsize")
            return {row[0] for row in cursor.fetchall()}

    def may_be_there(self, question: Question) -> bool:
        # Where one cluster differs, one half of the term still stands as it was asked.
        wanted = [f'house : "h{question.house}"']
        for term in question.terms:
            half = len(term) // 2
            parts = [term] if len(term) < _ONE_MAY_DIFFER else [term[:half], term[half:]]
            wanted.append(f"loose : ({' OR '.join(map(_phrase, parts))})")
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT 1 FROM letters_words WHERE letters_words MATCH %s LIMIT 1",
                (" AND ".join(wanted),),
            )
            return cursor.fetchone() is not None

    def find(self, question: Question, *, most: int) -> list[int]:
        where, more = _also(question, "letters_words.rowid")
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT rowid FROM letters_words WHERE letters_words MATCH %s"  # noqa: S608
                f" {where} ORDER BY rowid DESC LIMIT %s",
                (self._match(question), *more, most),
            )
            return [row[0] for row in cursor.fetchall()]

    def _match(self, question: Question) -> str:
        columns = {
            SearchPart.KEYS: "keys",
            SearchPart.NUMBER: "number",
            SearchPart.SUBJECT: "subject",
            SearchPart.ANYWHERE: "{number subject sender people body}",
        }[question.place]
        if question.is_loose:
            columns = "loose"
        wanted = [f'house : "h{question.house}"']
        if question.place is SearchPart.KEYS:
            # Any of the keys will do: each is one way to read the same number.
            wanted.append(f"keys : ({' OR '.join(map(_phrase, question.terms))})")
        else:
            wanted += [f"{columns} : {self._term(term, question)}" for term in question.terms]
        wanted += [f"sender : {_phrase(term)}" for term in question.sender]
        return " AND ".join(wanted)

    def _term(self, term: Sequence[str], question: Question) -> str:
        if not question.one_may_differ or len(term) < _ONE_MAY_DIFFER:
            return _phrase(term)
        ways = [_phrase(term[1:]), _phrase(term[:-1])]
        for at in range(1, len(term) - 1):
            ways.append(f"NEAR({_phrase(term[:at])} {_phrase(term[at + 1 :])}, 1)")
        return f"({' OR '.join(ways)})"


def _phrase(term: Sequence[str]) -> str:
    # Clusters are letters and digits alone, so that nothing in them can end the quotation.
    return f'"{" ".join(term)}"'


# What a cluster is marked with where it stands in a part of the letter.
_LETTERS = {
    SearchPart.KEYS: "k:",
    SearchPart.NUMBER: "n:",
    SearchPart.SUBJECT: "s:",
    SearchPart.ANYWHERE: "",
}
# Of words that so many letters have, the newest thousand are found sooner by asking letter after
# letter than by gathering all that an index tells of them.
_COMMON = 0.2

# A condition and what it asks for; a statement with its values.
Check = tuple[str, str]
Statement = tuple[str, tuple[Any, ...]]


class PostgreSQLWords:
    """A tsvector of clusters and pairs of neighbours; longer terms are compared once more."""

    def add(self, words: Iterable[Words]) -> None:
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO letters_words (letter_id, exact, loose, packed)"
                " VALUES (%s, array_to_tsvector(%s), array_to_tsvector(%s), %s)"
                " ON CONFLICT (letter_id) DO UPDATE SET exact = excluded.exact,"
                " loose = excluded.loose, packed = excluded.packed",
                [self._row(one) for one in words],
            )

    def _row(self, one: Words) -> tuple[int, list[str], list[str], str]:
        house = f"h:{one.house}"
        fields = (one.number, one.subject, one.sender, one.people, one.body)
        exact = {house, *(f"k:{key}" for key in one.keys)}
        exact.update(*(_grams(field) for field in fields))
        for letter, field in (("n", one.number), ("s", one.subject), ("f", one.sender)):
            exact.update(f"{letter}:{gram}" for gram in _grams(field))
        loose = {house, *_loose_grams(one.loose)}
        packed = " / ".join(" ".join(field) for field in fields)
        return one.pk, sorted(exact), sorted(loose), f" {packed} "

    def remove(self, words: Words) -> None:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM letters_words WHERE letter_id = %s", (words.pk,))

    def clear(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE letters_words")

    def kept(self) -> set[int]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT letter_id FROM letters_words")
            return {row[0] for row in cursor.fetchall()}

    def may_be_there(self, question: Question) -> bool:
        # Pairs of clusters are found as quickly as it could be told that they are not there.
        return True

    def find(self, question: Question, *, most: int) -> list[int]:
        column = "loose" if question.is_loose else "exact"
        told = [(f"{column} @@ %s::tsquery", self._query(question))]
        for term in question.sender:
            told.append(("exact @@ %s::tsquery", _all(f"f:{gram}" for gram in _grams(term))))
        again = () if question.is_loose else question.terms
        compared = [
            ("strpos(packed, %s) > 0", f" {' '.join(term)} ") for term in again if len(term) > 2
        ]
        if self._share(question, column) >= _COMMON:
            statement, values = self._walk(question, [*told, *compared])
        else:
            statement, values = self._look_up(question, told, compared)
        with connection.cursor() as cursor:
            cursor.execute(f"{statement} LIMIT %s", (*values, most))
            return [row[0] for row in cursor.fetchall()]

    def _look_up(self, question: Question, told: list[Check], compared: list[Check]) -> Statement:
        """What the index tells, in order.

        OFFSET keeps the comparison out of it, so that it is made of the newest first and ends when
        enough are found.
        """
        where, more = _also(question, "letters_words.letter_id")
        inner = (
            f"SELECT letter_id, packed FROM letters_words WHERE {_both(told)} {where}"  # noqa: S608
            " ORDER BY letter_id DESC"
        )
        values = (*_values(told), *more)
        if not compared:
            return f"SELECT letter_id FROM ({inner}) AS told", values  # noqa: S608
        return (
            f"SELECT letter_id FROM ({inner} OFFSET 0) AS told WHERE {_both(compared)}",  # noqa: S608
            (*values, *_values(compared)),
        )

    def _walk(self, question: Question, checks: list[Check]) -> Statement:
        """The letters wanted, the newest first, each asked for words that many have."""
        if question.also is None:
            letters = "SELECT id AS pk FROM letters_letter WHERE organisation_id = %s"
            more: tuple[Any, ...] = (question.house,)
        else:
            subquery, more = question.also
            letters = subquery.replace("{letter}", "letters_letter.id")
        return (
            f"SELECT pk FROM ({letters} ORDER BY letters_letter.id DESC OFFSET 0) AS wanted"  # noqa: S608
            f" WHERE (SELECT {_both(checks)} FROM letters_words WHERE letter_id = wanted.pk)",
            (*more, *_values(checks)),
        )

    def _share(self, question: Question, column: str) -> float:
        """About how many of all letters have the words, from 0 to 1.

        No more than have the rarest cluster of each word; the database keeps how many have the most
        frequent ones. It thinks too little of clusters that always stand together.
        """
        if question.place is SearchPart.KEYS or question.one_may_differ:
            return 0.0
        letter = _LETTERS[question.place]
        grams: list[set[str]] = [
            _loose_grams(term)
            if question.is_loose
            else {f"{letter}{gram}" for gram in _grams(term)}
            for term in question.terms
        ]
        if not question.is_loose:
            grams += [{f"f:{gram}" for gram in _grams(term)} for term in question.sender]
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT word, share FROM (SELECT unnest(most_common_elems::text::text[]) AS word,"
                " unnest(most_common_elem_freqs) AS share FROM pg_stats"
                " WHERE schemaname = current_schema() AND tablename = 'letters_words'"
                " AND attname = %s) AS kept WHERE word = ANY(%s)",
                (column, list(chain.from_iterable(grams))),
            )
            shares = dict(cursor.fetchall())
        return prod(min((shares.get(gram, 0.0) for gram in each), default=0.0) for each in grams)

    def _query(self, question: Question) -> str:
        letter = _LETTERS[question.place]
        wanted = [_lexeme(f"h:{question.house}")]
        if question.place is SearchPart.KEYS:
            keys = [_lexeme(f"k:{key}") for key in chain.from_iterable(question.terms)]
            wanted.append(f"({' | '.join(keys)})")
        elif question.is_loose:
            wanted += [self._loose(term, question) for term in question.terms]
        else:
            wanted += [_all(f"{letter}{gram}" for gram in _grams(term)) for term in question.terms]
        return " & ".join(wanted)

    def _loose(self, term: Sequence[str], question: Question) -> str:
        if not question.one_may_differ or len(term) < _ONE_MAY_DIFFER:
            return _all(_loose_grams(term))
        # A cluster left alone has no neighbour to be found by, and would go unasked.
        last = len(term) - 1
        ways = [
            _all(pairs(list(term[:at])) | pairs(list(term[at + 1 :])))
            for at in range(len(term))
            if at not in {1, last - 1}
        ]
        return f"({' | '.join(ways)})"


def _grams(pieces: Sequence[str]) -> set[str]:
    return set(pieces) | pairs(list(pieces))


def _loose_grams(pieces: Sequence[str]) -> set[str]:
    """Pairs alone, and Latin words: a single cluster loosely read would be found everywhere."""
    return pairs(list(pieces)) | {piece for piece in pieces if piece.isascii()}


def _all(lexemes: Iterable[str]) -> str:
    return " & ".join(map(_lexeme, sorted(lexemes)))


def _both(checks: Iterable[Check]) -> str:
    return " AND ".join(condition for condition, _ in checks)


def _values(checks: Iterable[Check]) -> tuple[str, ...]:
    return tuple(value for _, value in checks)


def _lexeme(word: str) -> str:
    return f"'{word}'"


def _also(question: Question, letter: str) -> tuple[str, tuple[Any, ...]]:
    if question.also is None:
        return "", ()
    subquery, values = question.also
    return f"AND EXISTS ({subquery.replace('{letter}', letter)})", values
