"""What stands in a book as its page shows it."""

from thamthan.letters.models import Letter, Register
from thamthan.letters.queries import book_lines, book_page, books_of
from thamthan.letters.rules import Direction, Series
from thamthan.organisations.models import Post


def received_book(post: Post) -> Register:
    return books_of(post).get(
        organisation__path=post.organisation.house_path,
        direction=Direction.RECEIVED,
        series=Series.MAIN,
    )


def letters_in_book(post: Post, *, year: int, text: str = "") -> list[Letter]:
    """The received letters that this post is shown in its house's open book, the newest first."""
    page = book_page(post, received_book(post), year=year, text=text)
    return [line.letter for line in book_lines(post, page) if line.letter is not None]
