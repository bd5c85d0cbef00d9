"""Sets a letter on A4 as offices do, prints it with Chromium, and tells what is on each page."""

import hashlib
import html
import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from random import Random

import pypdfium2

from tests.reading.bench.paper import HAND, PRINT, Letter, Part, Stamp, printed, unwritten
from tests.reading.bench.style import BIRD, ROUND, SIGNATURE, STYLE
from thamthan.thai.digits import to_thai

ROOT = Path(__file__).resolve().parents[3]
CACHE = ROOT / "var" / "bench"
# Stands in a transcript for a character that a hand wrote, which may be read or not.
ANYTHING = "\ufffc"

# Points and leading at which each looks as large as offices set it.
_SIZES = {
    "Laksaman": (12.2, 1.6), "Garuda": (12, 1.55), "Norasi": (14, 1.4), "Kinnari": (13.5, 1.45),
    "Umpush": (12.5, 1.5), "Loma": (12, 1.6),
}  # fmt: skip
_MARKS = re.compile("[ัิ-ฺ็-๎\ue000\ue001]")


def printed_letter(letter: Letter, *, inked: bool) -> tuple[bytes, list[list[str]]]:
    """The letter as a PDF, and for each page what stands on it, block by block.

    Inked letters are signed and stamped; they are the ones that get scanned.
    """
    for capacity in (30, 26, 23, 20, 17, 14, 11):
        pages = _pages(letter, capacity)
        if len(pages) > 2:
            break
        paper = _chromium(_html(letter, pages, inked=inked))
        if len(pypdfium2.PdfDocument(paper)) == len(pages):
            return paper, [_blocks(letter, page, first=at == 0) for at, page in enumerate(pages)]
    raise ValueError(f"{letter.name} does not fit on two pages")


