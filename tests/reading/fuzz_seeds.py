"""What the fuzzing starts from: letters, PDFs, DOCX files and pictures, and how they are spoilt."""

import io
import random
import zipfile
import zlib
from copy import deepcopy
from functools import cache
from pathlib import Path

from lxml import etree

from tests.pdfs import broken, pdf_of

_SAMPLES = Path(__file__).parents[2] / "src/thamthan/data/samples"
_LETTERS = sorted(
    [*_SAMPLES.glob("*.txt"), *(Path(__file__).parents[1] / "documents").glob("*/*.txt")]
)
_MARKS = "ัิีึืฺุู็่้๊๋์ํ๎ำะาเแโใไๆฯ"
_ODD = "\u200b\u200d\u2060\ufeff\uf70a\uf712\ufffd\x00\x0b\f\r\t\x1c\xa0\u2028\ud800\U0001d7d7๐٣½²"
_DIGITS = "๐๑๒๓๔๕๖๗๘๙0123456789/-.:()ว "
_NUMBERS = (b"0", b"-1", b"65536", b"2147483647", b"4294967296", b"1e38", b"99999999999999999999")
_VALUES = ("", "0", "-1", "1.5", "999999999999", "true", "x", "๑", " " * 99, "/word/document.xml")
_TOKENS = {
    "pdf": (
        *(
            b"obj",
            b"endobj",
            b"<<",
            b">>",
            b"[",
            b"]",
            b"stream\n",
            b"endstream",
            b" 0 R",
            b"(",
            b")",
        ),
        *(b"/Kids[2 0 R]", b"/Parent 3 0 R", b"/Rotate 90", b"/Type/Page", b"/Count 9", b"%%EOF"),
        *(b"/MediaBox[0 0 1e9 1e9]", b"/Contents[9 0 R 9 0 R]", b"/UserUnit 9999", b"BT", b"ET"),
        *(b" Tj", b" Tm", b" Do", b" cm", b"q ", b"Q ", b"/Filter/LZWDecode", b"3 Tr", b"0 0 0 0"),
        *(b"/Filter[/FlateDecode/FlateDecode]", b"/Predictor 15", b"/Columns 99999", b"xref"),
    ),
    "docx": (
        *(
            b"<w:p>",
            b"</w:p>",
            b"<w:tbl><w:tr><w:tc>",
            b"</w:tc></w:tr></w:tbl>",
            b"<w:br/>",
            b"&#0;",
        ),
        *(
            b'<w:br w:type="page"/>',
            b"<w:t>",
            b"</w:t>",
            b"<w:txbxContent>",
            b"<!--",
            b"]]>",
            b"&x;",
        ),
        *(b"<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>", b'w:val="999999999999"', b"<"),
        *(b'<w:numPr><w:ilvl w:val="99"/><w:numId w:val="1"/></w:numPr>', b"w:val=''"),
    ),
    "picture": (
        *(
            b"\xff\xd9",
            b"\xff\xda",
            b"\xff\xc0",
            b"\xff\xe1",
            b"IDAT",
            b"IEND",
            b"acTL",
            b"II*\x00",
        ),
        *(
            b"ftypheic",
            b"\x00\x00\x00\x00",
            b"\xff\xff\xff\xff",
            b"\x7f\xff\xff\xff",
            b"Exif\x00\x00",
        ),
    ),
    "bytes": (
        b"\x00",
        b"\xff\xfe",
        b"\xfe\xff",
        b"\xef\xbb\xbf",
        b"%PDF-",
        b"PK\x03\x04",
        b"BM",
        b"MZ",
    ),
}


@cache
def texts() -> list[str]:
    """Every letter that we ship as text."""
    return [path.read_text(encoding="utf-8") for path in _LETTERS]


