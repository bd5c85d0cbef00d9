"""Signatures as pictures: cleaned when they come, frozen when somebody signs."""

import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.letters.endorsed import put_up, waiting_step
from tests.world import World
from thamthan.errors import NotFound, Refused
from thamthan.letters.actions import pass_step
from thamthan.letters.models import Endorsement
from thamthan.letters.queries import signature_for
from thamthan.letters.rules import Instruction
from thamthan.organisations.actions import drop_signature, keep_signature
from thamthan.organisations.signatures import MOST_BYTES, cleaned_png
from thamthan.records.queries import content_of


def part(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(*, wide: int = 4, high: int = 2, ink: int = 0, more: bytes = b"", woven: int = 0) -> bytes:
    head = struct.pack(">IIBBBBB", wide, high, 8, 0, 0, 0, woven)
    dots = zlib.compress((b"\x00" + bytes([ink]) * wide) * high)
    return (
        b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + more + part(b"IDAT", dots) + part(b"IEND", b"")
    )


@pytest.mark.django_db
def test_a_later_picture_changes_nothing_that_was_signed(world: World) -> None:
    person = world.chief_clerk.person
    assert person is not None
    keep_signature(person, png(ink=1), by=world.chief_clerk)
    world.chief_clerk.refresh_from_db()
    letter = put_up(world)
    step = waiting_step(letter)
    pass_step(step, by=world.chief_clerk, instruction=Instruction.AGREE)
    keep_signature(person, png(ink=2), by=world.chief_clerk)
    assert content_of(signature_for(world.officer, step.pk)) == cleaned_png(png(ink=1))
    drop_signature(person, by=world.chief_clerk)
    assert Endorsement.objects.get(step=step).signature is not None
    with pytest.raises(NotFound):
        signature_for(world.neighbour_clerk, step.pk)
    with pytest.raises(NotFound):
        signature_for(world.officer, step.routing.steps.get(number=1).pk)


@pytest.mark.django_db
def test_nobody_keeps_a_signature_for_another(world: World) -> None:
    person = world.executive.person
    assert person is not None
    for act in (
        lambda: keep_signature(person, png(), by=world.administrator),
        lambda: drop_signature(person, by=world.clerk),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.status == 403
    keep_signature(person, png(), by=world.executive)
    person.refresh_from_db()
    assert person.signature is not None


def test_only_what_draws_is_kept() -> None:
    hidden = part(b"tEXt", b"Comment\x0013 digits") + part(b"eXIf", b"place")
    assert cleaned_png(png(more=hidden)) == cleaned_png(png())
    assert cleaned_png(png() + b"<script>") == cleaned_png(png())
    assert cleaned_png(cleaned_png(png())) == cleaned_png(png())


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"GIF89a", "ไม่ใช่ภาพ PNG"),
        (png() + b"\x00" * MOST_BYTES, "ใหญ่เกิน"),
        (png(wide=3000), "กว้างไม่เกิน"),
        (png(woven=1), "interlace"),
        (png()[:-20], "ชำรุด"),
        (png().replace(b"IDAT", b"IDAX"), "ชำรุด"),
    ],
)
def test_what_is_no_such_picture_is_refused(content: bytes, words: str) -> None:
    with pytest.raises(Refused, match=words):
        cleaned_png(content)


def test_a_picture_that_unpacks_to_more_than_it_says_is_refused() -> None:
    head = struct.pack(">IIBBBBB", 4, 2, 8, 0, 0, 0, 0)
    bomb = zlib.compress(b"\x00" * 10_000_000)
    whole = b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", bomb) + part(b"IEND", b"")
    with pytest.raises(Refused, match="ชำรุด"):
        cleaned_png(whole)


@given(st.binary(max_size=200), st.integers(0, 70))
def test_no_bytes_do_more_than_be_refused(noise: bytes, at: int) -> None:
    content = png()[:at] + noise
    try:
        assert cleaned_png(content).startswith(b"\x89PNG")
    except Refused as refused:
        assert refused.status == 400
