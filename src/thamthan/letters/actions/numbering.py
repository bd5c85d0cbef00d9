"""Which book a letter stands in."""

from thamthan.letters.models import Letter, Register
from thamthan.letters.rules import Direction, Series
from thamthan.organisations.models import Post
from thamthan.records.actions import record
from thamthan.records.rules import Verb


def locked_register(letter: Letter, series: Series, *, by: Post, year: int) -> Register | None:
    """The book that a letter of this house and way belongs in, locked; None: not opened yet.

    The book of secrets opens by itself: a classed letter must not wait in the open one.
    """
    wanted = {
        "organisation_id": letter.organisation_id,
        "direction": letter.direction or Direction.RECEIVED,
        "series": series,
    }
    register = Register.objects.select_for_update().filter(**wanted).first()
    if register is not None or series != Series.SECRET:
        return register
    _, is_new = Register.objects.get_or_create(**wanted, defaults={"first_year": year})
    register = Register.objects.select_for_update().get(**wanted)
    if is_new:
        record(Verb.REGISTER_OPENED, register, by=by, first_number=1, series=series.value)
    return register
