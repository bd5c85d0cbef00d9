"""The paper's pages as the confirm page shows them: outlines round what was found, and crops.

All measures are points from a page's top left, as boxes of a reading are.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from thamthan.reading.model import LetterReading, Mark, PageSize, is_flagged
from thamthan.web.paper import boxes_of, element_id

Box = tuple[float, float, float, float]

MOST_SHEETS = 40
# How many dots of the screen a point gets in a crop; at 1.33 the paper has its own size.
FOR_DIGITS = 4.2
FOR_WORDS = 2.7
MOST_WIDE = 560.0
# Points to the left and right of a hand's part where the print that it completes usually stands.
PRINT_BESIDE = {"number": (70.0, 0.0), "dated_on": (0.0, 90.0)}
# How far two shapes of one page may differ before outlines would stand in the wrong places.
SAME_SHAPE = 0.06

_DIGITS = ("number", "dated_on", "telephone", "receipt", "references", "deadlines")
MARK_NAMES = {
    "handwriting": "ลายมือ",
    "stamp": "ตราประทับ",
    "drawing": "ลายเซ็นหรือภาพวาด",
    "note": "บันทึกข้างกระดาษ",
    "code": "คิวอาร์โค้ดหรือบาร์โค้ด",
    "unread": "ที่ที่อ่านไม่ออก",
}


@dataclass(frozen=True, slots=True)
class Outline:
    """กรอบรอบคำที่อ่านได้, bound to its field; a mark without a field is bound to nothing."""

    path: str
    id: str
    x: str
    y: str
    width: str
    height: str
    is_flagged: bool = False
    is_mark: bool = False
    title: str = ""

    @property
    def unit_id(self) -> str:
        return element_id(self.path)


@dataclass(frozen=True, slots=True)
class Crop:
    """ภาพตัดเฉพาะที่: a part of a page's picture, many times as large as on paper."""

    url: str
    view: str
    width: str
    height: str
    page_width: str
    page_height: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class PaperSheet:
    """หน้ากระดาษหนึ่งหน้า: where its picture is, its size, and the outlines on it."""

    number: int
    url: str
    width: str
    height: str
    outlines: tuple[Outline, ...] = ()

    @property
    def shape(self) -> tuple[int, int]:
        """Width and height in whole numbers, for the place that the picture will take."""
        return round(float(self.width)), round(float(self.height))


@dataclass(frozen=True, slots=True)
class LooseMark:
    """รอยที่ไม่ได้อ่าน: a mark that belongs to no field."""

    name: str
    page: int
    text: str
    id: str
    crop: Crop | None


