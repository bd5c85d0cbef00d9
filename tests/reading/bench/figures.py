"""The figures of a run: verdicts by field, characters, seconds; and their tables in Markdown."""

import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.reading.bench.judge import HEAD, Verdict
from tests.reading.bench.transcript import Count

OUTCOMES = ("right", "flagged", "missing", "silent", "spurious")
WRONG = ("flagged", "missing", "silent", "spurious")
# What a letter must have: where it was not read a person is told so.
FLAGGED_WHEN_EMPTY = tuple(name for name in HEAD if name not in ("urgency", "references"))
NUMBERS = ("number", "dated_on", "number, by hand", "dated_on, by hand")


@dataclass
class Group:
    """All letters of one kind at one quality."""

    name: str
    letters: int = 0
    pages: int = 0
    faults: list[str] = field(default_factory=list)
    fields: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    warned: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)
    # Of the head fields that were left empty how many there are, and of how many a person is told,
    # and shown where on the paper they stand.
    empty: int = 0
    told: int = 0
    count: Count = field(default_factory=Count)
    plain: Count = field(default_factory=Count)
    seconds: float = 0.0
    plain_seconds: float = 0.0
    took: list[float] = field(default_factory=list)

    def add(self, verdicts: Iterable[Verdict], *, shown: frozenset[str] = frozenset()) -> None:
        for one in verdicts:
            if one.outcome == "absent":
                continue
            name = one.field.partition(",")[0]
            if one.outcome == "missing" and name in FLAGGED_WHEN_EMPTY:
                self.empty += 1
                self.told += one.warned and name in shown
            self.fields[one.field][one.outcome] += 1
            if one.field in NUMBERS and one.outcome != "spurious":
                self.asked[name] += 1
                self.warned[name] += one.outcome in ("right", "flagged") or one.warned

    @property
    def total(self) -> Counter[str]:
        return sum(self.fields.values(), Counter())

    def share(self, outcome: str, names: Sequence[str] | None = None) -> float | None:
        kept = [c for name, c in self.fields.items() if names is None or name in names]
        facts = sum(c.total() for c in kept)
        return sum(c[outcome] for c in kept) / facts if facts else None

    @property
    def silent_share(self) -> float | None:
        facts = self.total.total()
        return (self.total["silent"] + self.total["spurious"]) / facts if facts else None


def field_table(groups: Sequence[Group], *, least: dict[str, float]) -> list[str]:
    """Each field, group by group: right · flagged · missing · silent, and how many are right."""
    groups = [group for group in groups if group.letters]
    rows = [
        "| field | " + " | ".join(f"{group.name} | right" for group in groups) + " |",
        "|---" * (1 + 2 * len(groups)) + "|",
    ]
    names = sorted({name for group in groups for name in group.fields}, key=_place)
    for name in [*names, ""]:
        cells = []
        for group in groups:
            counted = group.fields[name] if name in group.fields else Counter()
            counted = counted if name else group.total
            cells.append(_cell(counted, least.get(group.name) if name else None, name))
        told = name.replace("_", " ") or "**all**"
        rows.append(f"| {told} | " + " | ".join(cells) + " |")
    return rows


_ORDER = (*HEAD, "deadlines", "receipt.number", "receipt.received_on")


def _place(name: str) -> tuple[int, str]:
    first = name.partition(",")[0]
    return (_ORDER.index(first) if first in _ORDER else len(_ORDER), name)


def _cell(counted: Counter[str], least: float | None, name: str) -> str:
    facts = counted.total()
    if not facts:
        return "– | –"
    wrong = counted["silent"] + counted["spurious"]
    share = counted["right"] / facts
    met = ""
    if least is not None and "by hand" not in name:
        met = " ✓" if share >= least else " ✗"
    return (
        f"{counted['right']} · {counted['flagged']} · {counted['missing']} · {wrong} "
        f"| {share:.2f}{met}"
    )


