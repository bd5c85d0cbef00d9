"""On a scan, too, the machine suggests what to cover: what is one person's, where it read it."""

import pytest

from tests.letters.test_searching import AT
from tests.letters.test_searching_scans import HIGH, SIDE, STEP, drawn
from tests.papers import paper
from tests.world import World
from thamthan.letters.actions import IncomingFile, receive_letter, redact_file
from thamthan.letters.models import Letter, Reading
from thamthan.letters.queries import is_read_from_picture, letter_for, likely_boxes
from thamthan.reading.ocr.language import is_available

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not is_available(), reason="OCR is off here: nothing is read from pictures"),
]
CITIZEN = "เลขประจำตัวประชาชน 3 7605 00123 45 6 ของผู้สูงอายุ"
TEXT = paper().replace(
    "        จึงขอให้ท่าน",
    f"        {CITIZEN}\n\n        โทรศัพท์มือถือ 081 234 5678 ติดต่อได้ทุกวัน\n\n        จึงขอให้ท่าน",
)


@pytest.fixture
def scan(world: World) -> Letter:
    """A letter that came as a picture, with a second file that the machine did not read."""
    files = [
        IncomingFile("สแกน.tif", drawn(TEXT)),
        IncomingFile("อีกไฟล์.tif", drawn("สิ่งที่ส่งมาด้วย")),
    ]
    letter = receive_letter(files, by=world.clerk, received_at=AT)
    return letter_for(world.clerk, letter.pk)


def row_of(words: str) -> float:
    """How far down the page this line was drawn, in parts of the page."""
    lines = [line.strip() for line in TEXT.splitlines() if line.strip()]
    at = next(which for which, line in enumerate(lines) if words in line)
    return (SIDE + at * STEP + STEP / 2) / HIGH


def test_numbers_of_a_person_are_found_where_they_stand_and_can_be_covered(
    world: World, scan: Letter
) -> None:
    likely = likely_boxes(world.clerk, scan, 1)
    by_kind = {why: box for box, why in likely}
    assert {"เลขประจำตัวประชาชน", "โทรศัพท์"} <= by_kind.keys()
    citizen = by_kind["เลขประจำตัวประชาชน"]
    assert citizen.page == 1
    assert citizen.top <= row_of("3 7605") <= citizen.bottom
    assert 0.1 < citizen.right - citizen.left < 0.4
    assert any(box.top <= row_of("081 234") <= box.bottom for box, why in likely)
    assert is_read_from_picture(world.clerk, scan, 1)
    copy = redact_file(scan.files.get(position=1), [box for box, _ in likely], by=world.clerk)
    assert len(copy.boxes) == len(likely)


def test_names_are_suggested_only_where_asked_for(world: World, scan: Letter) -> None:
    def kinds(*, with_names: bool) -> set[str]:
        return {why for _, why in likely_boxes(world.clerk, scan, 1, with_names=with_names)}

    assert "ชื่อบุคคล" not in kinds(with_names=False)
    assert "ชื่อบุคคล" in kinds(with_names=True)


def test_a_file_that_was_not_read_has_no_suggestions_of_another(world: World, scan: Letter) -> None:
    assert likely_boxes(world.clerk, scan, 2, with_names=True) == []
    assert not is_read_from_picture(world.clerk, scan, 2)


def test_a_reading_from_before_still_knows_the_letters_own_telephone(
    world: World, scan: Letter
) -> None:
    row = Reading.objects.get(letter=scan, maker="machine")
    row.paper.pop("private")
    row.save()
    assert [why for _, why in likely_boxes(world.clerk, scan, 1)] == ["โทรศัพท์"]


def test_the_reading_keeps_places_and_not_the_words_again(world: World, scan: Letter) -> None:
    kept = Reading.objects.get(letter=scan, maker="machine").paper["private"]
    assert {tuple(sorted(place)) for place in kept} == {("box", "kind", "page")}