@dataclass(slots=True)
class Papers:
    """ภาพกระดาษของหนังสือ: the sheets of each file, and the crops that fields ask for."""

    letter_pk: int
    read_position: int
    drawn: dict[int, tuple[PageSize, ...]]
    reading: LetterReading | None
    # A PDF's own sizes are points already; of a picture only its reader knows them.
    is_pdf: bool = False
    # What to draw round instead of all that was found; marks of a hand are then left out.
    only: list[tuple[str, int, Box]] | None = None
    _boxes: list[tuple[str, int, Box]] = field(init=False)

    def __post_init__(self) -> None:
        found = [] if self.reading is None else boxes_of(self.reading)
        self._boxes = list(found) if self.only is None else self.only

    def sheets(self, position: int) -> list[PaperSheet]:
        sizes = self.drawn.get(position, ())[:MOST_SHEETS]
        is_read = position == self.read_position
        sheets = []
        seen: set[str] = set()
        for number, shape in enumerate(sizes, start=1):
            measure = self._measure(number) if is_read else None
            size = measure or shape
            outlines = tuple(self._outlines(number, seen)) if measure else ()
            sheets.append(
                PaperSheet(
                    number, self._url(position, number), _n(size.width), _n(size.height), outlines
                )
            )
        return sheets

    def places(self, path: str) -> list[tuple[int, Box]]:
        """Where the things found for one unit of the form stand, on pages that can be shown."""
        return [
            (page, box)
            for owner, page, box in self._boxes
            if owner == path and self._measure(page) is not None
        ]

    def marks(self, path: str) -> list[Mark]:
        """The marks that complete this field, or a field of this row."""
        return [mark for mark in self._all_marks() if mark.field is not None
                and (mark.field == path or mark.field.startswith(f"{path}."))]  # fmt: skip

    def crops(self, path: str) -> list[Crop]:
        """The places of a unit, large; those that a hand wrote at come alone."""
        places = self.places(path)
        scale = FOR_DIGITS if path.startswith(_DIGITS) else FOR_WORDS
        marked = [self._mark_with_print(mark, places) for mark in self.marks(path)]
        wanted = [one for one in marked if self._measure(one[0])] or places[:2]
        href = f"#b-{element_id(path)}" if places else ""
        return [self._crop(page, box, scale, href) for page, box in wanted]

    def loose_marks(self) -> list[LooseMark]:
        return [
            LooseMark(
                name=MARK_NAMES[mark.kind],
                page=mark.page,
                text=mark.text,
                id=f"b-mark-{at}",
                crop=self._crop(mark.page, mark.box, 1.0, f"#b-mark-{at}"),
            )
            for at, mark in enumerate(self._all_marks())
            if mark.field is None and self._measure(mark.page) is not None
        ]

    def _all_marks(self) -> Sequence[Mark]:
        if self.reading is None or self.only is not None:
            return ()
        return self.reading.paper.marks

    def _measure(self, page: int) -> PageSize | None:
        """The size in which boxes count, where page and picture are known to be of one shape."""
        shapes = self.drawn.get(self.read_position, ())
        sizes = () if self.reading is None else self.reading.paper.sizes
        if self.reading is None or not 1 <= page <= min(len(shapes), MOST_SHEETS):
            return None
        size = sizes[page - 1] if page <= len(sizes) else None
        if size is None and self.is_pdf:
            return shapes[page - 1]
        if size is None or min(size.width, size.height) <= 0:
            return None
        shape = shapes[page - 1]
        differs = abs(size.width * shape.height / (size.height * shape.width) - 1)
        return size if differs < SAME_SHAPE else None

    def _outlines(self, number: int, seen: set[str]) -> Iterator[Outline]:
        reading = self.reading
        assert reading is not None  # noqa: S101 – asked only for pages that were read
        here = [(path, box) for path, page, box in self._boxes if page == number]
        # The larger first, so that a small one inside it is on top and can be pointed at.
        for path, box in sorted(here, key=lambda one: -_area(one[1])):
            identity = f"b-{element_id(path)}" if path not in seen else ""
            seen.add(path)
            flagged = is_flagged(reading, path) or bool(self.marks(path))
            yield Outline(path, identity, *_rectangle(box, 1.5), is_flagged=flagged)
        for at, mark in enumerate(self._all_marks()):
            if mark.page != number:
                continue
            name = MARK_NAMES[mark.kind]
            path = _unit_of(mark.field) if mark.field else ""
            sides = _rectangle(mark.box, 2)
            yield Outline(
                path, f"b-mark-{at}", *sides, is_flagged=bool(path), is_mark=not path, title=name
            )

    def _mark_with_print(self, mark: Mark, places: list[tuple[int, Box]]) -> tuple[int, Box]:
        """With the print that it completes, where both fit in one look."""
        for page, box in places:
            both = (
                min(mark.box[0], box[0]), min(mark.box[1], box[1]),
                max(mark.box[2], box[2]), max(mark.box[3], box[3]),
            )  # fmt: skip
            if page == mark.page and both[2] - both[0] <= 150 and both[3] - both[1] <= 45:
                return page, both
        left, right = PRINT_BESIDE.get(mark.field or "", (0.0, 0.0))
        return mark.page, (mark.box[0] - left, mark.box[1], mark.box[2] + right, mark.box[3])

    def _crop(self, page: int, box: Box, scale: float, href: str) -> Crop:
        size = self._measure(page) or PageSize(595, 842)
        round_it = 0.28 * min(box[3] - box[1], 40)
        left, top = max(box[0] - 2 * round_it, 0), max(box[1] - round_it, 0)
        right = min(box[2] + 2 * round_it, size.width)
        bottom = min(box[3] + round_it, size.height)
        wide, high = max(right - left, 1), max(bottom - top, 1)
        scale = min(scale, MOST_WIDE / wide, 360 / high)
        return Crop(
            url=self._url(self.read_position, page),
            view=f"{_n(left)} {_n(top)} {_n(wide)} {_n(high)}",
            width=_n(wide * scale),
            height=_n(high * scale),
            page_width=_n(size.width),
            page_height=_n(size.height),
            href=href,
        )

    def _url(self, position: int, number: int) -> str:
        return reverse("letter-page", args=(self.letter_pk, position, number))


def _unit_of(path: str) -> str:
    """The unit of the form in which a field stands: `receipt.number` is one of `receipt`."""
    return path.split(".")[0]


def _rectangle(box: Box, margin: float) -> tuple[str, str, str, str]:
    left, top, right, bottom = box
    return (
        _n(left - margin),
        _n(top - margin),
        _n(max(right - left, 0) + 2 * margin),
        _n(max(bottom - top, 0) + 2 * margin),
    )


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _n(number: float) -> str:
    """A number as SVG writes it, whatever the language of the page."""
    return f"{number:.1f}".removesuffix(".0")


def paper_of(
    letter_pk: int,
    read: Any,
    drawn: dict[int, tuple[PageSize, ...]],
    *,
    only: list[tuple[str, int, Box]] | None = None,
) -> Papers:
    """ภาพกระดาษของการอ่านหนึ่ง; which file was read the machine's row knows."""
    file = read.machine.file if read.machine is not None else None
    position = file.position if file is not None else 1
    is_pdf = file is not None and file.file.media_type == "application/pdf"
    return Papers(letter_pk, position, drawn, read.reading, is_pdf=is_pdf, only=only)
