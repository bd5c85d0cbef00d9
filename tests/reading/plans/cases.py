"""All faulty workbooks together."""

from functools import cache

from tests.reading.plans import faults, layouts, shapes
from tests.reading.plans.truth import Case

MAKERS = (
    faults.plain,
    faults.low_heading,
    faults.dashes,
    faults.money_as_words,
    faults.amended,
    faults.boxes,
    faults.doubled,
    faults.hidden,
    faults.formulas,
    faults.magnitudes,
    shapes.numbering,
    shapes.totals,
    shapes.ordinances,
    shapes.by_issue,
    shapes.equipment,
    shapes.coordinated,
    layouts.continued,
    layouts.shared_cells,
    layouts.odd_headings,
    layouts.before_and_after,
    layouts.no_table,
    layouts.commas,
)


@cache
def cases() -> tuple[Case, ...]:
    return tuple(make() for make in MAKERS)
