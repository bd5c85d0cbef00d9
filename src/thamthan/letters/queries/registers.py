"""The books of a house: who may keep them, numbers, pages, years."""

from collections.abc import Iterable
from datetime import date

from dateutil.relativedelta import relativedelta
from django.db.models import (
    Case,
    F,
    FilteredRelation,
    Func,
    Max,
    Min,
    Q,
    QuerySet,
    TextField,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import StrIndex, Upper
from django.db.models.lookups import GreaterThan

from thamthan.errors import NotFound
from thamthan.letters.models import Letter, Register, RegisterNumber
from thamthan.letters.queries.letters import letters_seen_by
from thamthan.letters.rules import CircularSeries, Direction, NumberState, Series, year_bounds
from thamthan.organisations.models import Organisation, Post
from thamthan.organisations.rules import Duty, Level
from thamthan.thai.correspondence import Secrecy, parse_letter_number
from thamthan.thai.digits import to_arabic
from thamthan.thai.text import squeeze


def registers_of(post: Post) -> QuerySet[Register]:
    """ทะเบียนของหน่วยงาน, without those that its divisions keep for themselves."""
    return Register.objects.filter(organisation__path=post.organisation.house_path)


def books_of(post: Post) -> QuerySet[Register]:
    """ทะเบียนทุกเล่มของหน่วยงานและของกองที่มีทะเบียนของตนเอง, the house's first.

    The books of secrets are not among them: `secret_letters` tells who may see what is in those.
    """
    if not post.has_duty(Duty.READ_LETTERS):
        return Register.objects.none()
    house = post.organisation.house_path
    return (
        Register.objects.exclude(series=Series.SECRET)
        .filter(
            Q(organisation__path=house)
            | Q(organisation__level=Level.DIVISION, organisation__parent__path=house)
        )
        .select_related("organisation")
        .order_by("organisation__path", "direction", "-series", "pk")
    )


def book_for(post: Post, pk: int) -> Register:
    """ทะเบียนหนึ่งเล่ม; one of another house does not exist for this post."""
    try:
        return books_of(post).get(pk=pk)
    except Register.DoesNotExist:
        raise NotFound("ไม่พบทะเบียนนี้") from None


def number_for(post: Post, pk: int) -> RegisterNumber:
    """เลขหนึ่งเลขในทะเบียนที่ตำแหน่งนี้เห็น; of the book of secrets those of letters that it may read."""
    secret = Q(register__series=Series.SECRET, letter__in=letters_seen_by(post).order_by())
    row = (
        RegisterNumber.objects.filter(Q(register__in=books_of(post).order_by()) | secret, pk=pk)
        .select_related("register__organisation")
        .first()
    )
    if row is None:
        raise NotFound("ไม่พบเลขนี้")
    return row


def numbers_of(post: Post, letter: Letter) -> QuerySet[RegisterNumber]:
    """เลขของหนังสือหนึ่งฉบับ: that of its own book first, then those of divisions."""
    seen = letters_seen_by(post).filter(pk=letter.pk).order_by().values("pk")
    own = Case(When(register=letter.register_id, then=0), default=1)
    return (
        RegisterNumber.objects.filter(letter__in=seen)
        .select_related("register__organisation")
        .order_by(own, "given_at", "pk")
    )


def division_book_of(post: Post, letter: Letter) -> Register | None:
    """ทะเบียนรับของกองที่ตนลงรับให้ได้, where this letter has no number in it yet."""
    if letter.direction != Direction.RECEIVED or letter.receipt_number is None:
        return None
    book = (
        books_of(post)
        .filter(organisation=post.organisation_id, direction=Direction.RECEIVED)
        .exclude(organisation=letter.organisation_id)
        .exclude(numbers__letter=letter)
        .first()
    )
    return book if book is not None and may_keep_register(post, book) else None


def may_keep_register(post: Post, register: Register) -> bool:
    """Whether this post gives and reserves the numbers of this book: that of its own division, that
    of its house; whoever sits in the house itself, those of all its divisions.
    """
    if not post.has_duty(Duty.REGISTER_LETTERS):
        return False
    owner = register.organisation
    house = post.organisation.house_path
    if owner.path == house or owner.pk == post.organisation_id:
        return True
    return post.organisation.path == house and owner.house_path == house


def houses_of(post: Post) -> list[Organisation]:
    """หน่วยงานและกองที่ตำแหน่งนี้เปิดทะเบียนให้ได้, the house first."""
    if not post.has_duty(Duty.REGISTER_LETTERS):
        return []
    house = post.organisation.house_path
    circle = Q(path=house) | Q(level=Level.DIVISION, parent__path=house)
    there = Organisation.objects.filter(circle, closed_on=None).order_by("path")
    return [each for each in there if may_keep_register(post, Register(organisation=each))]


def next_receipt_number(post: Post, *, year: int, series: Series = Series.MAIN) -> int | None:
    """เลขรับถัดไป, a prediction for the page: whoever confirms first gets it. None: no register.

    The book of secrets opens by itself at 1.
    """
    register = registers_of(post).filter(direction=Direction.RECEIVED, series=series).first()
    if register is None:
        return 1 if series == Series.SECRET else None
    return number_after_last(register, year=year)


def number_after_last(register: Register, *, year: int) -> int:
    """The number after the last given one of that year. Does not lock the register."""
    year = max(year, register.first_year)
    last = register.numbers.filter(year=year).aggregate(last=Max("number"))["last"]
    held = register.letters.filter(receipt_year=year).aggregate(last=Max("receipt_number"))["last"]
    if last is not None or held is not None:
        return max(int(last or 0), int(held or 0)) + 1
    return register.first_number if year == register.first_year else 1


def reserved_numbers(post: Post, register: Register) -> QuerySet[RegisterNumber]:
    """เลขที่จองไว้และยังไม่ได้ใช้, the lowest first."""
    book = book_for(post, register.pk)
    return book.numbers.filter(state=NumberState.RESERVED).order_by("year", "number")


def sending_book_of(
    post: Post, *, is_circular: bool = False, is_secret: bool = False
) -> Register | None:
    """ทะเบียนหนังสือส่งของหน่วยงาน; of circulars where they have a series of their own, of secrets
    the book of secrets, which opens with its first letter.
    """
    books = {book.series: book for book in registers_of(post).filter(direction=Direction.SENT)}
    if is_secret:
        return books.get(Series.SECRET)
    main = books.get(Series.MAIN)
    if main is not None and is_circular and main.circulars == CircularSeries.SEPARATE:
        return books.get(Series.CIRCULAR, main)
    return main


def reserved_for_draft(post: Post, *, is_circular: bool) -> list[RegisterNumber]:
    """เลขที่จองไว้ซึ่งร่างนี้ใช้ได้: of the book that its number comes from, the lowest first."""
    book = sending_book_of(post, is_circular=is_circular)
    if book is None or not may_keep_register(post, book):
        return []
    return list(reserved_numbers(post, book))


# What of a letter, and what of a line that has none, is looked through for words.
_OF_A_LETTER = ("number", "subject", "sender", "addressee")
_OF_A_LINE = ("text", "subject", "addressee", "reserved_for")


def _holds(words: str, columns: Iterable[str]) -> Q:
    """Whether any of these columns has the words, looked for once in all of them."""
    between = Value("\n")
    parts = [part for column in columns for part in (between, F(column))]
    # No column of these is ever empty of a value, so that nothing need be put in its place.
    text: Combinable = Func(
        *parts, template="(%(expressions)s)", arg_joiner=" || ", output_field=TextField()
    )
    asked: Combinable = Value(words)
    if words.upper() != words.lower():
        # Thai knows no capitals, and to make some of a whole book's letters takes most of the time.
        text, asked = Upper(text), Upper(asked)
    return Q(GreaterThan(StrIndex(text, asked), 0))


def _is_about(words: str, *, of: str) -> Q:
    """Whether a letter has these words; `of` is the way to the letter from the rows asked."""
    wanted = _holds(words, [f"{of}{column}" for column in _OF_A_LETTER])
    if to_arabic(words) != words:
        wanted |= _holds(to_arabic(words), [f"{of}number"])
    number = parse_letter_number(words)
    return wanted if number is None else wanted | Q(**{f"{of}number_key": number.key()})


def _has_number(words: str, column: str) -> Q:
    digits = to_arabic(words).removeprefix("ว").strip()
    if digits.isascii() and digits.isdigit() and len(digits) <= 9:
        return Q(**{column: int(digits)})
    return Q(pk__in=[])


def _in_month(register: Register, year: int, month: int) -> Q:
    """The days of a month in a book's year; of what lies outside it, that month of any."""
    first, last = year_bounds(register.year_kind, year)
    begins = date(first.year if month >= first.month else last.year, month, 1)
    ends = begins + relativedelta(months=1)
    elsewhere = Q(on__lt=first) | Q(on__gt=last)
    return Q(on__gte=begins, on__lt=ends) | (elsewhere & Q(on__month=month))


def book_page(
    post: Post, register: Register, *, year: int, month: int | None = None, text: str = ""
) -> QuerySet[RegisterNumber]:
    """บรรทัดในทะเบียนของปีหนึ่ง (ค.ศ.), the newest number first: used, reserved, void ones alike.

    `text` is looked for in number (in any spelling), subject, sender, addressee and the number of
    the line; it is not the full-text search. Of letters that this post may not see the number alone
    is found. Show the lines through `book_lines`, which hides what is not to be seen. `paper` of
    the rows is the letter to sort by: none where it may not be seen.
    """
    page = book_for(post, register.pk).numbers.filter(year=year)
    if month is not None:
        page = page.filter(_in_month(register, year, month))
    page = page.alias(paper=_open_letter_of(register, year))
    words = squeeze(text).replace("\x00", "")
    if words:
        about = Q(paper__isnull=False) & _is_about(words, of="paper__")
        own = _holds(words, _OF_A_LINE)
        if to_arabic(words) != words:
            own |= _holds(to_arabic(words), ["text"])
        page = page.filter(about | own | _has_number(words, "number"))
    return page.select_related("letter", "register__organisation").order_by("-number")


def _open_letter_of(register: Register, year: int) -> FilteredRelation:
    """The letter of a line, where no class of secrecy hides it.

    It says twice what the line says, so that of a long registry one year's letters are looked
    through and not all: a letter stands in a book by its own number of that year, or has that
    number in another book of the same way.
    """
    others = Register.objects.filter(direction=register.direction).exclude(pk=register.pk)
    house = register.organisation.house_path
    there = list(others.filter(organisation__path=house).values_list("pk", flat=True))
    own = Q(letter__register=register.pk, letter__receipt_year=year)
    return FilteredRelation(
        "letter",
        condition=Q(letter__secrecy=Secrecy.OPEN) & (own | Q(letter__register__in=there)),
    )


def book_years(post: Post, register: Register) -> list[int]:
    """ปีของทะเบียน (ค.ศ.), newest first: from the first in which a number was given to the last."""
    numbers = book_for(post, register.pk).numbers
    # The ends of the index tell them; all lines of a book are many.
    ends = numbers.aggregate(first=Min("year"), last=Max("year"))
    if ends["last"] is None:
        return []
    return list(range(ends["last"], ends["first"] - 1, -1))
