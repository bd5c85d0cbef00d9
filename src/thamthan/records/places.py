"""Where the letters of a PDF's text layer stand on its pages; as a program, the process apart."""

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from thamthan.records.drawing import MOST_PAGES, Undrawn, opened_pdf, set_limits

if TYPE_CHECKING:
    from thamthan.records.models import StoredFile

_MOST_LETTERS = 20_000
Place = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class PagePlaces:
    """ข้อความของหน้าหนึ่ง, and of each letter its place in parts of the page, or none."""

    text: str
    places: tuple[Place | None, ...]

    def around(self, start: int, end: int) -> Iterator[Place]:
        """The boxes round these letters, one for each line that they stand on."""
        line: list[Place] = []
        for place in filter(None, self.places[start:end]):
            # A dash is low and thin: it stands on the line if it overlaps it at all.
            if line and (place[1] > _round(line)[3] or place[3] < _round(line)[1]):
                yield _round(line)
                line = []
            line.append(place)
        if line:
            yield _round(line)


def _round(line: list[Place]) -> Place:
    return (
        min(place[0] for place in line),
        min(place[1] for place in line),
        max(place[2] for place in line),
        max(place[3] for place in line),
    )


def places_of(file: "StoredFile") -> list[PagePlaces]:
    """ตำแหน่งของตัวหนังสือ, page by page; empty for what is no PDF or says nothing."""
    from thamthan.errors import Refused
    from thamthan.records.pictures import drawn_apart
    from thamthan.records.queries import content_of

    if file.media_type != "application/pdf":
        return []
    try:
        head, _ = drawn_apart("places", given=content_of(file))
    except Refused:
        return []
    return [
        PagePlaces(text, tuple(tuple(place) if place else None for place in places))
        for text, places in head.get("pages", [])
    ]


def main() -> None:
    """หาที่ของตัวหนังสือทุกตัว."""
    import pypdfium2  # noqa: F401

    set_limits()
    content = sys.stdin.buffer.read()
    head: dict[str, Any]
    try:
        head = {"pages": list(_pages(content))}
    except (Undrawn, MemoryError):
        head = {"pages": []}
    sys.stdout.buffer.write(json.dumps(head).encode() + b"\n")


def _pages(content: bytes) -> Iterator[tuple[str, list[Place | None]]]:
    document = opened_pdf(content)
    for number in range(min(len(document), MOST_PAGES)):
        page = document[number]
        wide, high = page.get_size()
        # Boxes count from the corner of what is shown; of a turned page nothing is said.
        edge, foot, _, _ = page.get_cropbox()
        is_upright = page.get_rotation() == 0
        words = page.get_textpage()
        letters: list[str] = []
        places: list[Place | None] = []
        for at in range(min(words.count_chars(), _MOST_LETTERS)):
            letter = words.get_text_range(at, 1) or " "
            left, low, right, top = words.get_charbox(at)
            is_real = is_upright and right > left and top > low and wide > 0 and high > 0
            box = (
                (left - edge) / wide,
                1 - (top - foot) / high,
                (right - edge) / wide,
                1 - (low - foot) / high,
            )
            for sign in letter:
                letters.append(sign)
                places.append(box if is_real else None)
        yield "".join(letters), places


if __name__ == "__main__":
    main()
