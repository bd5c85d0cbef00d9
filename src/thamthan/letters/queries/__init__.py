"""Every read that leaves this room; the first argument is the post that asks."""

from thamthan.letters.queries.calendar import working_calendar
from thamthan.letters.queries.desk import (
    UNDATED_SHOWN,
    AskLine,
    Desk,
    DeskLine,
    desk_line_of,
    desk_of,
)
from thamthan.letters.queries.letters import (
    A4,
    ReadLetter,
    corrections_of,
    drawn_pages_of,
    file_for,
    files_of,
    finished_letters,
    letter_for,
    letters_seen_by,
    page_picture_for,
    put_aside,
    readings_of,
)
from thamthan.letters.queries.registers import (
    next_receipt_number,
    number_after_last,
    register_page,
    register_years,
    registers_of,
)
from thamthan.letters.queries.secrecy import (
    is_secret,
    letters_in_the_open,
    posts_to_name,
    reader_for,
    readers_of,
    secret_letters,
    views_of,
)
from thamthan.letters.queries.twins import Twin, likely_twins, twins_in_house

__all__ = [
    "A4",
    "UNDATED_SHOWN",
    "AskLine",
    "Desk",
    "DeskLine",
    "ReadLetter",
    "Twin",
    "corrections_of",
    "desk_line_of",
    "desk_of",
    "drawn_pages_of",
    "file_for",
    "files_of",
    "finished_letters",
    "is_secret",
    "letter_for",
    "letters_in_the_open",
    "letters_seen_by",
    "likely_twins",
    "next_receipt_number",
    "number_after_last",
    "page_picture_for",
    "posts_to_name",
    "put_aside",
    "reader_for",
    "readers_of",
    "readings_of",
    "register_page",
    "register_years",
    "registers_of",
    "secret_letters",
    "twins_in_house",
    "views_of",
    "working_calendar",
]
