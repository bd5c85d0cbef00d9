"""The text layer of a written PDF: it says each letter once, and nothing that guided breaking.

The compiler tells of every cluster of glyphs which letters it stands for. Where a mark is moved up
or down it is drawn apart, and the compiler tells the whole cluster again: a reader then finds
นั้นั้น for นั้น. Here every glyph is given the letters that it draws itself.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from io import BytesIO

_LITERAL = rb"\((?:[^()\\]|\\.|\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*\))*\)"
_TOKEN = re.compile(
    rb"/Span<</ActualText<(?P<said>[0-9A-F]*)>>>BDC"
    # The name of a language is no string of glyphs, though it is written like one.
    rb"|(?P<aside>/[A-Z][A-Za-z]*"
    + _LITERAL
    + rb")|(?P<literal>"
    + _LITERAL
    + rb")|(?P<hex><[0-9A-Fa-f]+>)|/(?P<font>f\d+)(?=\s)|\b(?P<end>EMC)\b",
    re.S,
)
_ESCAPED = re.compile(rb"\\(?:([0-7]{1,3})|(.))", re.S)
_ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\n": b""}
_MEANT = re.compile(rb"<([0-9A-F]{4})> <([0-9A-F]+)>")
_GUIDES = re.compile("[\u200b\u2060\ufeff]")
_SHIFTED = re.compile(rb"\[-[0-9.]+\Z")
_TONES = "่้๊๋์็"

# A table of glyphs comes in blocks of so many rows.
_MOST_ROWS = 100

# A glyph: the number of the object that tells its font's letters, and its own number.
Code = tuple[int, int]


@dataclass(slots=True)
class _Group:
    """Glyphs drawn in one go, and where in the stream their letters are told, if anywhere.

    `drawn` is where the last string of glyphs begins and ends there, `end` where the telling ends.
    """

    codes: list[Code]
    said: tuple[int, int] | None
    drawn: tuple[int, int] = (0, 0)
    end: tuple[int, int] = (0, 0)


@dataclass(slots=True)
class _Cluster:
    """The letters of one cluster, and all that was drawn for it."""

    letters: str
    groups: list[_Group] = field(default_factory=list)

    @property
    def codes(self) -> list[Code]:
        return [code for group in self.groups for code in group.codes]

    @property
    def drawn(self) -> tuple[tuple[str, str], ...]:
        return _drawn(self.letters)

    @property
    def is_whole(self) -> bool:
        return len(self.codes) == len(self.drawn)


# A page has thousands of clusters, and few that differ: what is asked of each is kept.
@lru_cache(maxsize=4096)
def _drawn(letters: str) -> tuple[tuple[str, str], ...]:
    """For each glyph that draws the letters: which it draws, and which a reader is told.

    A ำ is drawn as a ring and an า, the ring before the tone; it is told with its า.
    """
    parts = [(letter, letter) for letter in letters]
    if "ำ" in letters:
        at = letters.index("ำ")
        parts[at] = ("า", "ำ")
        ring = next((i for i, letter in enumerate(letters) if letter in _TONES), at)
        parts.insert(ring, ("ํ", ""))
    return tuple(parts)


def cleaned(pdf: bytes) -> bytes:
    """ล้างชั้นข้อความ: the same pages, whose words read as they were written."""
    import pikepdf

    with pikepdf.open(BytesIO(pdf)) as document:
        maps: dict[int, pikepdf.Object] = {}
        means: dict[Code, str] = {}
        votes: dict[Code, Counter[str]] = {}
        pages: list[tuple[pikepdf.Page, bytes, list[_Cluster]]] = []
        for page in document.pages:
            fonts = {
                name.lstrip("/"): font.ToUnicode
                for name, font in (page.Resources.Font.items() if "/Font" in page.Resources else ())
            }
            for found in fonts.values():
                if found.objgen[0] not in maps:
                    maps[found.objgen[0]] = found
                    means |= _read_map(found.objgen[0], found.read_bytes())
            content = page.Contents.read_bytes()
            numbers = {name: found.objgen[0] for name, found in fonts.items()}
            clusters = list(_clusters(content, means, numbers))
            for cluster in clusters:
                _vote(cluster, votes)
            pages.append((page, content, clusters))
        draws = {code: found.most_common(1)[0][0] for code, found in votes.items()}
        for page, content, clusters in pages:
            page.Contents.write(_retold(content, clusters, draws))
        for number, found in maps.items():
            found.write(_meant_anew(number, found.read_bytes(), draws))
        out = BytesIO()
        document.save(out, deterministic_id=True)
    return out.getvalue()


def _read_map(number: int, stream: bytes) -> dict[Code, str]:
    return {
        (number, int(found[1], 16)): bytes.fromhex(found[2].decode()).decode("utf-16-be")
        for found in _MEANT.finditer(stream)
    }


def _meant_anew(number: int, stream: bytes, draws: dict[Code, str]) -> bytes:
    """The table of a font's glyphs, each with the letters that it draws."""
    letters = {
        glyph: _GUIDES.sub("", told) for (_, glyph), told in _read_map(number, stream).items()
    }
    letters |= {glyph: drawn for (font, glyph), drawn in draws.items() if font == number}
    rows = [
        b"<%04X> <%s>" % (glyph, told.encode("utf-16-be").hex().upper().encode())
        for glyph, told in sorted(letters.items())
        if told
    ]
    blocks = [rows[at : at + _MOST_ROWS] for at in range(0, len(rows), _MOST_ROWS)]
    table = b"\n".join(
        b"%d beginbfchar\n%s\nendbfchar" % (len(block), b"\n".join(block)) for block in blocks
    )
    start, end = stream.index(b"endcodespacerange") + 17, stream.index(b"endcmap")
    return stream[:start] + b"\n" + table + b"\n" + stream[end:]


