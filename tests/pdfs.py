"""PDFs made by hand, so that a test says itself what their text layer holds."""

import re
import zlib
from collections.abc import Iterable, Sequence
from hashlib import md5

SIZE = 14
LEADING = 20
LEFT, TOP = 60, 780
PAPER = (595, 842)
WIDEST = 74
MOST_LINES = 36

_MARKS = "ัิีึืฺุู็่้๊๋์ํ๎" + "".join(map(chr, [*range(0xF701, 0xF70F), *range(0xF710, 0xF71B)]))
_FONT = (
    "<</Type/Font/Subtype/Type0/BaseFont/Hand/Encoding/Identity-H"
    "/DescendantFonts[4 0 R]/ToUnicode 6 0 R>>"
)
_DESCRIPTOR = (
    "<</Type/FontDescriptor/FontName/Hand/Flags 4/FontBBox[0 -250 1000 900]"
    "/ItalicAngle 0/Ascent 900/Descent -250/CapHeight 700/StemV 80>>"
)


def wrapped(text: str) -> list[str]:
    """The lines of a text, broken at spaces where they are too long for the paper."""
    lines: list[str] = []
    for line in text.split("\n"):
        while len(line) > WIDEST and " " in line[:WIDEST].strip():
            at = line.rindex(" ", 0, WIDEST)
            lines.append(line[:at])
            line = line[at + 1 :]
        lines.append(line)
    return lines


def pdf_of(
    text: str,
    *,
    invisible: bool = False,
    picture: bool = False,
    meaning: bool = True,
    encrypted: bool = False,
) -> bytes:
    """A PDF of one font, page by page; `text` is what its layer says, letter by letter."""
    lines = wrapped(text)
    pages = [lines[at : at + MOST_LINES] for at in range(0, len(lines), MOST_LINES)]
    return pdf_of_contents(
        [_content(page, invisible=invisible, picture=picture) for page in pages],
        meaning=meaning,
        encrypted=encrypted,
    )


def pdf_of_contents(
    contents: Sequence[str],
    *,
    meaning: bool = True,
    encrypted: bool = False,
    picture: str | bytes | None = None,
) -> bytes:
    """A PDF whose pages are drawn by these instructions; /F1 is the font, /Im0 a grey picture."""
    kids = " ".join(f"{8 + 2 * at} 0 R" for at in range(len(contents)))
    widths = " ".join(f"{ord(mark)}[0]" for mark in _MARKS)
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(contents)}>>",
        _FONT if meaning else _FONT.replace("/ToUnicode 6 0 R", ""),
        "<</Type/Font/Subtype/CIDFontType2/BaseFont/Hand/CIDSystemInfo<</Registry(Adobe)"
        f"/Ordering(Identity)/Supplement 0>>/FontDescriptor 5 0 R/DW 500/W[{widths}]>>",
        _DESCRIPTOR,
        stream(_meanings()),
        picture
        or stream(
            "\x80",
            "/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8",
        ),
    ]
    for at, content in enumerate(contents):
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {PAPER[0]} {PAPER[1]}]"
            f"/Resources<</Font<</F1 3 0 R>>/XObject<</Im0 7 0 R>>>>/Contents {9 + 2 * at} 0 R>>"
        )
        objects.append(stream(content))
    return assembled(objects, encrypted=encrypted)


def assembled(objects: Iterable[str | bytes], *, encrypted: bool = False, lock: str = "") -> bytes:
    """Numbers the objects from 1, the first being the catalog, and adds the table of places."""
    out = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        whole = body if isinstance(body, bytes) else body.encode("latin-1")
        out += b"%d 0 obj\n%b\nendobj\n" % (number, whole)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    if encrypted:
        # A standard lock whose key is made from a password that nobody gave.
        lock = (
            f"/ID[<{'00' * 16}><{'00' * 16}>]/Encrypt<</Filter/Standard/V 2/R 3/Length 128/P -4"
            f"/O<{'11' * 32}>/U<{'22' * 32}>>>"
        )
    out += f"trailer\n<</Size {len(places) + 1}/Root 1 0 R{lock}>>\n".encode()
    return out + b"startxref\n%d\n%%%%EOF\n" % table


def stream(content: str, entries: str = "") -> bytes:
    packed = zlib.compress(content.encode("latin-1"), 9)
    head = f"<<{entries}/Filter/FlateDecode/Length {len(packed)}>>\nstream\n"
    return head.encode() + packed + b"\nendstream"


def shown(line: str) -> str:
    """A line as the operand of Tj, two bytes to the letter."""
    return f"<{line.encode('utf-16-be').hex()}>"


def broken(text: str) -> str:
    """What old fonts and careless programs make of a text: torn ำ, shifted marks, two เ for แ."""
    torn = text.replace("ำ", "ํา").replace("แ", "เเ")
    # Over ป ฝ ฟ, and over a vowel, old fonts draw the tone from the private use area.
    torn = re.sub("([ปฝฟ])่", "\\1\uf70a", torn)
    torn = re.sub("([ัิีึื])้", "\\1\uf70b", torn)
    return torn.replace("์", "\uf70e")


def locked(content: bytes, password: bytes = b"") -> bytes:
    """A PDF of ours under the oldest lock there is, RC4 of 40 bits, opened by this password."""
    padding = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")
    given = (password + padding)[:32]
    owner = _rc4(md5(b"owner".ljust(32, b"-")).digest()[:5], given)
    key = md5(given + owner + (-4 & 0xFFFFFFFF).to_bytes(4, "little") + bytes(16)).digest()[:5]
    objects: list[str | bytes] = []
    for found in re.finditer(rb"(\d+) 0 obj\n(.*?)\nendobj", content, re.DOTALL):
        number = int(found[1]).to_bytes(3, "little") + bytes(2)
        own = md5(key + number).digest()[:10]
        body = re.sub(
            rb"(?<=stream\n).*(?=\nendstream)|\((\w+)\)",
            lambda part, own=own: (  # type: ignore[misc]
                b"<%b>" % _rc4(own, part[1]).hex().encode() if part[1] else _rc4(own, part[0])
            ),
            found[2],
            flags=re.DOTALL,
        )
        objects.append(body)
    lock = (
        f"/ID[<{'00' * 16}><{'00' * 16}>]/Encrypt<</Filter/Standard/V 1/R 2/P -4"
        f"/O<{owner.hex()}>/U<{_rc4(key, padding).hex()}>>>"
    )
    return assembled(objects, lock=lock)


def _rc4(key: bytes, content: bytes) -> bytes:
    state, j = list(range(256)), 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    out, i, j = bytearray(), 0, 0
    for byte in content:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)


def _content(lines: Sequence[str], *, invisible: bool, picture: bool) -> str:
    drawn = ["q 595 0 0 842 0 0 cm /Im0 Do Q"] if picture else []
    drawn.append(f"BT /F1 {SIZE} Tf {3 if invisible else 0} Tr")
    for at, line in enumerate(lines):
        if line.strip():
            y = TOP - at * LEADING
            drawn.append(f"1 0 0 1 {LEFT} {y} Tm {shown(line)} Tj")
    return "\n".join([*drawn, "ET"])


def _meanings() -> str:
    rows = "".join(
        f"1 beginbfrange\n<{row:02X}00> <{row:02X}FF> <{row:02X}00>\nendbfrange\n"
        for row in (0x00, 0x01, 0x02, 0x0E, 0x20, 0xF7)
    )
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /H def\n"
        "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
        f"{rows}endcmap end end"
    )