def target_table(groups: dict[str, Group]) -> list[str]:
    """What was set out to be reached, what was, and whether it is."""
    rows = ["| what | letters | measured | target | met |", "|---|---|---|---|---|"]
    for what, where, value, told, target, at_least in _targets(groups):
        if value is None:
            continue
        met = "–"
        if target is not None:
            met = "yes" if (value >= target if at_least else value <= target) else "**no**"
            bound = "≥" if at_least else "≤"
            aim = f"{bound} {told.format(target)}"
        else:
            aim = "–"
        rows.append(f"| {what} | {where} | {told.format(value)} | {aim} | {met} |")
    return rows


def _targets(groups: dict[str, Group]) -> Iterable[tuple[str, str, Any, str, Any, bool]]:
    percent = "{:.1%}"
    for name, least in (("real-texts", 0.97), ("real-scans", 0.9)):
        group = groups[name]
        key = group.name
        if group.letters:
            shares = [group.share("right", [field]) for field in HEAD]
            worst = min((share for share in shares if share is not None), default=None)
            yield "the worst head field right", key, worst, percent, least, True
            yield "deadlines right", key, group.share("right", ["deadlines"]), percent, 0.97, True
            yield "silent errors", key, group.silent_share, percent, 0.01, False
            yield from _empty(group)
    for key, factor in (("text", None), ("clean", 1), ("office", 1), ("photo", 2)):
        group = groups[key]
        if not group.letters:
            continue
        aim = factor or 1
        yield "silent errors", key, group.silent_share, percent, 0.01 * aim, False
        deadlines = group.share("right", ["deadlines"])
        yield "deadlines right", key, deadlines, percent, 0.97 if not factor else None, True
        if factor is None:
            yield "one letter, ms", key, statistics.median(group.took) * 1000, "{:.1f}", 20, False
            continue
        count = group.count
        if count.characters:
            wrong = count.wrong / count.characters
            yield "characters wrong", key, wrong, percent, 0.01 * aim, False
        if count.thai:
            right = count.thai_right / count.thai
            yield "Thai digits right", key, right, percent, 1 - 0.02 * aim, True
        yield from _empty(group)
        for name, told in (("number", "letter number"), ("dated_on", "date")):
            if group.asked[name]:
                share = group.warned[name] / group.asked[name]
                yield f"{told} right or flagged", key, share, percent, 1 - 0.01 * aim, True
        if group.plain_seconds:
            ratio = group.seconds / group.plain_seconds
            best = 1.15 if key == "clean" else None
            yield "seconds a page, plain Tesseract = 1", key, ratio, "{:.2f}", best, False


def _empty(group: Group) -> Iterable[tuple[str, str, Any, str, Any, bool]]:
    """Of the head fields left empty, how many a person is told of and shown the place of."""
    if group.empty:
        what = "head fields left empty: told, and their place shown"
        yield what, group.name, group.told / group.empty, "{:.1%}", 1.0, True


def page_table(groups: Sequence[Group]) -> list[str]:
    rows = [
        "| letters | pages | characters wrong | digits right | Thai digits right | digits silently "
        "wrong | s a page | Tesseract: characters | digits | s a page | ratio |",
        "|---" * 11 + "|",
    ]
    for group in groups:
        count, plain = group.count, group.plain
        if not count.characters or not group.pages:
            continue
        theirs = "– | – | – | –"
        if plain.characters:
            theirs = (
                f"{plain.wrong / plain.characters:.1%} "
                f"| {plain.digits_right / max(plain.digits, 1):.1%} "
                f"| {group.plain_seconds / group.pages:.1f} "
                f"| {group.seconds / group.plain_seconds:.2f}"
            )
        rows.append(
            f"| {group.name} | {group.pages} | {count.wrong / count.characters:.1%} "
            f"| {count.digits_right}/{count.digits} "
            f"| {count.thai_right / max(count.thai, 1):.1%} | {count.digits_silent} "
            f"| {group.seconds / group.pages:.1f} | {theirs} |"
        )
    return rows