def _clusters(content: bytes, means: dict[Code, str], fonts: dict[str, int]) -> Iterator[_Cluster]:
    last: _Cluster | None = None
    for letters, group in _groups(content, means, fonts):
        goes_on = (
            last is not None
            and last.letters == letters
            and len(last.codes) + len(group.codes) <= len(last.drawn)
        )
        if last is not None and goes_on:
            last.groups.append(group)
            continue
        if last is not None:
            yield last
        last = _Cluster(letters, [group])
    if last is not None:
        yield last


def _groups(
    content: bytes, means: dict[Code, str], fonts: dict[str, int]
) -> Iterator[tuple[str, _Group]]:
    """Walks the stream; each piece with the letters that it is told to stand for."""
    font = 0
    said: _Group | None = None
    letters = ""
    for found in _TOKEN.finditer(content):
        match found.lastgroup:
            case "said":
                letters = _letters(found["said"])
                said = _Group([], found.span())
            case "font":
                font = fonts.get(found["font"].decode(), 0)
            case "end":
                if said is not None and said.codes:
                    said.end = found.span()
                    yield letters, said
                said = None
            case "aside":
                continue
            case _:
                codes = [(font, glyph) for glyph in _glyphs_in(found.group())]
                if said is not None:
                    said.codes += codes
                    said.drawn = found.span()
                else:
                    for code in codes:
                        group = _Group([code], None, found.span())
                        yield _GUIDES.sub("", means.get(code, "")), group


@lru_cache(maxsize=4096)
def _letters(written: bytes) -> str:
    return _GUIDES.sub("", bytes.fromhex(written.decode()).decode("utf-16-be"))


@lru_cache(maxsize=4096)
def _glyphs_in(string: bytes) -> tuple[int, ...]:
    """The glyphs of a string of the stream, (…) or <…>."""
    if string.startswith(b"<"):
        drawn = bytes.fromhex(string[1:-1].decode())
    else:
        drawn = _ESCAPED.sub(
            lambda escaped: (
                bytes([int(escaped[1], 8) & 255])
                if escaped[1]
                else _ESCAPES.get(escaped[2], escaped[2])
            ),
            string[1:-1],
        )
    return tuple(int.from_bytes(drawn[at : at + 2]) for at in range(0, len(drawn) - 1, 2))


