"""What concerns one person is found by its shape, in a text of any length."""

import pytest

from tests.growth import grows_in_proportion
from thamthan.reading.model import PageSize, Paper, PrivatePlace, paper_from_json, paper_to_json
from thamthan.reading.private import MOST_PLACES, private_places, private_words
from thamthan.reading.sheet import Sheet


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("เลข 1-2345-67890-12-3 ของ", ["citizen"]),
        ("โทร. ๐๘๑ ๒๓๔ ๕๖๗๘", ["telephone"]),
        ("บัญชี ๐๑๒-๓-๔๕๖๗๘-๙", ["account"]),
        ("อีเมล a.b@example.go.th (นายสมมุติ ตัวอย่างดี)", ["email", "name"]),
        ("ที่ พบ ๐๖๑๘/๖๖๕ งบ 12345678 บาท (สำเนา)", []),
    ],
)
def test_each_number_is_one_thing(text: str, kinds: list[str]) -> None:
    assert [words.kind for words in private_words(text)] == kinds


@pytest.mark.parametrize("piece", ["0812345678 ", "1 2345 67890 12 3 ", "a@b.", "(นายก", "0-1-2-"])
def test_the_work_grows_with_the_text_alone(piece: str) -> None:
    assert grows_in_proportion(lambda many: list(private_words(piece * many)), 16_000)


def test_of_a_page_without_places_nothing_is_kept_and_of_many_no_more_than_enough() -> None:
    text = "0812345678 " * (MOST_PLACES + 5)
    assert private_places(Sheet([text])) == ()
    places = [(at, at + 1, float(at), 0.0, at + 1.0, 10.0) for at in range(len(text))]
    assert len(private_places(Sheet([text], [places]))) == MOST_PLACES


def test_the_places_are_kept_and_come_back() -> None:
    place = PrivatePlace("citizen", 1, (1.0, 2.0, 3.0, 4.0))
    paper = Paper(sizes=(PageSize(595.0, 842.0),), private=(place,))
    assert paper_from_json(paper_to_json(paper)) == paper
    assert paper_from_json({}).private == ()
