"""Files made to hurt whoever opens them; each is small here and large where it is opened."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Sequence

from tests.pdfs import assembled, stream

CATALOG = "<</Type/Catalog/Pages 2 0 R>>"
ONE_PAGE = "<</Type/Pages/Kids[3 0 R]/Count 1>>"


def page(entries: str, box: str = "0 0 595 842") -> str:
    """A page of a PDF, whose parent is object 2."""
    return f"<</Type/Page/Parent 2 0 R/MediaBox[{box}]{entries}>>"


def repeated(block: bytes, times: int, *, first: bytes = b"") -> bytes:
    """A block again and again, packed a thousand to one; packed once, however often it stands.

    The sum at the end is not right; whoever unpacks it sees that only when it has all.
    """
    packer = zlib.compressobj(9)
    begin = packer.compress(first) + packer.flush(zlib.Z_FULL_FLUSH)
    once = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    return begin + once * times + packer.flush()


def zeros(megabytes: int) -> bytes:
    """So many million zeros."""
    return repeated(bytes(1 << 20), megabytes)


def raw_stream(packed: bytes, entries: str = "") -> bytes:
    """A stream of a PDF that is packed already."""
    head = f"<<{entries}/Filter/FlateDecode/Length {len(packed)}>>\nstream\n"
    return head.encode() + packed + b"\nendstream"


def pdf_page(entries: str, *objects: str | bytes, box: str = "0 0 595 842") -> bytes:
    """A PDF of one page; `objects` are numbered from 4."""
    return assembled([CATALOG, ONE_PAGE, page(entries, box), *objects])


def picture_page(picture: bytes, *, pages: int = 1) -> bytes:
    """A PDF whose pages show one picture."""
    kids = " ".join(f"{at} 0 R" for at in range(5, 5 + pages))
    entry = "/Resources<</XObject<</I 3 0 R>>>>/Contents 4 0 R"
    return assembled(
        [
            CATALOG,
            f"<</Type/Pages/Kids[{kids}]/Count {pages}>>",
            picture,
            stream("q 595 0 0 842 0 0 cm /I Do Q"),
            *[page(entry)] * pages,
        ]
    )


def image_object(width: int, height: int, packed: bytes, more: str = "") -> bytes:
    """A picture inside a PDF, of eight bits of grey."""
    return raw_stream(
        packed,
        f"/Type/XObject/Subtype/Image/Width {width}/Height {height}"
        f"/ColorSpace/DeviceGray/BitsPerComponent 8{more}",
    )


def forms(levels: int, *, each: int) -> bytes:
    """Forms that draw one another: `each` to the power of `levels` drawings."""
    found: list[str | bytes] = [CATALOG, ONE_PAGE]
    entry = "/Resources<</XObject<</A {} 0 R>>>>"
    found.append(page(entry.format(5) + "/Contents 4 0 R"))
    found.append(stream("/A Do " * each))
    for level in range(levels):
        below = 6 + level if level + 1 < levels else 5 + levels
        head = f"/Type/XObject/Subtype/Form/BBox[0 0 595 842]{entry.format(below)}"
        found.append(stream("/A Do " * each, head))
    found.append(stream("0 0 5 5 re f", "/Type/XObject/Subtype/Form/BBox[0 0 595 842]"))
    return assembled(found)


def pages_in_rings() -> bytes:
    """A tree of pages whose branches lead back to the root, three deep, thousands of times."""
    ring = "[" + "2 0 R 3 0 R 4 0 R " * 400 + "]"
    return assembled([CATALOG, *[f"<</Type/Pages/Parent 2 0 R/Count 99999/Kids{ring}>>"] * 3])


def deep_tree(levels: int) -> bytes:
    """A tree of pages as deep as no book is thick."""
    return assembled(
        [
            CATALOG,
            *(
                f"<</Type/Pages/Parent {max(at - 1, 1)} 0 R/Count 1/Kids[{at + 1} 0 R]>>"
                for at in range(2, levels)
            ),
            f"<</Type/Page/Parent {levels - 1} 0 R/MediaBox[0 0 595 842]>>",
        ]
    )


def png(width: int, height: int, packed: bytes = b"", kind: int = 0) -> bytes:
    """A PNG of the size that it claims, with as much in it as is given."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        )

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, kind, 0, 0, 0))
    return (
        b"\x89PNG\r\n\x1a\n"
        + head
        + (chunk(b"IDAT", packed) if packed else b"")
        + chunk(b"IEND", b"")
    )


