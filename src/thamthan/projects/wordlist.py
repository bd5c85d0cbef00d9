"""The index of projects' words: runs of one, two and three clusters, in the database's own index.

A word is found where all its runs are; two texts are near where they share runs that few have. On
SQLite an FTS5 table of runs, on PostgreSQL a tsvector of them; both ask the same questions.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import connection

from thamthan.thai.clusters import terms, tokens

MOST_TERMS = 12
# Objectives of many pages are an annex; nobody searches a list by them.
_MOST_CLUSTERS = 4_000
_LONGEST_RUN = 3
# How many of the rarest runs are asked for at once, and whether all of them; at last any of them,
# where too few projects have them all.
_TOGETHER = ((6, True), (3, True), (6, False))


def runs_of(text: str) -> list[str]:
    """กลุ่มอักขระต่อเนื่อง 1–3 กลุ่ม of a text, each once, in their order."""
    pieces = tokens(text)[:_MOST_CLUSTERS]
    found: dict[str, None] = {}
    for length in range(1, _LONGEST_RUN + 1):
        for at in range(len(pieces) - length + 1):
            found.setdefault("_".join(pieces[at : at + length]))
    return list(found)


def long_runs_of(text: str) -> list[str]:
    """Only the runs of three, by which two texts are compared."""
    return [run for run in runs_of(text) if run.count("_") == _LONGEST_RUN - 1]


def add_words(rows: Iterable[tuple[int, str]]) -> None:
    """เก็บคำของโครงการใหม่, each by its key and its folded text; none of them is there yet."""
    given = [(pk, runs_of(text)) for pk, text in rows]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.executemany(
                "INSERT INTO projects_words (project_id, runs) VALUES (%s, array_to_tsvector(%s))"
                " ON CONFLICT (project_id) DO UPDATE SET runs = excluded.runs",
                given,
            )
        else:
            cursor.executemany(
                "INSERT INTO projects_words(rowid, runs) VALUES (%s, %s)",
                [(pk, " ".join(runs)) for pk, runs in given],
            )


def change_words(pk: int, *, before: str, after: str) -> None:
    """เปลี่ยนคำของโครงการ: the index of SQLite is told what stood there, so as to take it out."""
    if before == after:
        return
    if connection.vendor != "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM projects_words_docsize WHERE id = %s", [pk])
            # To take out what is not there would damage the index.
            if cursor.fetchone() is not None:
                cursor.execute(
                    "INSERT INTO projects_words(projects_words, rowid, runs)"
                    " VALUES ('delete', %s, %s)",
                    [pk, " ".join(runs_of(before))],
                )
    add_words([(pk, after)])


def having_words(asked: str) -> tuple[str, list[str]] | None:
    """A subquery of the keys of projects that have every word; none where no word was asked."""
    wanted: list[str] = []
    for term in terms(asked)[:MOST_TERMS]:
        wanted += _longest(tokens(term))
    if not wanted:
        return None
    if connection.vendor == "postgresql":
        query = " & ".join(f"'{run}'" for run in wanted)
        return "SELECT project_id FROM projects_words WHERE runs @@ %s::tsquery", [query]
    query = " AND ".join(f'"{run}"' for run in wanted)
    return "SELECT rowid FROM projects_words WHERE projects_words MATCH %s", [query]


def _longest(pieces: Sequence[str]) -> Iterator[str]:
    """The longest runs that make up a term; shorter ones stand within them."""
    length = min(len(pieces), _LONGEST_RUN)
    for at in range(len(pieces) - length + 1):
        yield "_".join(pieces[at : at + length])


def nearest_keys(runs: Sequence[str], *, among: tuple[str, Sequence[Any]], most: int) -> list[int]:
    """The projects of this subquery that share these runs, given the rarest first.

    Those that have the most of the rare ones come first, the newest before the older.
    """
    found: dict[int, None] = {}
    for count, is_all in _TOGETHER:
        if runs[:count]:
            keys = _having(runs[:count], is_all=is_all, among=among, most=most)
            found.update(dict.fromkeys(keys))
        if len(found) >= most:
            break
    return list(found)[:most]


def _having(
    runs: Sequence[str], *, is_all: bool, among: tuple[str, Sequence[Any]], most: int
) -> list[int]:
    within, values = among
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                # Words first, as below: else each project is asked for its words, the newest first.
                "WITH found AS MATERIALIZED (SELECT project_id FROM projects_words"  # noqa: S608
                " WHERE runs @@ %s::tsquery) SELECT project_id FROM found"
                f" WHERE project_id IN ({within}) ORDER BY project_id DESC LIMIT %s",
                [(" & " if is_all else " | ").join(f"'{run}'" for run in runs), *values, most],
            )
        else:
            # Words first, the newest before the older, then whose it is, until there are enough.
            cursor.execute(
                "SELECT rowid FROM projects_words WHERE projects_words MATCH %s"  # noqa: S608
                f" AND EXISTS (SELECT 1 FROM ({within}) AS allowed"
                " WHERE allowed.pk = projects_words.rowid) ORDER BY rowid DESC LIMIT %s",
                [(" AND " if is_all else " OR ").join(f'"{run}"' for run in runs), *values, most],
            )
        return [row[0] for row in cursor.fetchall()]


def rarest(runs: Sequence[str], *, most: int) -> list[str]:
    """Of these runs those that the fewest projects have; what none has tells nothing."""
    if not runs:
        return []
    shares = _shares(runs)
    return sorted((run for run in runs if run in shares), key=lambda run: shares[run])[:most]


def _shares(runs: Sequence[str]) -> dict[str, float]:
    """How many projects have each run, only of those that any has."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                # What many have is known to be there: to look for one of them would find them all.
                "SELECT word, coalesce(share, 0) FROM unnest(%s::text[]) AS word LEFT JOIN (SELECT"
                " unnest(most_common_elems::text::text[]) AS kept,"
                " unnest(most_common_elem_freqs) AS share FROM pg_stats"
                " WHERE schemaname = current_schema() AND tablename = 'projects_words'"
                " AND attname = 'runs') AS told ON kept = word WHERE share IS NOT NULL OR EXISTS"
                # Made ready by the index, and then one of it taken: else the table is read through.
                " (WITH found AS MATERIALIZED (SELECT 1 FROM projects_words"
                " WHERE runs @@ quote_literal(word)::tsquery) SELECT 1 FROM found)",
                [list(runs)],
            )
        else:
            marks = ", ".join("%s" for _ in runs)
            cursor.execute(
                f"SELECT term, doc FROM projects_words_terms WHERE term IN ({marks})",  # noqa: S608
                list(runs),
            )
        return dict(cursor.fetchall())
