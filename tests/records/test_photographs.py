"""Photographs among the files: looked at apart, made small without a word of the camera's."""

import io

import pytest
from django.core.cache import caches
from PIL import Image

from tests.pictures import packed, scene
from tests.reading.test_photographs import BAN_LAT, exif
from tests.world import World
from thamthan.errors import Refused
from thamthan.reading.exif import Position
from thamthan.records import pictures
from thamthan.records.actions import store_file
from thamthan.records.photographs import SmallSide, forget_small, photograph_in, small_photograph
from thamthan.records.queries import content_of

pytestmark = pytest.mark.django_db

PHOTO = packed(
    scene(3),
    exif=exif(taken="2026:06:10 09:15:00", place=BAN_LAT, orientation=6, software="กล้องของสมใจ"),
)


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    caches["pictures"].clear()


def test_a_photograph_is_read_in_a_process_apart() -> None:
    photo = photograph_in(PHOTO)
    assert photo.position == Position(13_043_500, 99_917_000)
    assert (photo.wide, photo.high) == (900, 1200)
    assert len(photo.marks) == 16


@pytest.mark.parametrize("side", SmallSide)
def test_a_small_picture_is_upright_and_tells_no_place(world: World, side: SmallSide) -> None:
    file = store_file(PHOTO, by=world.clerk)
    small = small_photograph(file, side, is_kept=True)
    image = Image.open(io.BytesIO(small.content))
    assert (image.format, max(image.size)) == ("WEBP", min(int(side), 1200))
    assert image.height > image.width
    assert dict(image.getexif()) == {}
    assert not {"exif", "xmp", "icc_profile"} & image.info.keys()
    for secret in (b"Exif", b"GPS", b"2026:06:10"):
        assert secret in PHOTO or secret == b"GPS"
        assert secret not in small.content
    assert content_of(file) == PHOTO


def test_a_small_picture_is_made_once_and_gone_when_it_is_forgotten(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = store_file(PHOTO, by=world.clerk)
    small_photograph(file, SmallSide.GRID, is_kept=True)
    drawn: list[str] = []
    made = pictures.drawn_apart

    def counted(module: str, *words: str, **more: object) -> object:
        drawn.append(module)
        return made(module, *words, **more)  # type: ignore[arg-type]

    monkeypatch.setattr("thamthan.records.photographs.drawn_apart", counted)
    small_photograph(file, SmallSide.GRID, is_kept=True)
    assert drawn == []
    forget_small(file)
    small_photograph(file, SmallSide.GRID, is_kept=True)
    assert drawn == ["looking"]


def _bomb() -> bytes:
    out = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"%PDF-1.7", "not_photograph"),
        (PHOTO[:9000], "photograph_damaged"),
        (_bomb(), "photograph_too_large"),
    ],
    ids=["a document", "half of it", "a bomb"],
)
def test_what_is_no_photograph_is_refused_in_words(world: World, content: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        photograph_in(content)
    assert (refused.value.code, refused.value.status) == (code, 422)
    file = store_file(content, by=world.clerk)
    with pytest.raises(Refused) as refused:
        small_photograph(file, SmallSide.GRID, is_kept=True)
    assert refused.value.code == code
