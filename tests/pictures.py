"""Pictures that look like photographs, made by hand: many different ones, and each changed."""

import io
import random
from collections.abc import Callable, Iterator
from typing import Any

from PIL import Image, ImageDraw, ImageEnhance, ImageFilter

SIZE = (1200, 900)


def scene(seed: int, *, size: tuple[int, int] = SIZE, day: int = 0) -> Image.Image:
    """A place, by its number: sky, hills, a road, houses, trees, people; `day` moves the people.

    The same place on two days is two pictures.
    """
    rng = random.Random(seed)
    wide, high = size
    horizon = int(high * rng.uniform(0.25, 0.6))
    image = Image.new("RGB", size)
    draw = ImageDraw.Draw(image)
    _fade(draw, (0, horizon), wide, _colour(rng, 120, 255), _colour(rng, 150, 255))
    _fade(draw, (horizon, high), wide, _colour(rng, 60, 170), _colour(rng, 30, 140))
    for _ in range(rng.randint(0, 5)):
        _hill(draw, rng, wide, horizon, high)
    if rng.random() < 0.7:
        _road(draw, rng, wide, horizon, high)
    for _ in range(rng.randint(1, 6)):
        _house(draw, rng, wide, horizon, high)
    for _ in range(rng.randint(2, 14)):
        _tree(draw, rng, wide, horizon, high)
    people = random.Random(seed * 1000 + day)
    for _ in range(rng.randint(0, 12)):
        _person(draw, people, wide, horizon, high)
    return _grain(image, random.Random(seed * 77 + day))


def _colour(rng: random.Random, least: int, most: int) -> tuple[int, int, int]:
    return (rng.randint(least, most), rng.randint(least, most), rng.randint(least, most))


def _fade(
    draw: Any,
    rows: tuple[int, int],
    wide: int,
    above: tuple[int, int, int],
    below: tuple[int, int, int],
) -> None:
    first, last = rows
    for row in range(first, last):
        part = (row - first) / max(1, last - first)
        shade = tuple(round(a + (b - a) * part) for a, b in zip(above, below, strict=True))
        draw.line((0, row, wide, row), fill=shade)