@cache
def SEEDS() -> dict[str, list[bytes]]:
    """By the kind of file, what is spoilt."""
    found = texts()
    short = [text[:700] for text in found]
    pdfs = [pdf_of(broken(text[:1_500])) for text in found[:8]]
    pdfs += [pdf_of(found[0], picture=True), pdf_of(found[1], invisible=True)]
    return {
        "bytes": [
            text.encode(encoding, "replace")
            for text in short
            for encoding in ("utf-8", "cp874", "utf-16", "utf-16-be", "utf-32")
        ],
        "pdf": [*pdfs, *map(_opened, pdfs), (_SAMPLES / "district_order_scan.pdf").read_bytes()],
        "docx": [_docx(text) for text in found[:6]],
        "picture": _pictures(),
    }


def changed_text(chance: random.Random) -> str:
    """A letter, or some lines of one, spoilt in some places."""
    text = chance.choice(texts())
    if chance.random() < 0.7:
        lines = text.split("\n")
        at = chance.randrange(len(lines))
        text = "\n".join(lines[at : at + chance.randint(1, 15)])
    for _ in range(chance.choice((1, 1, 2, 4, 8, 20))):
        start = chance.randint(0, len(text))
        end = min(len(text), start + chance.choice((0, 1, 1, 2, 5, 30)))
        text = text[:start] + _instead(chance, text[start:end]) + text[end:]
    return text[:8_000]


def _instead(chance: random.Random, words: str) -> str:
    way = chance.randrange(9)
    if way == 0:
        return ""
    if way == 1:
        return words * chance.choice((2, 3, 50))
    if way == 2:
        return words[::-1]
    if way == 3:
        return words + "".join(chance.choices(_MARKS, k=chance.randint(1, 4)))
    if way == 4:
        return words + "".join(chance.choices(_ODD, k=chance.randint(1, 3)))
    if way == 5:
        return "".join(chance.choices(_DIGITS, k=chance.choice((1, 2, 4, 30))))
    if way == 6:
        other = chance.choice(texts())
        at = chance.randrange(len(other))
        return other[at : at + chance.randint(1, 60)]
    if way == 7:
        return " ".join(words)
    return chr(chance.randrange(0x20, 0x3000)) + words


def changed(chance: random.Random, kind: str) -> bytes:
    """A file of this kind, spoilt in some places; of a DOCX file the parts, not the packing."""
    content = chance.choice(SEEDS()[kind])
    if kind == "docx" and chance.random() < 0.8:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        name = "word/document.xml" if chance.random() < 0.7 else chance.choice(sorted(parts))
        spoil = _rebuilt if chance.random() < 0.5 else _spoilt
        parts[name] = spoil(chance, kind, parts[name])
        return _zipped(parts)
    return _spoilt(chance, kind, content)


def _spoilt(chance: random.Random, kind: str, content: bytes) -> bytes:
    for _ in range(chance.choice((1, 1, 2, 3, 6, 15))):
        # The head of a file says the most.
        most = len(content) if chance.random() < 0.6 else min(len(content), 200)
        at = chance.randint(0, most)
        length = chance.choice((0, 1, 1, 2, 4, 16, 200))
        cut = content[at : at + length]
        way = chance.randrange(8)
        if way == 0:
            new = b""
        elif way == 1:
            new = chance.choice(_TOKENS[kind])
        elif way == 2:
            new = chance.randbytes(max(1, length))
        elif way == 3:
            new = cut * chance.choice((2, 3, 100))
        elif way == 4:
            new = bytes(byte ^ (1 << chance.randrange(8)) for byte in cut)
        elif way == 5:
            new = chance.choice(_NUMBERS)
        elif way == 6:
            other = chance.choice(SEEDS()[kind])
            begin = chance.randint(0, len(other))
            new = other[begin : begin + chance.choice((4, 40, 400))]
        else:
            new, at = b"", at if chance.random() < 0.3 else len(content)
            content = content[: at + 1]
        content = content[:at] + new + content[at + length :]
    return content


