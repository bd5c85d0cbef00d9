"""The books of a house: numbers, pages, years."""

from django.db.models import Max, Q, QuerySet

from thamthan.letters.models import Letter, Register
from thamthan.letters.queries.secrecy import letters_in_the_open
from thamthan.letters.rules import Direction, Series
from thamthan.organisations.models import Post
from thamthan.thai.correspondence import parse_letter_number
from thamthan.thai.digits import to_arabic
from thamthan.thai.text import squeeze


def registers_of(post: Post) -> QuerySet[Register]:
    """ทะเบียนของหน่วยงาน."""
    return Register.objects.filter(organisation__path=post.organisation.house_path)


def next_receipt_number(post: Post, *, year: int, series: Series = Series.MAIN) -> int | None:
    """เลขรับถัดไป, a prediction for the page: whoever confirms first gets it. None: no register.

    The book of secrets opens by itself at 1.
    """
    register = registers_of(post).filter(direction=Direction.RECEIVED, series=series).first()
    if register is None:
        return 1 if series == Series.SECRET else None
    return number_after_last(register, year=year)


def number_after_last(register: Register, *, year: int) -> int:
    """The number after the last given one of that calendar year. Does not lock the register."""
    given = register.letters.filter(receipt_year=year).aggregate(last=Max("receipt_number"))
    # A number whose letter moved to another book is never given again.
    withheld = register.withheld.filter(year=year).aggregate(last=Max("number"))
    last = max(given["last"] or 0, withheld["last"] or 0)
    if last:
        return last + 1
    return register.first_number if year == register.first_year else 1


def register_page(
    post: Post, *, year: int, month: int | None = None, text: str = ""
) -> QuerySet[Letter]:
    """ทะเบียนหนังสือรับของปีปฏิทินหนึ่ง (ค.ศ.), the newest number first.

    `text` is looked for in number (in any spelling), subject, sender and receipt number; it is
    not the full-text search. Secret letters stand in a book of their own, whoever asks.
    """
    page = letters_in_the_open(post).filter(
        direction=Direction.RECEIVED, receipt_year=year, receipt_number__isnull=False
    )
    if month is not None:
        page = page.filter(received_at__month=month)
    words = squeeze(text).replace("\x00", "")
    if words:
        wanted = (
            Q(subject__icontains=words)
            | Q(sender__icontains=words)
            | Q(number__icontains=to_arabic(words))
        )
        number = parse_letter_number(words)
        if number is not None:
            wanted |= Q(number_key=number.key())
        digits = to_arabic(words)
        if digits.isascii() and digits.isdigit() and len(digits) <= 9:
            wanted |= Q(receipt_number=int(digits))
        page = page.filter(wanted)
    return page.order_by("-receipt_number")


def register_years(post: Post) -> list[int]:
    """ปีที่มีในทะเบียน (ค.ศ.), newest first."""
    years = (
        letters_in_the_open(post)
        .filter(receipt_year__isnull=False)
        .order_by()
        .values_list("receipt_year", flat=True)
        .distinct()
    )
    return sorted((year for year in years if year is not None), reverse=True)
