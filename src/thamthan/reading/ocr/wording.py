"""A line that can hardly be read is read as words that are known, as far as its ink allows it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from thamthan.reading.ocr.reader import Guess, peaks, place_of
from thamthan.reading.ocr.signs import SIGNS

# What is very unlikely to the net is not impossible: a blot may hide a letter.
_LEAST_ODDS = 1e-3
# What a sign costs that belongs to no known word, and what a word costs, in natural logarithms.
_STRANGE = -2.2
_WORD = -1.5
# Short words fit many blots.
_SHORT, _IN_SHORT = 6, -0.7
# How much less likely than the net's own reading the signs of a word may be, each: of a long word
# more, for there is hardly another that is so long and so like.
_MOST_STRAIN, _FREE, _EACH = 1.6, 0.2, 0.1
_LOW = np.float32(-1e9)

_STAY, _NEXT, _SKIP, _ENTER = range(4)


@dataclass(frozen=True, slots=True)
class Worded:
    """A line with its known words: the signs, and how many of them stand in such words.

    `strain` is how much less likely the signs of the words are, each, than what the net itself
    would read there, in natural logarithms.
    """

    guesses: tuple[Guess, ...]
    known: int
    strain: float


@dataclass(frozen=True, slots=True)
class _States:
    """All words one behind the other: before each sign a state for no sign, then the sign's own."""

    sign: NDArray[np.int64]
    first: NDArray[np.bool_]
    last: NDArray[np.bool_]
    can_skip: NDArray[np.bool_]
    cost: NDArray[np.float32]
    known: NDArray[np.bool_]


@lru_cache(maxsize=4)
def _states(words: frozenset[str]) -> _States:
    sign: list[int] = [0]
    first, last, skip, known = [True], [True], [False], [False]
    cost: list[float] = [0.0]
    for word in (*sorted(words), *SIGNS):
        numbers = [SIGNS.find(one) + 1 for one in word]
        if not all(numbers):
            continue
        is_known = len(word) > 1
        short = _IN_SHORT * len(word) if len(word) < _SHORT else 0.0
        entry = _WORD + short if is_known else _STRANGE
        for at, number in enumerate(numbers):
            sign += [0, number]
            first += [at == 0, at == 0]
            last += [False, at == len(numbers) - 1]
            skip += [False, at > 0 and numbers[at - 1] != number]
            cost += [entry, entry]
            known += [False, is_known]
    return _States(
        np.array(sign),
        np.array(first),
        np.array(last),
        np.array(skip),
        np.array(cost, np.float32),
        np.array(known),
    )


def as_words(odds: NDArray[np.float32], words: Iterable[str], *, scale: float) -> Worded:
    """อ่านเป็นคำ: the likeliest row of known words and strange signs for a line's odds.

    One pass over the columns with every state of every word at once (Viterbi).
    """
    states = _states(frozenset(words))
    sure = np.log(np.maximum(odds, _LEAST_ODDS)).astype(np.float32)
    came, left_by = _forward(states, sure)
    path = _backward(states, came, left_by)
    return _told(states, path, odds, sure, scale=scale)


def _forward(
    states: _States, sure: NDArray[np.float32]
) -> tuple[NDArray[np.int8], NDArray[np.int64]]:
    columns = sure.shape[1]
    many = len(states.sign)
    came = np.zeros((columns, many), np.int8)
    left_by = np.zeros(columns, np.int64)
    score = np.where(states.first, states.cost, _LOW) + sure[states.sign, 0]
    came[0] = _ENTER
    leaving = np.flatnonzero(states.last)
    inner = ~states.first
    # A word's own first sign may follow the state before it, which is as much its beginning.
    behind_blank = states.first & (states.sign > 0)
    for at in range(1, columns):
        out = leaving[int(score[leaving].argmax())]
        left_by[at] = out
        best, how = score.copy(), came[at]
        before = np.concatenate(([_LOW], score[:-1]))
        better = (inner | behind_blank) & (before > best)
        best[better], how[better] = before[better], _NEXT
        two = np.concatenate(([_LOW, _LOW], score[:-2]))
        better = states.can_skip & (two > best)
        best[better], how[better] = two[better], _SKIP
        entered = score[out] + states.cost
        better = states.first & (entered > best)
        best[better], how[better] = entered[better], _ENTER
        score = best + sure[states.sign, at]
    # The last column is followed by the end: whichever word ends, or blank paper.
    ends = np.where(states.last, score, _LOW)
    left_by[0] = int(ends.argmax())
    return came, left_by


def _backward(
    states: _States, came: NDArray[np.int8], left_by: NDArray[np.int64]
) -> list[tuple[int, bool]]:
    """For each column its state, and whether a word begins there."""
    state = int(left_by[0])
    path: list[tuple[int, bool]] = []
    for at in range(len(came) - 1, -1, -1):
        how = int(came[at, state])
        path.append((state, how == _ENTER))
        if at and how == _ENTER:
            state = int(left_by[at])
        elif how in (_NEXT, _SKIP):
            state -= how
    return path[::-1]


def _told(
    states: _States,
    path: list[tuple[int, bool]],
    odds: NDArray[np.float32],
    sure: NDArray[np.float32],
    *,
    scale: float,
) -> Worded:
    """The words that the ink bears out; between them what the net itself reads."""
    guesses: list[Guess] = []
    known, strained = 0, 0.0
    plain_from = 0
    for start, end in _runs(_words(states, path)):
        word = list(_signs(states, path, odds, (start, end), scale=scale))
        likely = sum(float(sure[states.sign[path[at][0]], at]) for at in range(start, end))
        strain = float(sure[:, start:end].max(axis=0).sum()) - likely
        if strain > len(word) * min(_MOST_STRAIN, _FREE + _EACH * len(word)):
            continue
        guesses += peaks(odds[:, plain_from:start], scale=scale, first=plain_from)
        guesses += word
        known += len(word)
        strained += strain
        plain_from = end
    if plain_from < len(path):
        guesses += peaks(odds[:, plain_from:], scale=scale, first=plain_from)
    return Worded(tuple(guesses), known, strained / max(known, 1))


def _words(states: _States, path: list[tuple[int, bool]]) -> Iterator[tuple[int, int]]:
    """The stretches of columns that known words take, up to where the next thing begins."""
    starts = [at for at, (_, begins) in enumerate(path) if begins]
    for start, end in pairwise([*starts, len(path)]):
        if any(states.known[state] for state, _ in path[start:end]):
            yield start, end


def _runs(words: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Words that follow each other at once, as one: together they are longer, and rarer."""
    run: tuple[int, int] | None = None
    for start, end in words:
        if run and run[1] == start:
            run = run[0], end
            continue
        if run:
            yield run
        run = start, end
    if run:
        yield run


def _signs(
    states: _States,
    path: list[tuple[int, bool]],
    odds: NDArray[np.float32],
    columns: tuple[int, int],
    *,
    scale: float,
) -> Iterator[Guess]:
    at, last = columns
    while at < last:
        state = path[at][0]
        end = at + 1
        while end < last and path[end][0] == state:
            end += 1
        sign = int(states.sign[state])
        if sign:
            peak = at + int(odds[sign, at:end].argmax())
            yield Guess(SIGNS[sign - 1], place_of(peak, scale=scale), float(odds[sign, peak]))
        at = end
