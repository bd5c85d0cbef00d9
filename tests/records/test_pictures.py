"""Pages as pictures: drawn apart, sharp, upright, within limits, kept only where they may be."""

import io
import signal
import subprocess
import sys
from typing import Any

import pytest
from django.core.cache import caches

from tests.pdfs import pdf_of
from tests.scans import PHOTO, SCAN
from tests.web.conftest import PNG
from tests.world import World
from thamthan.errors import NotFound, Refused
from thamthan.records import pictures
from thamthan.records.actions import store_file
from thamthan.records.models import StoredFile
from thamthan.records.pictures import page_picture, page_sizes

pytestmark = pytest.mark.django_db

Image = pytest.importorskip(
    "PIL.Image", reason="without the packages for pictures nothing is drawn"
)


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    for name in ("default", "pictures"):
        caches[name].clear()


def stored(world: World, content: bytes) -> StoredFile:
    return store_file(content, by=world.clerk)


def dots(content: bytes) -> Any:
    return Image.open(io.BytesIO(content))


def picture_of(size: tuple[int, int], kind: str, **more: Any) -> bytes:
    packed = io.BytesIO()
    image = Image.new("RGB", size, "white")
    image.paste("red", (0, 0, size[0], 10))
    image.save(packed, kind, **more)
    return packed.getvalue()


def test_a_page_is_drawn_at_two_hundred_dots_to_the_inch(world: World) -> None:
    file = stored(world, SCAN.read_bytes())
    assert [round(size.height) for size in page_sizes(file)] == [842, 842]
    picture = page_picture(file, 2, is_kept=False)
    assert dots(picture.content).width == pytest.approx(595.28 / 72 * 200, abs=2)
    assert len(picture.content) < 400_000


@pytest.mark.parametrize("kind", ["JPEG", "TIFF", "HEIF"])
def test_a_picture_stands_upright_as_its_camera_says(world: World, kind: str) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    if kind == "HEIF":
        # As a telephone writes it: how it lies is told beside the dots, and in the EXIF again.
        heif = pytest.importorskip("pillow_heif", reason="nothing here opens HEIC")
        packed = io.BytesIO()
        heif.from_pillow(dots(picture_of((400, 200), "PNG"))).save(packed, exif=exif.tobytes())
        content = packed.getvalue()
    else:
        content = picture_of((400, 200), kind, exif=exif)
    file = stored(world, content)
    assert file.media_type == {"JPEG": "image/jpeg", "TIFF": "image/tiff"}.get(kind, "image/heic")
    upright = dots(page_picture(file, 1, is_kept=False).content)
    assert upright.size == (200, 400)
    # What was at the top of the dots is at the right of what the camera saw.
    assert upright.getpixel((197, 200))[1] < 80
    (size,) = page_sizes(file)
    assert size.height == 2 * size.width


def test_each_page_of_a_tiff_is_turned_as_it_says_itself(world: World) -> None:
    packed = io.BytesIO()
    sheets = [Image.new("L", (100, 140), "white"), Image.new("L", (140, 100), "white")]
    sheets[1].encoderinfo = {"tiffinfo": {0x0112: 6}}
    sheets[0].save(packed, "TIFF", save_all=True, append_images=sheets[1:])
    file = stored(world, packed.getvalue())
    pages = [dots(page_picture(file, number, is_kept=False).content) for number in (1, 2)]
    assert [page.size for page in pages] == [(100, 140), (100, 140)]
    assert len(set(page_sizes(file))) == 1


def test_every_page_of_a_tiff_can_be_seen(world: World) -> None:
    packed = io.BytesIO()
    sheets = [Image.new("L", (100, 140), shade) for shade in (255, 0)]
    sheets[0].save(packed, "TIFF", save_all=True, append_images=sheets[1:])
    file = stored(world, packed.getvalue())
    assert len(page_sizes(file)) == 2
    assert dots(page_picture(file, 2, is_kept=False).content).getpixel((50, 50))[0] < 20


