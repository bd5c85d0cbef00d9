"""A photograph tells its size, its time and place with doubts, and is known again when changed."""

import io
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some
from PIL import Image

from tests.pictures import CHANGES, CUTS, packed, scene
from thamthan.errors import Refused
from thamthan.reading.exif import BANGKOK, CameraDoubt, Position, read_camera_words
from thamthan.reading.photographs import (
    Photograph,
    photograph_from_json,
    photograph_to_json,
    read_photograph,
)
from thamthan.reading.picture_marks import LIKE, distance, marks_of

PARK = scene(7, size=(800, 600))
# บ้านลาด, as a telephone writes it: degrees, minutes and seconds.
BAN_LAT = {1: "N", 2: (13.0, 2.0, 36.6), 3: "E", 4: (99.0, 55.0, 1.2)}


def exif(
    *,
    taken: str = "",
    offset: str = "",
    changed: str = "",
    place: dict[int, Any] | None = None,
    orientation: int = 1,
    software: str = "",
) -> Image.Exif:
    """What a camera may write."""
    written = Image.Exif()
    written[0x0112] = orientation
    if changed:
        written[0x0132] = changed
    if software:
        written[0x0131] = software
    camera = written.get_ifd(0x8769)
    if taken:
        camera[0x9003] = taken
    if offset:
        camera[0x9011] = offset
    if place:
        written.get_ifd(0x8825).update(place)
    return written


def read(**words: Any) -> Photograph:
    return read_photograph(packed(PARK, exif=exif(**words)))


def test_a_telephones_time_and_place_are_read() -> None:
    photo = read(taken="2026:06:10 09:15:00", offset="+07:00", place=BAN_LAT)
    assert photo.taken_at == datetime(2026, 6, 10, 9, 15, tzinfo=timezone(timedelta(hours=7)))
    assert photo.position == Position(13_043_500, 99_917_000)
    assert (photo.media_type, photo.wide, photo.high) == ("image/jpeg", 800, 600)
    assert photo.doubts == ()


def test_a_time_without_its_zone_is_thai_and_that_is_said() -> None:
    photo = read(taken="2026:06:10 09:15:00", place=BAN_LAT)
    assert photo.taken_at == datetime(2026, 6, 10, 9, 15, tzinfo=BANGKOK)
    assert photo.doubts == (CameraDoubt.ZONE_ASSUMED,)


def test_an_offset_elsewhere_is_kept() -> None:
    photo = read(taken="2026:06:10 02:15:00", offset="+00:00", place=BAN_LAT)
    assert photo.taken_at == datetime(2026, 6, 10, 9, 15, tzinfo=BANGKOK)


def test_a_year_of_the_buddhist_era_is_understood() -> None:
    photo = read(taken="2569:06:10 09:15:00", offset="+07:00", place=BAN_LAT)
    assert photo.taken_at == datetime(2026, 6, 10, 9, 15, tzinfo=BANGKOK)
    assert photo.doubts == (CameraDoubt.BUDDHIST_YEAR,)


def test_a_picture_that_says_nothing_is_taken_and_doubted() -> None:
    photo = read_photograph(packed(PARK))
    assert (photo.taken_at, photo.position) == (None, None)
    assert set(photo.doubts) == {CameraDoubt.NO_TIME, CameraDoubt.NO_POSITION}


def test_the_time_of_saving_is_not_taken_for_that_of_taking() -> None:
    photo = read(changed="2026:06:12 10:00:00", place=BAN_LAT)
    assert CameraDoubt.TIME_OF_EDIT in photo.doubts


@pytest.mark.parametrize("taken", ["2002:12:31 10:00:00", "2020:01:01 00:03:10"])
def test_a_clock_that_was_never_set_is_doubted(taken: str) -> None:
    assert CameraDoubt.CLOCK_UNSET in read(taken=taken, offset="+07:00", place=BAN_LAT).doubts


def test_a_clock_that_satellites_contradict_is_doubted() -> None:
    sky = {29: "2026:06:10", 7: (2.0, 15.0, 0.0)}
    right = read(taken="2026:06:10 09:15:00", place=BAN_LAT | sky)
    wrong = read(taken="2026:06:09 21:15:00", place=BAN_LAT | sky)
    assert CameraDoubt.CLOCK_DISAGREES not in right.doubts
    assert CameraDoubt.CLOCK_DISAGREES in wrong.doubts


@pytest.mark.parametrize("written", ["0000:00:00 00:00:00", "2026:13:40 25:61:00", "เมื่อวาน", ""])
def test_a_time_that_is_none_is_not_guessed(written: str) -> None:
    photo = read(taken=written, place=BAN_LAT)
    assert photo.taken_at is None
    assert CameraDoubt.NO_TIME in photo.doubts


@pytest.mark.parametrize(
    "place",
    [
        {2: (13.0, 2.0, 36.0), 4: (99.0, 55.0, 1.0)},
        BAN_LAT | {2: (93.0, 2.0, 36.0)},
        BAN_LAT | {2: (13.0, 72.0, 36.0)},
        {1: "N", 2: (0.0, 0.0, 0.0), 3: "E", 4: (0.0, 0.0, 0.0)},
        BAN_LAT | {9: "V"},
        {1: "N", 2: (13.0, 2.0, 36.0)},
    ],
    ids=["no hemisphere", "beyond the pole", "72 minutes", "nought", "void", "half of it"],
)
def test_a_place_that_cannot_be_is_not_used(place: dict[int, Any]) -> None:
    photo = read(taken="2026:06:10 09:15:00", place=place)
    assert photo.position is None
    assert CameraDoubt.POSITION_UNCLEAR in photo.doubts


