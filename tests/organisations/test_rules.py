"""Laws of levels, roles, codes and days; no database."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from thamthan.errors import Refused
from thamthan.organisations.lists import read_organisations, read_outlines
from thamthan.organisations.rules import (
    Duty,
    LaoKind,
    Level,
    Role,
    fits_level,
    has_duty,
    is_code,
    is_in_force,
    is_log_in,
    may_stand_under,
    person_sort_key,
)

DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2200, 1, 1))


def test_only_a_ministry_stands_alone_and_it_never_stands_under() -> None:
    assert [level for level in Level if may_stand_under(level, None)] == [Level.MINISTRY]
    assert not any(may_stand_under(Level.MINISTRY, above) for above in Level)


def test_a_district_stands_under_a_province_or_bangkok() -> None:
    assert may_stand_under(Level.DISTRICT, Level.PROVINCE)
    assert may_stand_under(Level.DISTRICT, Level.LAO, parent_kind=LaoKind.SPECIAL)
    assert not may_stand_under(Level.DISTRICT, Level.LAO, parent_kind=LaoKind.CITY)


def test_administrators_do_not_read_letters_and_readers_do_not_keep_posts() -> None:
    for role in set(Role) - {Role.SYSTEM}:
        assert not (has_duty(role, Duty.KEEP_ORGANISATIONS) and has_duty(role, Duty.READ_LETTERS))


def test_the_post_of_the_system_fits_nowhere_and_every_other_somewhere() -> None:
    for role in Role:
        assert any(fits_level(role, level) for level in Level) == (role != Role.SYSTEM)
    assert not fits_level(Role.GOVERNOR, Level.DISTRICT)
    assert not fits_level(Role.EXECUTIVE, Level.PROVINCE)


@given(st.text(max_size=30))
def test_a_code_never_breaks_a_path_nor_differs_by_case(text: str) -> None:
    if is_code(text):
        assert "/" not in text
        assert text == text.upper()
        assert 1 <= len(text) <= 20
        assert text.isascii()


@given(st.text(max_size=70))
def test_a_log_in_name_is_plain(text: str) -> None:
    if is_log_in(text):
        assert text.isascii()
        assert text == text.strip()


@given(DAYS, DAYS, DAYS)
def test_first_and_last_day_count(first: date, last: date, today: date) -> None:
    assert is_in_force(first, None, today=first)
    assert is_in_force(first, last, today=last) == (first <= last)
    assert not is_in_force(first, last, today=last + timedelta(days=1))
    if is_in_force(first, last, today=today):
        assert first <= today <= last


@given(st.text(max_size=150))
def test_a_title_before_the_name_does_not_count(name: str) -> None:
    assert len(person_sort_key(name)) <= 300
    assert person_sort_key("นางสาวมาลี แก้ว") == person_sort_key("มาลี แก้ว")
    assert person_sort_key("นายธนา") == person_sort_key("ธนา")


@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: text.encode("utf-8")))
def test_any_bytes_are_a_list_or_refused(content: bytes) -> None:
    for read in (read_organisations, read_outlines):
        try:
            read(content)  # type: ignore[operator]
        except Refused as refused:
            assert refused.code in {"not_a_list", "not_a_map"}


@given(st.lists(st.text(max_size=40), min_size=4, max_size=4))
def test_any_cells_under_our_headings_give_a_row_or_a_reason(cells: list[str]) -> None:
    quoted = ",".join('"' + cell.replace('"', '""') + '"' for cell in cells)
    content = f"code,name,level,parent\n{quoted}\n".encode("utf-8", "replace")
    listed = read_organisations(content)
    assert len(listed.rows) + len(listed.refused) <= 1
