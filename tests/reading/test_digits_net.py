"""โครงข่ายอ่านตัวเลข: from blots of ink to digits, on a typeface that it never saw."""

from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thamthan.reading.ocr.digits import (
    ARABIC,
    CLASSES,
    GLYPH,
    OTHER,
    THAI,
    DigitNet,
    HandDigits,
    glyph_of,
    shape_of,
)

np = pytest.importorskip("numpy", reason="numpy comes with the optional part that reads pictures")

# Umpush is kept out of the training for this test.
UNSEEN = Path("/usr/share/fonts/truetype/tlwg/Umpush.ttf")
HEIGHT = 18


def drawn(sign: str, *, height: int = HEIGHT) -> tuple[Any, tuple[float, float, float]]:
    """One sign as a scanner sees it: its ink, and its shape beside consonants of this height."""
    pillow = pytest.importorskip("PIL", reason="Pillow comes with the part that reads pictures")
    from PIL import Image, ImageDraw, ImageFont

    assert pillow
    if not UNSEEN.exists():
        pytest.skip("the Debian package fonts-tlwg-umpush is not installed")
    probe = ImageFont.truetype(UNSEEN, 100)
    font = ImageFont.truetype(UNSEEN, 100 * height / -probe.getbbox("ก", anchor="ls")[1])
    page = Image.new("L", (6 * height, 6 * height))
    baseline = 4 * height
    ImageDraw.Draw(page).text((height, baseline), sign, fill=255, font=font, anchor="ls")
    ink = np.asarray(page) > 110
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    ink = ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    foot = baseline - (int(rows[-1]) + 1)
    return ink, shape_of(ink.shape[1], ink.shape[0], foot=foot, consonant=height)


def called(signs: str, *, height: int = HEIGHT) -> list[str]:
    pieces = [drawn(sign, height=height) for sign in signs]
    glyphs = np.stack([glyph_of(ink)[0] for ink, _ in pieces])
    found = DigitNet.load().classify(glyphs, [shape for _, shape in pieces])
    return [CLASSES[kind] for kind in found.argmax(axis=1)]


@pytest.mark.parametrize("height", [15, 18, 24])
def test_thai_digits_of_an_unseen_face_are_read(height: int) -> None:
    assert "".join(called(THAI, height=height)) == THAI


def test_arabic_digits_of_an_unseen_face_are_read() -> None:
    assert "".join(called(ARABIC)) == ARABIC


def test_letters_that_look_like_digits_are_none() -> None:
    letters = "กขคงจซฒดตลสอฮพหภ"
    assert sum(name != OTHER for name in called(letters)) == 0


def test_probabilities_sum_to_one_for_each_glyph() -> None:
    pictures = np.random.default_rng(7).random((70, GLYPH, GLYPH), dtype=np.float32)
    found = DigitNet.load().classify(pictures)
    assert found.shape == (70, len(CLASSES))
    assert np.all(found >= 0)
    assert np.allclose(found.sum(axis=1), 1.0, atol=1e-5)


def test_no_glyphs_give_no_probabilities() -> None:
    empty = np.zeros((0, GLYPH, GLYPH), np.float32)
    assert DigitNet.load().classify(empty, np.zeros((0, 3))).shape == (0, len(CLASSES))


def test_a_glyph_is_read_the_same_alone_and_among_others() -> None:
    pieces = [drawn(sign) for sign in THAI * 5]
    glyphs = np.stack([glyph_of(ink)[0] for ink, _ in pieces])
    shapes = np.array([shape for _, shape in pieces])
    net = DigitNet.load()
    together = net.classify(glyphs, shapes)
    alone = np.concatenate([net.classify(glyphs[n : n + 1], shapes[n : n + 1]) for n in range(50)])
    assert np.allclose(together, alone, atol=1e-4)


def test_shapes_may_be_unknown_in_part() -> None:
    ink, _ = drawn("๗")
    glyph, aspect = glyph_of(ink)
    net = DigitNet.load()
    with_aspect = net.classify(glyph[None], [[aspect]])
    unknown = net.classify(glyph[None], [shape_of(ink.shape[1], ink.shape[0])])
    assert np.allclose(with_aspect, unknown, atol=1e-4)
    assert CLASSES[int(unknown[0].argmax())] == "๗"


def test_a_ring_above_the_line_is_less_a_zero_than_one_on_it() -> None:
    ring, on_line = drawn("๐")
    glyph, aspect = glyph_of(ring)
    found = DigitNet.load().classify(np.stack([glyph, glyph]), [on_line, (aspect, 0.5, 1.2)])
    zero = CLASSES.index("๐")
    assert found[0, zero] > 0.9
    assert found[1, zero] < 0.5


@given(
    shape=st.tuples(st.integers(0, 90), st.integers(0, 90)),
    kind=st.sampled_from(["bool", "uint8", "float64"]),
    seed=st.integers(0, 2**16),
    share=st.floats(0, 1),
)
@settings(max_examples=80)
def test_any_array_makes_a_glyph(
    shape: tuple[int, int], kind: str, seed: int, share: float
) -> None:
    ink = ((np.random.default_rng(seed).random(shape) < share) * 255).astype(kind)
    glyph, aspect = glyph_of(ink)
    assert glyph.shape == (GLYPH, GLYPH)
    assert glyph.dtype == np.float32
    assert float(glyph.min()) >= 0.0
    assert float(glyph.max()) <= 1.0 + 1e-5
    assert aspect > 0


@pytest.mark.parametrize(
    "odd", [np.zeros(0), np.ones(7), np.ones((4, 5, 3)), np.full((3, 3), np.nan)]
)
def test_odd_arrays_make_a_glyph_too(odd: Any) -> None:
    assert glyph_of(odd)[0].shape == (GLYPH, GLYPH)


def test_a_glyph_does_not_mind_white_around_it_nor_how_ink_is_written() -> None:
    ink, _ = drawn("๙")
    glyph, aspect = glyph_of(ink)
    padded, same = glyph_of(np.pad(ink.astype(np.uint8) * 255, 5))
    assert aspect == same == ink.shape[1] / ink.shape[0]
    assert np.allclose(glyph, padded)


def test_handwriting_gives_ranked_candidates() -> None:
    ink, _ = drawn("๔", height=30)
    ranked = HandDigits.load().candidates(ink, most=4)
    assert len(ranked) == 4
    assert all(first[1] >= second[1] for first, second in pairwise(ranked))
    assert "๔" in [sign for sign, _ in ranked[:2]]


@pytest.mark.parametrize("name", ["digits.npz", "hand_digits.npz"])
def test_the_nets_stay_small(name: str) -> None:
    kept = files("thamthan").joinpath("data", "ocr", name)
    assert len(kept.read_bytes()) <= 400_000