def test_hemispheres_count() -> None:
    photo = read(place={1: "S", 2: (13.0, 0.0, 0.0), 3: "W", 4: (99.0, 30.0, 0.0)})
    assert photo.position == Position(-13_000_000, -99_500_000)
    assert CameraDoubt.OUTSIDE_THAILAND in photo.doubts


def test_a_picture_from_an_editor_is_told() -> None:
    photo = read(taken="2026:06:10 09:15:00", software="Adobe Photoshop 25.1 (Windows)")
    assert CameraDoubt.EDITED in photo.doubts


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_lying_on_its_side_is_the_same_picture_upright(orientation: int) -> None:
    back = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}.get(orientation)
    lying = PARK if back is None else PARK.transpose(Image.Transpose(back))
    photo = read_photograph(packed(lying, exif=exif(orientation=orientation)))
    assert (photo.wide, photo.high) == (800, 600)
    assert distance(photo.marks, read_photograph(packed(PARK)).marks) <= LIKE


@pytest.mark.parametrize("name", CHANGES | CUTS)
def test_a_changed_picture_is_known_again(name: str) -> None:
    change = (CHANGES | CUTS)[name]
    before = read_photograph(packed(PARK)).marks
    after = read_photograph(packed(change(PARK), quality=90)).marks
    assert distance(before, after) <= LIKE


def test_other_pictures_are_not_taken_for_it() -> None:
    marks = [marks_of(scene(seed, size=(400, 300)).convert("L")) for seed in range(25)]
    like = [(a, b) for a in range(25) for b in range(a) if distance(marks[a], marks[b]) <= LIKE]
    assert like == []


def test_a_blank_and_a_regular_pattern_have_no_marks() -> None:
    blank = Image.new("RGB", (400, 400), "white")
    board = Image.new("L", (8, 8))
    board.putdata([255 * ((at + at // 8) % 2) for at in range(64)])
    for picture in (blank, board.resize((400, 400), Image.Resampling.NEAREST)):
        assert read_photograph(packed(picture)).marks == ()


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "JPEG"])
def test_each_kind_of_picture_is_read(kind: str) -> None:
    photo = read_photograph(packed(PARK, kind=kind))
    assert photo.media_type == f"image/{kind.lower()}"
    assert len(photo.marks) == 16


def test_a_heic_is_read_where_its_package_is() -> None:
    heif = pytest.importorskip("pillow_heif")
    out = io.BytesIO()
    heif.from_pillow(PARK).save(out, exif=exif(taken="2026:06:10 09:15:00").tobytes())
    photo = read_photograph(out.getvalue())
    assert photo.media_type == "image/heic"
    assert photo.taken_at == datetime(2026, 6, 10, 9, 15, tzinfo=BANGKOK)


def _bomb() -> bytes:
    out = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(out, "PNG")
    return out.getvalue()


REFUSED = {
    "a document": (b"%PDF-1.7 and so on", "not_photograph"),
    "a drawing": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not_photograph"),
    "nothing": (b"", "not_photograph"),
    "half a picture": (packed(PARK)[:20_000], "photograph_damaged"),
    "half a PNG": (packed(PARK, kind="PNG")[:50_000], "photograph_damaged"),
    "an icon": (packed(PARK.resize((40, 30))), "photograph_too_small"),
    "a bomb": (_bomb(), "photograph_too_large"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_no_photograph_is_refused_in_words(what: str) -> None:
    content, code = REFUSED[what]
    with pytest.raises(Refused) as refused:
        read_photograph(content)
    assert (refused.value.code, refused.value.status) == (code, 422)
    assert any("ก" <= letter <= "๛" for letter in refused.value.message)


_NUMBERS = some.one_of(
    some.integers(), some.floats(), some.text(max_size=5), some.binary(max_size=5), some.none()
)
_VALUES = some.one_of(_NUMBERS, some.lists(_NUMBERS, max_size=4), some.tuples(*[_NUMBERS] * 3))
_TAGS = some.dictionaries(
    some.sampled_from([1, 2, 3, 4, 7, 9, 29, 31, 0x0112, 0x0131, 0x0132, 0x9003, 0x9011]), _VALUES
)


@given(_TAGS, _TAGS, _TAGS)
def test_whatever_a_camera_writes_is_read_without_falling(
    tags: dict[int, Any], camera: dict[int, Any], place: dict[int, Any]
) -> None:
    words = read_camera_words(tags, camera, place)
    assert words.position is None or abs(words.position.latitude_micro) <= 90_000_000


@given(some.binary(max_size=3000))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    _read_or_refused(content)


_SMALL = packed(PARK.resize((160, 120)), exif=exif(taken="2026:06:10 09:15:00", place=BAN_LAT))


@given(some.integers(0, len(_SMALL) - 1), some.binary(min_size=1, max_size=12), some.booleans())
def test_a_picture_with_broken_bytes_is_read_or_refused(
    at: int, broken: bytes, is_near_the_front: bool
) -> None:
    at = at % 600 if is_near_the_front else at
    _read_or_refused(_SMALL[:at] + broken + _SMALL[at + len(broken) :])


def _read_or_refused(content: bytes) -> None:
    try:
        photo = read_photograph(content)
    except Refused as refused:
        assert refused.status == 422
    else:
        assert photograph_from_json(photograph_to_json(photo)) == photo
