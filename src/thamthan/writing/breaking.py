"""Where a Thai line may break: between words of the dictionary, and nowhere within one."""

import gc
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from thamthan.thai.dates import MONTHS, MONTHS_SHORT

if TYPE_CHECKING:
    from pythainlp.tokenize import Tokenizer

BREAK, JOIN = "\u200b", "\u2060"

# Words of the trade that no general dictionary has, or that it would cut in two.
_OFFICE_WORDS = Path(__file__).resolve().parent.parent / "data" / "words" / "office.txt"


_THAI = re.compile(r"[ก-ฺเ-๎]")
_MARKS = "ะัาำิีึืฺุู็่้๊๋์ํ๎ๅ"
_DIGIT = re.compile(r"[0-9๐-๙]")
_CLUSTER = re.compile(rf"[เแโใไ]*[ก-ฮ][{_MARKS}]*|\s|\S[{_MARKS}]*")
_UNSEEN = re.compile("[\u200b\u2060]")
# No line begins with these, and none ends with those.
_NEVER_FIRST = frozenset("”’)]}»,.;:!?%…ฯๆ๚๛/-–—" + _MARKS)
_NEVER_LAST = frozenset("“‘([{«฿$เแโใไ")
# A line does not end with what only makes a noun of the next word.
_MAKES_NOUNS = "การ"
_CLOSES_UP = re.compile(r"[\-–/.,:()]")

_MONTHS = (*MONTHS, *MONTHS_SHORT)
_MONTH = "|".join(map(re.escape, _MONTHS))
# White space that a line does not end with.
_GLUED = re.compile(
    rf"(?<=[ก-๙]) (?=ๆ)|(?<=[0-9๐-๙]) (?=(?:{_MONTH}|น\.|บาท))|(?<=พ\.ศ\.) |(?<=โทร\.) "
    rf"|(?<=[ก-ฮ]{{2}}) (?=[0-9๐-๙]{{2,6}}(?:[./(]|\b))|(?<=/ว) (?=[0-9๐-๙])"
    rf"|(?<=[ี-์]ที่) (?=[0-9๐-๙])|(?<=ข้อ) (?=[0-9๐-๙])|(?<=จำนวน) (?=[0-9๐-๙])"
    r"|(?<=[A-Za-z]) (?=[0-9๐-๙])"
)
_OF_NUMBER = re.compile(rf"/{BREAK}ว(?![ก-๙{JOIN}]*[ก-๎])")
_TITLES = frozenset(["นาย", "นาง", "นางสาว", "ด.ช.", "ด.ญ.", "ดร."])
_LONGEST_NAME = 24

_lock = Lock()
_names: frozenset[str] = frozenset()


def use_names(names: Iterable[str]) -> None:
    """ชื่อเฉพาะ: names of places and offices that no line may break within; adds to those known."""
    global _names
    wanted = {name for name in names if name and not re.search(r"\s", name)}
    with _lock:
        if wanted <= _names:
            return
        _names |= wanted
    breakable.cache_clear()


@lru_cache(maxsize=4096)
def breakable(text: str) -> str:
    """จัดคำ: the text with U+200B wherever a line may break and U+2060 where it may not.

    What a person sees stays the same, character for character; spaces stay where they are.
    """
    text = _UNSEEN.sub("", text)
    if not _THAI.search(text):
        return text
    glued = {found.start() for found in _GLUED.finditer(text)}
    pieces: list[str] = []
    at = 0
    before = ""
    for word in _words(text):
        if before:
            pieces.append(_between(before, word))
        pieces.append(_whole(word))
        if word.isspace() and at in glued:
            pieces.append(JOIN)
        at += len(word)
        before = word
    return _OF_NUMBER.sub(rf"/{JOIN}ว", "".join(pieces))


def words_of(text: str) -> list[str]:
    """คำ: the pieces between which a line may break, spaces among them."""
    return [word for word in re.split(rf"{BREAK}|(?<= )(?!{JOIN})", breakable(text)) if word]


def _words(text: str) -> Iterator[str]:
    """The words of the dictionary; a name behind นาย, นาง … is one word, and so is its surname."""
    with _lock:
        names = _names
    held = ""
    after_name = False
    for word in _tokenizer(names).word_tokenize(text):
        if held and _THAI.match(word) and len(held) < _LONGEST_NAME:
            held += word
            continue
        if held:
            yield held
            # One space leads from the name to the surname.
            after_name = held not in _TITLES and word == " "
            held = ""
        elif after_name and _THAI.match(word):
            held, after_name = word, False
            continue
        else:
            after_name = False
        if word in _TITLES:
            held = word
        else:
            yield word
    if held:
        yield held


def _between(before: str, after: str) -> str:
    last, first = before[-1], after[0]
    if last.isspace() or first.isspace():
        return ""
    if first in _NEVER_FIRST or last in _NEVER_LAST or before == _MAKES_NOUNS:
        return JOIN
    if last in "-–" and first.isascii():
        return JOIN
    if _DIGIT.match(first) or _DIGIT.match(last):
        # A number keeps what is written close to it.
        return JOIN
    thai = _THAI.match(first), _THAI.match(last)
    return BREAK if any(thai) else ""


def _whole(word: str) -> str:
    if not _THAI.search(word) or word.isspace():
        return re.sub(r"(?<=[0-9๐-๙])(?=[\-–/.,:(])|(?<=[\-–/.,:(])(?=[0-9๐-๙])", JOIN, word)
    return JOIN.join(cluster for cluster in _CLUSTER.findall(word) if cluster)


@lru_cache(maxsize=2)
def _tokenizer(names: frozenset[str]) -> "Tokenizer":
    # Loads the dictionary: half a second, so only where something is written.
    from pythainlp.corpus.common import provinces, thai_words
    from pythainlp.tokenize import Tokenizer

    provinces_named = {f"{kind}{name}" for name in provinces() for kind in ("", "จังหวัด")}
    words = set(thai_words()) | provinces_named | _office_words() | set(_MONTHS) | names
    # The longest word first would cut โครง|การป้องกัน: a noun made of การ and a verb is two words.
    made = {word for word in words if word.startswith(_MAKES_NOUNS) and word[3:] in words}
    tokenizer = Tokenizer(words - made, engine="newmm")
    # A dictionary has no garbage; to look for some in it takes a quarter of a second each time.
    gc.freeze()
    return tokenizer


def _office_words() -> set[str]:
    lines = _OFFICE_WORDS.read_text(encoding="utf-8").splitlines()
    return {line.strip() for line in lines if line.strip() and not line.startswith("#")}
