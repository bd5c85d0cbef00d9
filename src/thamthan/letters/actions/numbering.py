"""Numbers are given, withheld when a letter moves to another book, and taken back."""

from django.utils import timezone

from thamthan.letters.models import Letter, Register, WithheldNumber
from thamthan.letters.queries import number_after_last
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


def give_number(letter: Letter, register: Register) -> None:
    """The next number of a locked register, for a locked letter; its old one is withheld.

    A letter that comes back to a book gets the number that was withheld for it there.
    """
    if letter.register_id == register.pk:
        return
    if letter.register_id is not None:
        WithheldNumber.objects.create(
            register_id=letter.register_id,
            year=letter.receipt_year or 0,
            number=letter.receipt_number or 0,
            letter=letter,
        )
    kept = letter.withheld_numbers.filter(register=register).first()
    letter.register = register
    if kept is not None:
        letter.receipt_year, letter.receipt_number = kept.year, kept.number
        kept.delete()
        return
    year = timezone.localtime(letter.received_at).year
    letter.receipt_year = year
    letter.receipt_number = number_after_last(register, year=year)
