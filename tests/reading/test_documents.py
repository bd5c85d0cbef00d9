from pathlib import Path

import pytest

from tests.reading.documents import expected_of, letters, seen_in
from tests.reading.test_fields import check_places
from thamthan.reading import Document, read


@pytest.mark.parametrize("folder", letters(), ids=lambda folder: folder.name)
def test_the_letter_is_read_as_was_accepted(folder: Path) -> None:
    assert seen_in(folder) == expected_of(folder)


@pytest.mark.parametrize("folder", letters(), ids=lambda folder: folder.name)
def test_its_findings_stand_where_they_say(folder: Path) -> None:
    check_places(read(Document((folder / "letter.txt").read_bytes(), "letter.txt")))


@pytest.mark.parametrize("folder", letters(), ids=lambda folder: folder.name)
def test_what_is_asked_does_not_hang_on_how_its_lines_are_set(folder: Path) -> None:
    """The same letter with every indent and blank line gone asks the same."""
    text = (folder / "letter.txt").read_text("utf-8")
    kept = [line if line.startswith("ที่") else line.strip() for line in text.splitlines()]
    flat = "\n".join(line for line in kept if line)
    asked = [(one["ask"], one["to"]) for one in expected_of(folder)["obligations"]]
    assert [(one.ask, one.to) for one in read(flat).obligations] == asked