def tiff(
    *sizes: tuple[int, int], back_to: int | None = None, compression: int = 1, stripes: bytes = b""
) -> bytes:
    """A TIFF whose pages claim these sizes; `back_to` is the page that the last one leads to."""
    at, out = 8 + len(stripes), b""
    places = [at + which * (2 + 9 * 12 + 4) for which in range(len(sizes))]
    for which, (width, height) in enumerate(sizes):
        entries = [
            (256, 4, 1, width), (257, 4, 1, height), (258, 3, 1, 8), (259, 3, 1, compression),
            (262, 3, 1, 1), (273, 4, 1, 8), (277, 3, 1, 1), (278, 4, 1, height),
            (279, 4, 1, len(stripes)),
        ]  # fmt: skip
        out += struct.pack("<H", len(entries))
        out += b"".join(struct.pack("<HHII", *entry) for entry in entries)
        last = which + 1 == len(sizes)
        following = (places[back_to] if back_to is not None else 0) if last else places[which + 1]
        out += struct.pack("<I", following)
    return struct.pack("<2sHI", b"II", 42, at) + stripes + out


def jpeg_of(width: int, height: int) -> bytes:
    """A JPEG, small but for the size that its head claims."""
    content = bytearray(encoded("JPEG"))
    at = content.index(b"\xff\xc0")
    content[at + 5 : at + 9] = struct.pack(">HH", height, width)
    return bytes(content)


def heic_of(width: int, height: int) -> bytes:
    """A HEIC whose place for the size claims another one."""
    content = bytearray(encoded("HEIF"))
    start = 0
    while (at := content.find(b"ispe", start)) >= 0:
        content[at + 8 : at + 16] = struct.pack(">II", width, height)
        start = at + 4
    return bytes(content)


def encoded(form: str, size: tuple[int, int] = (640, 480), **more: object) -> bytes:
    """A picture of a cross in this format."""
    from PIL import Image, ImageDraw

    image = Image.new("RGB", size, "white")
    ImageDraw.Draw(image).line((0, 0, *size), fill="black", width=3)
    held = io.BytesIO()
    if form == "HEIF":
        import pillow_heif

        pillow_heif.from_pillow(image).save(held)
    else:
        image.save(held, form, **more)
    return held.getvalue()