def _vote(cluster: _Cluster, votes: dict[Code, Counter[str]]) -> None:
    """What each glyph draws, as far as this cluster tells it."""
    if cluster.is_whole:
        for code, (letter, _) in zip(cluster.codes, cluster.drawn, strict=True):
            votes.setdefault(code, Counter())[letter] += 1
    elif len(cluster.codes) == 1 and cluster.letters:
        votes.setdefault(cluster.codes[0], Counter())[cluster.letters] += 1


def _retold(content: bytes, clusters: list[_Cluster], draws: dict[Code, str]) -> bytes:
    """The stream with every piece told what it draws itself.

    A space drawn alone has no ink, and a reader passes over it: it goes behind the glyphs before.
    """
    edits: list[tuple[int, int, bytes]] = []
    told: tuple[_Group, str] | None = None
    for cluster in clusters:
        parts = [part for _, part in cluster.drawn]
        for number, group in enumerate(cluster.groups):
            if told and cluster.letters == " " and _is_lone(content, group):
                before, letters = told
                if before.codes[-1][0] == group.codes[0][0]:
                    edits += _moved(content, before, group)
                    if group.said is not None:
                        edits += [(*group.said, b""), (*group.end, b"")]
                    before.codes.append(group.codes[0])
                    told = before, letters + " "
                    continue
            if told:
                edits += _said(*told, draws)
            if number and _is_shifted(content, group) and len(cluster.groups) == 2:
                edits += _hushed(content, group)
                continue
            if (
                cluster.is_whole
                and len(cluster.groups) > 1
                and not any(_is_shifted(content, later) for later in cluster.groups[1:])
            ):
                letters = "".join(parts[: len(group.codes)])
                parts = parts[len(group.codes) :]
            else:
                letters = "" if number else cluster.letters
            told = group, letters
    if told:
        edits += _said(*told, draws)
    pieces: list[bytes] = []
    at = 0
    for start, end, written in sorted(edits):
        pieces += [content[at:start], written]
        at = end
    return b"".join([*pieces, content[at:]])


def _said(group: _Group, letters: str, draws: dict[Code, str]) -> list[tuple[int, int, bytes]]:
    """Nothing is told apart where the glyphs themselves say it: so readers know their places."""
    if group.said is None:
        return []
    if letters == "".join(draws.get(code, "?") for code in group.codes):
        return [(*group.said, b""), (*group.end, b"")]
    written = ("\ufeff" + letters).encode("utf-16-be").hex().upper().encode()
    return [(*group.said, b"/Span<</ActualText<" + written + b">>>BDC")]


def _is_shifted(content: bytes, group: _Group) -> bool:
    """Whether it begins further right than its cluster, so that a reader may put it too late."""
    return _SHIFTED.search(content, max(0, group.drawn[0] - 16), group.drawn[0]) is not None


def _hushed(content: bytes, group: _Group) -> list[tuple[int, int, bytes]]:
    """Tells nothing of it: the glyphs before it have told the whole cluster."""
    told = b"/Span<</ActualText<FEFF0003>>>BDC "
    if group.said is not None:
        return [(*group.said, told)]
    start = content.rindex(b"[", 0, group.drawn[0])
    end = content.index(b"TJ", group.drawn[1]) + 2
    return [(start, start, told), (end, end, b" EMC")]


def _is_lone(content: bytes, group: _Group) -> bool:
    start, end = group.drawn
    return content[end : end + 2] == b"Tj" and len(_glyphs_in(content[start:end])) == 1


def _moved(content: bytes, before: _Group, space: _Group) -> list[tuple[int, int, bytes]]:
    """Puts the space at the end of the string before it, and leaves an empty one."""
    glyph = space.codes[0][1]
    end = before.drawn[1] - 1
    written = b"%04X" % glyph
    if content[end : end + 1] == b")":
        written = b"\\%03o\\%03o" % divmod(glyph, 256)
    return [(end, end, written), (*space.drawn, b"()")]
