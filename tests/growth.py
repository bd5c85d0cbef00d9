"""How the work grows with what it is given: the same on a quick machine, a slow one, a busy one."""

import time
from collections.abc import Callable

TIMES = 8
# Work in proportion grows as its text does, work that looks at each pair grows 64 times. A cache
# that is full, or a neighbour on the same core, costs a factor of two or three, not of eight.
MOST = 30.0


def grows_in_proportion(work: Callable[[int], object], most: int) -> bool:
    """Whether the work for `most` pieces takes about `TIMES` as long as for that part of them."""
    return _computed(work, most) < MOST * max(_computed(work, most // TIMES), 1e-4)


def _computed(work: Callable[[int], object], size: int) -> float:
    """Seconds of computing, the best of three: what is not the work's own only adds to them."""
    took = []
    for _ in range(3):
        begun = time.process_time()
        work(size)
        took.append(time.process_time() - begun)
        if took[-1] > 1.0:
            break
    return min(took)
