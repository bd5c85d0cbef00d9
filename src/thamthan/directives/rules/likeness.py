"""How alike two texts are, so that the same order come by two routes is found."""

from collections import Counter
from functools import lru_cache
from itertools import pairwise

from thamthan.thai.text import clusters, fold

# Two subjects of one matter differ in a word or in a name; two matters differ in most.
SAME_MATTER = 0.8


def likeness(one: str, other: str) -> float:
    """ความเหมือนของข้อความ: the share of pairs of clusters that both have, from 0 to 1."""
    return likeness_of(pairs_of(fold(one)), pairs_of(fold(other)))


# Hundreds of sentences are each held against hundreds: a sentence is taken apart once.
@lru_cache(maxsize=2048)
def pairs_of(folded: str) -> frozenset[tuple[str, str, int]]:
    """คู่ของพยางค์ที่อยู่ติดกัน of a folded text, each with which time it is; to compare with many."""
    times: Counter[tuple[str, str]] = Counter()
    found = []
    for pair in pairwise(["", *clusters(folded), ""]) if folded.strip() else ():
        times[pair] += 1
        found.append((*pair, times[pair]))
    return frozenset(found)


def likeness_of(
    one: frozenset[tuple[str, str, int]], other: frozenset[tuple[str, str, int]]
) -> float:
    """ความเหมือน of two texts, from their pairs."""
    whole = len(one) + len(other)
    return 2 * len(one & other) / whole if whole else 0.0
