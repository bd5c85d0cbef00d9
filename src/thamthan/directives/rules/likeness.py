"""How alike two texts are, so that the same order come by two routes is found."""

from collections import Counter
from functools import lru_cache
from itertools import pairwise

from thamthan.thai.text import clusters, fold

# Two subjects of one matter differ in a word or in a name; two matters differ in most.
SAME_MATTER = 0.8


def likeness(one: str, other: str) -> float:
    """ความเหมือนของข้อความ: the share of pairs of clusters that both have, from 0 to 1."""
    first, second = _pairs(one), _pairs(other)
    whole = first.total() + second.total()
    if not whole:
        return 0.0
    return 2 * (first & second).total() / whole


# Hundreds of sentences are each held against hundreds: a sentence is taken apart once.
@lru_cache(maxsize=2048)
def _pairs(text: str) -> Counter[tuple[str, str]]:
    return Counter(pairwise(["", *clusters(fold(text)), ""])) if text.strip() else Counter()