def _pages(letter: Letter, capacity: int) -> list[list[Part]]:
    """The parts, page by page: a second page begins with its number, a first ends with a catch."""
    pages: list[list[Part]] = [[]]
    lines = 0.0
    wide = 74
    for at, part in enumerate(letter.parts):
        needs = sum(-(-len(_MARKS.sub("", cell)) // wide) or 1 for cell in part.cells[-1:])
        # The signature does not stand alone on a page.
        after = sum(len(rest.cells) for rest in letter.parts[at:])
        if part.style in ("p", "item") and lines + needs > capacity and after > 3:
            words = printed(part.cells[0]).split()
            pages[-1].append(Part("catch", (f"/{' '.join(words[:2])[:22]}...",)))
            number = str(len(pages) + 1)
            number = to_thai(number) if _is_thai(letter) else number
            pages.append([Part("number", (f"- {number} -",))])
            lines = 1.0
        pages[-1].append(part)
        lines += needs if part.style in ("p", "item") else 0.9 * len(part.cells[-1:])
    return pages


def _is_thai(letter: Letter) -> bool:
    return bool(re.search("[๐-๙]", str(letter.truth["date_text"])))


def _blocks(letter: Letter, page: list[Part], *, first: bool) -> list[str]:
    blocks = []
    if first and letter.stamp:
        blocks += list(letter.stamp.lines)
    for part in page:
        if part.style in ("label", "memo"):
            blocks.append(" ".join(part.cells))
        elif part.style != "rule":
            blocks += [cell for cell in part.cells if cell]
    return [unwritten(block, ANYTHING) for block in blocks]


def _html(letter: Letter, pages: list[list[Part]], *, inked: bool) -> str:
    size, leading = _SIZES[letter.font]
    chance = Random(900 + letter.seed)
    justify = "text-align:justify" if letter.looks["justify"] else ""
    style = f"body{{font:{size}pt/{leading} '{letter.font}'}}.p,.item{{{justify}}}"
    sheets = []
    for at, page in enumerate(pages):
        inside = "".join(_set(part, letter, chance, inked=inked) for part in page)
        head = _head(letter, chance) if at == 0 else ""
        sheets.append(f'<div class="page">{head}{inside}</div>')
    return f"<meta charset=utf-8><style>{STYLE}{style}</style>{''.join(sheets)}"


def _head(letter: Letter, chance: Random) -> str:
    stamp = _stamp(letter.stamp, chance) if letter.stamp else ""
    if not letter.looks["garuda"]:
        return stamp + '<div style="height:14mm"></div>'
    if letter.kind == "memo":
        return stamp + BIRD.format(where="memo-garuda", wide=14, high=15)
    return stamp + BIRD.format(where="garuda", wide=27, high=29)


def _stamp(stamp: Stamp, chance: Random) -> str:
    lines = "".join(f"<div>{_written(line, chance)}</div>" for line in stamp.lines)
    place = f"left:{stamp.left}mm;top:{stamp.top}mm;transform:rotate({stamp.turn:.2f}deg)"
    ink = f"color:{stamp.ink};border-color:{stamp.ink}"
    return f'<div class="stamp" style="{place};{ink}">{lines}</div>'


def _written(words: str, chance: Random) -> str:
    """HTML of the words; what a hand wrote leans, rises and falls, sign by sign."""

    def scrawled(found: re.Match[str]) -> str:
        signs = []
        for sign in found[1]:
            turn, lift = chance.uniform(-9, 9), chance.uniform(-1.4, 1.4)
            size, lean = chance.uniform(0.92, 1.25), chance.uniform(-14, 8)
            look = (
                f"display:inline-block;font-size:{size:.2f}em;"
                f"transform:translateY({lift:.1f}px) rotate({turn:.1f}deg) skewX({lean:.1f}deg)"
            )
            signs.append(f'<i style="font-style:normal;{look}">{sign}</i>' if sign != " " else " ")
        return f'<span class="hand">{"".join(signs)}</span>'

    return re.sub(f"{HAND}(.*?){PRINT}", scrawled, html.escape(words))


def _set(part: Part, letter: Letter, chance: Random, *, inked: bool) -> str:
    cells = [_written(cell, chance).replace("  ", "&ensp; ") for cell in part.cells]
    match part.style:
        case "speed":
            colour = chance.choice(["#c01818", "#c01818", "#111"])
            return f'<div class="speed" style="color:{colour}">{cells[0]}</div>'
        case "title":
            size = 2 if letter.kind == "memo" else 1.15
            return f'<div class="title" style="font-size:{size * 0.9:.2f}em">{cells[0]}</div>'
        case "memo":
            pairs = zip(cells[::2], cells[1::2], strict=True)
            told = "".join(f"<b>{label}</b><span>{words}</span>" for label, words in pairs)
            return f'<div class="memo">{told}</div>'
        case "rule":
            return '<div class="rule">' + "-" * 30 + "</div>"
        case "label":
            wide = " wide" if any(other.style == "enclosure" for other in letter.parts) else ""
            return f'<div class="label{wide}"><div>{cells[0]}</div><div>{cells[1]}</div></div>'
        case "sign":
            ink = _ink(letter, chance) if inked else ""
            told = "".join(f"<div>{cell}</div>" for cell in cells)
            return f'<div class="sign">{ink}{told}</div>'
        case "approval":
            rest = "".join(f"<div>{cell}</div>" for cell in cells[1:])
            return f'<div class="approval">{cells[0]}<br><br>{rest}</div>'
    inside = "".join(f"<div>{cell}</div>" for cell in cells) if len(cells) > 1 else cells[0]
    return f'<div class="{part.style}">{inside}</div>'


def _ink(letter: Letter, chance: Random) -> str:
    """A signature above the name, now and then through it, and perhaps a round stamp."""
    drawn = ""
    if letter.looks["signed"] and letter.kind != "stamped":
        colour = chance.choice(["#14226f", "#14226f", "#1c4fb0", "#151515"])
        wide = f"{chance.uniform(1.2, 2.4):.1f}"
        drawn += SIGNATURE.format(path=_scribble(chance), colour=colour, wide=wide)
    if letter.looks["round_stamp"]:
        colour = chance.choice(["#b3261e", "#b3261e", "#38419d", "#777"])
        left = chance.uniform(-60, 30) if letter.kind == "stamped" else chance.uniform(-110, -60)
        words = html.escape(str(letter.truth["agency"])) + " ★ "
        drawn += ROUND.format(left=f"{left:.0f}", colour=colour, words=words * 2)
    return drawn


def _scribble(chance: Random) -> str:
    """Loops from left to right, as the path of a pen."""
    x, y = chance.uniform(-60, -30), chance.uniform(-30, -14)
    path = f"M{x:.0f} {y:.0f}"
    for _ in range(chance.randint(4, 7)):
        x += chance.uniform(10, 34)
        first = (x - chance.uniform(0, 40), y + chance.uniform(-34, 26))
        second = (x - chance.uniform(-12, 18), y + chance.uniform(-26, 34))
        end = (x, y + chance.uniform(-10, 10))
        path += " C" + " ".join(f"{at:.0f}" for at in (*first, *second, *end))
    return path


def _chromium(page: str) -> bytes:
    """The page printed; what was printed once is kept."""
    kept = CACHE / "letters" / f"{hashlib.sha256(page.encode()).hexdigest()[:20]}.pdf"
    if kept.exists():
        return kept.read_bytes()
    browser = shutil.which("chromium") or shutil.which("chromium-browser")
    if browser is None:
        raise FileNotFoundError("Chromium is not installed: no letters can be drawn")
    kept.parent.mkdir(parents=True, exist_ok=True)
    command = [browser, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
    with tempfile.TemporaryDirectory() as folder:
        source, made = Path(folder) / "page.html", Path(folder) / "page.pdf"
        source.write_text(page, encoding="utf-8")
        subprocess.run(
            [*command, f"--user-data-dir={folder}", f"--print-to-pdf={made}", str(source)],
            capture_output=True,
            check=True,
        )
        content = made.read_bytes()
    kept.write_bytes(content)
    return content