def _rebuilt(chance: random.Random, kind: str, content: bytes) -> bytes:
    """XML whose elements stand elsewhere, more than once, or say what they never say; still XML."""
    try:
        root = etree.fromstring(content)
    except etree.XMLSyntaxError:
        return _spoilt(chance, kind, content)
    for _ in range(chance.choice((1, 1, 2, 4, 10))):
        found = [one for one in root.iter() if isinstance(one.tag, str) and one is not root]
        if not found:
            break
        one, other = chance.choice(found), chance.choice(found)
        way = chance.randrange(6)
        if way == 0:
            one.getparent().remove(one)
        elif way == 1 and len(found) < 1_000:
            for _ in range(chance.choice((1, 2, 40))):
                one.addnext(deepcopy(one))
        elif way == 2 and one not in (other, *other.iterancestors()):
            other.append(one)
        elif way == 3:
            one.tag = other.tag
        elif way == 4 and one.attrib:
            one.attrib[chance.choice(sorted(one.attrib))] = chance.choice(_VALUES)
        else:
            one.text = chance.choice((*_VALUES, chance.choice(texts())[:300]))
    return etree.tostring(root)


def _opened(content: bytes) -> bytes:
    """A PDF with its streams unpacked, so that what is spoilt is what they say."""
    out, rest = b"", content
    while b"/Filter/FlateDecode/Length " in rest:
        head, _, rest = rest.partition(b"/Filter/FlateDecode/Length ")
        size, _, rest = rest.partition(b">>\nstream\n")
        plain = zlib.decompress(rest[: int(size)])
        out += head + b"/Length %d>>\nstream\n" % len(plain) + plain
        rest = rest[int(size) :]
    return out + rest


def _docx(text: str) -> bytes:
    import docx

    document = docx.Document()
    lines = text.split("\n")
    for line in lines[:12]:
        document.add_paragraph(line)
    table = document.add_table(rows=2, cols=2)
    table.cell(0, 0).text, table.cell(1, 1).text = lines[0], lines[-1]
    for line in lines[12:30]:
        document.add_paragraph(line, style="List Number")
    held = io.BytesIO()
    document.save(held)
    with zipfile.ZipFile(held) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name in parts:
        # Large, and nothing is read of them; but they are referred to, and must be there.
        if any(words in name for words in ("theme1", "thumbnail", "stylesWithEffects")):
            parts[name] = b""
    styles = etree.fromstring(parts["word/styles.xml"])
    for style in styles.findall("{*}style") + styles.findall("{*}latentStyles"):
        if not any("ListNumber" in value or value == "Normal" for value in style.attrib.values()):
            styles.remove(style)
    parts["word/styles.xml"] = etree.tostring(styles)
    return _zipped(parts)


def _zipped(parts: dict[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return held.getvalue()


def _pictures() -> list[bytes]:
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (90, 120), "white")
    ImageDraw.Draw(image).line((5, 5, 80, 100), fill="black", width=3)
    ways: list[tuple[str, str, dict[str, object]]] = [
        *(("PNG", mode, {}) for mode in ("RGB", "P", "I;16", "1")),
        ("PNG", "RGBA", {"dpi": (200, 200)}),
        ("JPEG", "RGB", {"dpi": (300, 300)}),
        ("JPEG", "L", {"progressive": True}),
        ("JPEG", "CMYK", {}),
        ("TIFF", "1", {"compression": "group4"}),
        ("TIFF", "RGB", {"compression": "tiff_lzw"}),
        ("TIFF", "L", {"compression": "jpeg"}),
        *(("TIFF", "F", {}), ("GIF", "P", {}), ("BMP", "RGB", {})),
        *(("WEBP", "RGBA", {}), ("AVIF", "RGB", {})),
    ]
    found = []
    for form, mode, more in ways:
        held = io.BytesIO()
        picture = image.convert("L").convert(mode) if mode in ("I;16", "F") else image.convert(mode)
        if form in ("GIF", "TIFF"):
            more = {**more, "save_all": True, "append_images": [picture, picture]}
        if form == "JPEG":
            exif = Image.Exif()
            exif[0x0112] = 6
            more = {**more, "exif": exif}
        picture.save(held, form, **more)
        found.append(held.getvalue())
    try:
        import pillow_heif
    except ImportError:
        return found
    held = io.BytesIO()
    pillow_heif.from_pillow(image).save(held, quality=50)
    return [*found, held.getvalue()]