def _hill(draw: Any, rng: random.Random, wide: int, horizon: int, high: int) -> None:
    middle, half = rng.randint(0, wide), rng.randint(wide // 8, wide // 2)
    top = horizon - rng.randint(high // 20, max(high // 19, horizon // 2))
    draw.polygon(
        [(middle - half, horizon), (middle, top), (middle + half, horizon)],
        fill=_colour(rng, 40, 150),
    )


def _road(draw: Any, rng: random.Random, wide: int, horizon: int, high: int) -> None:
    near, far = rng.randint(0, wide), rng.randint(0, wide)
    broad = rng.randint(wide // 8, wide // 2)
    draw.polygon(
        [(far - 8, horizon), (far + 8, horizon), (near + broad, high), (near - broad, high)],
        fill=_colour(rng, 90, 190),
    )


def _house(draw: Any, rng: random.Random, wide: int, horizon: int, high: int) -> None:
    left, across = rng.randint(-50, wide), rng.randint(wide // 15, wide // 4)
    bottom = rng.randint(horizon, (horizon + high) // 2 + 20)
    tall = rng.randint(high // 15, high // 4)
    draw.rectangle((left, bottom - tall, left + across, bottom), fill=_colour(rng, 60, 250))
    draw.polygon(
        [
            (left - 15, bottom - tall),
            (left + across // 2, bottom - tall - rng.randint(20, 120)),
            (left + across + 15, bottom - tall),
        ],
        fill=_colour(rng, 30, 200),
    )
    for at in range(left + 15, left + across - 25, 50):
        draw.rectangle((at, bottom - tall // 2, at + 22, bottom - tall // 4), fill=(40, 45, 60))


def _tree(draw: Any, rng: random.Random, wide: int, horizon: int, high: int) -> None:
    middle, foot = rng.randint(0, wide), rng.randint(horizon, high)
    tall, round_ = rng.randint(high // 12, high // 3), rng.randint(high // 30, high // 8)
    draw.rectangle((middle - 6, foot - tall, middle + 6, foot), fill=(80, 55, 35))
    box = (middle - round_, foot - tall - round_, middle + round_, foot - tall + round_)
    draw.ellipse(box, fill=(rng.randint(10, 90), rng.randint(70, 180), rng.randint(10, 80)))


def _person(draw: Any, rng: random.Random, wide: int, horizon: int, high: int) -> None:
    middle, foot = rng.randint(0, wide), rng.randint((horizon + high) // 2, high)
    tall = rng.randint(high // 8, high // 3)
    draw.rectangle(
        (middle - tall // 7, foot - tall, middle + tall // 7, foot), fill=_colour(rng, 0, 255)
    )
    box = (middle - tall // 9, foot - tall * 5 // 4, middle + tall // 9, foot - tall)
    draw.ellipse(box, fill=(190, 140, 110))


def _grain(image: Image.Image, rng: random.Random) -> Image.Image:
    noise = Image.frombytes("L", image.size, rng.randbytes(image.width * image.height))
    softened = Image.merge("RGB", [noise] * 3).filter(ImageFilter.GaussianBlur(1))
    return Image.blend(image, softened, 0.12)


def packed(image: Image.Image, *, quality: int = 88, exif: Any = None, kind: str = "JPEG") -> bytes:
    """The picture as the bytes of a file."""
    out = io.BytesIO()
    words: dict[str, Any] = {"quality": quality} if kind != "PNG" else {}
    if exif is not None:
        words["exif"] = exif
    image.convert("RGB").save(out, kind, **words)
    return out.getvalue()


def _again(image: Image.Image, quality: int, kind: str = "JPEG") -> Image.Image:
    return Image.open(io.BytesIO(packed(image, quality=quality, kind=kind))).convert("RGB")


def _cut(image: Image.Image, left: float, top: float, right: float, bottom: float) -> Image.Image:
    wide, high = image.size
    box = (wide * left, high * top, wide * (1 - right), high * (1 - bottom))
    return image.crop(tuple(round(side) for side in box))


def _to(image: Image.Image, longest: int) -> Image.Image:
    scale = longest / max(image.size)
    return image.resize((round(image.width * scale), round(image.height * scale)))


Change = Callable[[Image.Image], Image.Image]

# What happens to a picture on its way through telephones: nothing here makes it another picture.
CHANGES: dict[str, Change] = {
    "packed again at 75": lambda image: _again(image, 75),
    "packed again at 30": lambda image: _again(image, 30),
    "as WEBP at 50": lambda image: _again(image, 50, "WEBP"),
    "half the size": lambda image: _to(image, max(image.size) // 2),
    "to 640 dots": lambda image: _to(image, 640),
    "to 240 dots": lambda image: _to(image, 240),
    "twice the size": lambda image: _to(image, max(image.size) * 2),
    "640 dots at 50": lambda image: _again(_to(image, 640), 50),
    "brighter": lambda image: ImageEnhance.Brightness(image).enhance(1.25),
    "without colour": lambda image: image.convert("L").convert("RGB"),
}
_SIDES = {"left": 0, "top": 1, "right": 2, "bottom": 3}


def _cutting(percent: int, *sides: str) -> Change:
    parts = [0.0, 0.0, 0.0, 0.0]
    for side in sides:
        parts[_SIDES[side]] = percent / 100
    return lambda image: _cut(image, *parts)


def _then_sent(cut: Change) -> Change:
    return lambda image: _again(_to(cut(image), 640), 60)


CUTS: dict[str, Change] = {
    **{f"{side} 5 %": _cutting(5, side) for side in _SIDES},
    "left and top 5 %": _cutting(5, "left", "top"),
    "left and right 5 %": _cutting(5, "left", "right"),
    "top and bottom 5 %": _cutting(5, "top", "bottom"),
    "right and bottom 5 %": _cutting(5, "right", "bottom"),
    "all but the top 5 %": _cutting(5, "left", "right", "bottom"),
    "all sides 5 %": _cutting(5, *_SIDES),
    "all sides 1 %": _cutting(1, *_SIDES),
    "all sides 2 %": _cutting(2, *_SIDES),
    "all sides 3 %": _cutting(3, *_SIDES),
    "all sides 4 %": _cutting(4, *_SIDES),
    "left 2 %": _cutting(2, "left"),
    "bottom 3 %": _cutting(3, "bottom"),
}
CUTS |= {
    f"{name}, 640 dots at 60": _then_sent(CUTS[name])
    for name in ("left 5 %", "bottom 5 %", "right and bottom 5 %", "all sides 5 %", "all sides 3 %")
}


def changed(image: Image.Image) -> Iterator[tuple[str, Image.Image]]:
    """The picture after each change, with the name of the change."""
    for name, change in (CHANGES | CUTS).items():
        yield name, change(image)