def noise(width: int, height: int, *, lines: bool = False) -> bytes:
    """A picture of nothing but specks, or of specks set in lines, which look most like print."""
    import numpy as np
    from PIL import Image

    chance = np.random.default_rng(3)
    dots = chance.integers(0, 2, (height // 4, width // 4), dtype=np.uint8) * 255
    if lines:
        dots[np.arange(len(dots)) % 9 > 5] = 255
    held = io.BytesIO()
    Image.fromarray(dots).resize((width, height)).convert("1").save(held, "PNG")
    return held.getvalue()


def packed(parts: dict[str, bytes], *, copies: Sequence[str] = ()) -> bytes:
    """A ZIP archive of these parts."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return held.getvalue()


Maker = Callable[[], bytes]

PDFS: dict[str, Maker] = {
    "a page that unpacks to gigabytes": lambda: pdf_page(
        "/Contents 4 0 R", raw_stream(zeros(3_000))
    ),
    "a page of a hundred million strokes": lambda: pdf_page(
        "/Contents 4 0 R", raw_stream(repeated(b"0 0 9 9 re f q Q\n" * 60_000, 400))
    ),
    "packed in packed": lambda: pdf_page(
        "/Contents 4 0 R",
        raw_stream(zlib.compress(zeros(2_000), 9)).replace(
            b"/Filter/FlateDecode", b"/Filter[/FlateDecode/FlateDecode]"
        ),
    ),
    "a page of a million points": lambda: pdf_page(
        "/Contents 4 0 R", stream("0 0 1000000 1000000 re f"), box="0 0 1000000 1000000"
    ),
    "a page a million points long and one wide": lambda: pdf_page(
        "/Contents 4 0 R", stream("0 0 1 1000000 re f"), box="0 0 1 1000000"
    ),
    "a page of no size": lambda: pdf_page("", box="0 0 0 0"),
    "a unit of a kilometre": lambda: pdf_page(
        "/UserUnit 1000000/Contents 4 0 R", stream("0 0 9 9 re f")
    ),
    "forms within forms": lambda: forms(12, each=10),
    "forms in a chain": lambda: forms(3_000, each=1),
    "pages in rings": pages_in_rings,
    "a tree without an end": lambda: deep_tree(20_000),
    "a picture of sixty thousand dots squared": lambda: picture_page(
        image_object(60_000, 60_000, zeros(3_434))
    ),
    "a picture that is not there": lambda: picture_page(image_object(60_000, 60_000, b"")),
    "a pattern that fills itself": lambda: pdf_page(
        "/Resources<</Pattern<</P 5 0 R>>>>/Contents 4 0 R",
        stream("/Pattern cs /P scn 0 0 595 842 re f"),
        stream(
            "/Pattern cs /P scn 0 0 1 1 re f",
            "/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 1 1]/XStep .01/YStep .01"
            "/Resources<</Pattern<</P 5 0 R>>>>",
        ),
    ),
    "a thousand pictures": lambda: picture_page(
        image_object(1, 1, zlib.compress(b"\x80")), pages=1_000
    ),
}

PICTURES: dict[str, Maker] = {
    "PNG of 60,000 squared": lambda: png(60_000, 60_000),
    "PNG of 60,000 squared, all of it": lambda: png(60_000, 60_000, zeros(3_434)),
    "PNG of 10,000 squared in colour": lambda: png(10_000, 10_000, zeros(287), kind=2),
    "JPEG of 60,000 squared": lambda: jpeg_of(60_000, 60_000),
    "JPEG of 10,000 squared": lambda: jpeg_of(10_000, 10_000),
    "TIFF of 60,000 squared": lambda: tiff((60_000, 60_000)),
    "TIFF of 60,000 squared, all of it": lambda: tiff(
        (60_000, 60_000), compression=8, stripes=zeros(3_434)
    ),
    "TIFF of 4,000,000,000 squared": lambda: tiff((4_000_000_000, 4_000_000_000)),
    "TIFF of ten thousand pages": lambda: tiff(*[(40, 40)] * 10_000, stripes=bytes(1600)),
    "TIFF that leads back to itself": lambda: tiff((40, 40), back_to=0, stripes=bytes(1600)),
    "TIFF of three pages in a ring": lambda: tiff(*[(40, 40)] * 3, back_to=1, stripes=bytes(1600)),
    "TIFF without a page": lambda: b"II*\x00\x00\x00\x00\x00",
    "HEIC of 4,000,000,000 squared": lambda: heic_of(4_000_000_000, 4_000_000_000),
    "HEIC of 60,000 squared": lambda: heic_of(60_000, 60_000),
    "GIF of 65,535 squared": lambda: encoded("GIF").replace(
        struct.pack("<HH", 640, 480), struct.pack("<HH", 65_535, 65_535)
    ),
    "WebP cut short": lambda: encoded("WEBP")[:-40],
    "BMP of 2,000,000,000 squared": lambda: encoded("BMP").replace(
        struct.pack("<ii", 640, 480), struct.pack("<ii", 2_000_000_000, 2_000_000_000)
    ),
    "JPEG cut short": lambda: encoded("JPEG")[:2_000],
    "specks all over": lambda: noise(4_000, 5_600),
    "specks in lines, a large sheet": lambda: noise(10_000, 11_000, lines=True),
}