@pytest.mark.parametrize("number", [0, 3, 9999])
def test_there_is_no_page_beyond_the_last(world: World, number: int) -> None:
    file = stored(world, SCAN.read_bytes())
    with pytest.raises(NotFound):
        page_picture(file, number, is_kept=False)


def test_a_text_has_no_picture(world: World) -> None:
    file = stored(world, "หนังสือ".encode())
    assert page_sizes(file) == ()
    with pytest.raises(NotFound):
        page_picture(file, 1, is_kept=False)


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7\nnothing\n%%EOF",
        SCAN.read_bytes()[:3000],
        pdf_of("ลับ", encrypted=True),
        PHOTO.read_bytes()[:2000],
        PNG[:45],
        # A picture that says it is far larger than any paper.
        PNG[:16] + (60_000).to_bytes(4, "big") * 2 + PNG[24:],
    ],
    ids=["empty PDF", "cut PDF", "locked PDF", "cut JPEG", "cut PNG", "huge PNG"],
)
def test_a_file_that_cannot_be_opened_is_refused_in_words(world: World, content: bytes) -> None:
    with pytest.raises(Refused) as refused:
        page_picture(stored(world, content), 1, is_kept=False)
    assert "ต้นฉบับ" in refused.value.message or refused.value.status == 404


def test_what_takes_too_long_is_stopped(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "MOST_SECONDS", 0.01)
    file = stored(world, SCAN.read_bytes())
    with pytest.raises(Refused, match="นานเกินไป"):
        page_picture(file, 1, is_kept=False)
    # Somebody else can still have a page drawn.
    monkeypatch.undo()
    assert page_picture(file, 1, is_kept=False).content


@pytest.mark.skipif(not hasattr(signal, "SIGXCPU"), reason="this system limits no computing")
@pytest.mark.parametrize(
    ("ended", "why"), [(-getattr(signal, "SIGXCPU", 0), "นานเกินไป"), (-signal.SIGSEGV, "หยุดกลางคัน")]
)
def test_whoever_waits_hears_whether_it_took_too_long_or_fell_over(
    world: World, monkeypatch: pytest.MonkeyPatch, ended: int, why: str
) -> None:
    file = stored(world, SCAN.read_bytes())
    fallen = subprocess.CompletedProcess([], ended, stdout=b"", stderr=b"")
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: fallen)
    with pytest.raises(Refused, match=why):
        page_picture(file, 1, is_kept=False)


def test_a_page_is_drawn_once_and_kept_unless_it_may_not_be(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = stored(world, SCAN.read_bytes())
    secret = page_picture(file, 1, is_kept=False)
    drawn: list[int] = []
    run = subprocess.run

    def counted(*args: Any, **kwargs: Any) -> Any:
        drawn.append(1)
        return run(*args, **kwargs)

    monkeypatch.setattr(subprocess, "run", counted)
    first = page_picture(file, 1, is_kept=True)
    assert (len(drawn), first) == (1, secret)
    assert page_picture(file, 1, is_kept=True) == first
    assert len(drawn) == 1


def test_without_packages_for_pictures_a_pdf_is_drawn_all_the_same() -> None:
    from thamthan.records.drawing import _png

    made = dots(_png([bytes([255, 0, 0] * 4), bytes([0, 0, 255] * 4)], 4, 3))
    assert (made.size, made.getpixel((0, 0)), made.getpixel((3, 1))) == (
        (4, 2),
        (255, 0, 0),
        (0, 0, 255),
    )


def test_the_process_that_draws_loads_no_more_than_it_needs() -> None:
    # It starts anew for every page; the reader would cost as much again as the drawing.
    told = subprocess.run(
        [sys.executable, "-c", "import sys, thamthan.records.drawing; print(*sys.modules)"],
        capture_output=True,
        check=True,
        text=True,
    ).stdout.split()
    assert "thamthan.limits" in told
    assert not {"thamthan.reading", "django", "PIL"} & set(told)
