"""What can be copied out of a written PDF is what was written into it."""

import re

import pypdfium2
import pytest

from tests.writing.gallery import LETTERS
from tests.writing.words import HARD, LONG, MEDIUM
from thamthan.thai.text import repair
from thamthan.writing import OutgoingLetter, Paragraph, fonts, typesetting, write_letter
from thamthan.writing.breaking import breakable, words_of
from thamthan.writing.figures import thai_figures

MARKS = "ะัาำิีึืฺุู็่้๊๋์ํ๎ๅ"
# Two marks on one letter, marks beside high and low letters, ำ with and without a tone.
MARKED = (
    "นั้น ปั๊มน้ำ ที่ที่ ซ้ำ ๆ ป้ำ ฝ้า ฟ้า ปี่ ฝั่ง ผู้ ญี่ปุ่น ฐานะ กตัญญู ฎีกา ปฏิบัติ ฤๅษี ก๊าซ โต๊ะ "
    "ผลสัมฤทธิ์อย่างยิ่ง ลิขสิทธิ์ของ คำ ค่ำ ย้ำ จ๋า ฯลฯ ๕๐% ‘ทดสอบ’ – “ABC” e-mail: a_b@example.go.th"
)


def layer_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "\n".join(
            document[at].get_textpage().get_text_range() for at in range(len(document))
        )
    finally:
        document.close()


def close(text: str) -> str:
    return re.sub(r"\s", "", repair(text))


@pytest.fixture(params=["in use", "carried"], autouse=True)
def _face(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "carried":
        monkeypatch.setattr(typesetting, "face", fonts.sarabun)


@pytest.mark.parametrize("name", LETTERS)
def test_the_layer_holds_every_word_that_was_written(name: str) -> None:
    letter = LETTERS[name]
    layer = close(layer_of(write_letter(letter)))
    for words in words_in(letter):
        pieces = [close(word) for word in thai_figures(words).split()]
        missing = [piece for piece in pieces if piece not in layer]
        # A word may be cut by the end of a page.
        assert len(missing) <= 1, missing


def words_in(letter: OutgoingLetter) -> list[str]:
    body = [found.text for found in letter.body if isinstance(found, Paragraph)]
    return [letter.addressee, letter.number, letter.signatory, *letter.position, *body]


def test_marks_are_told_once_and_in_their_place() -> None:
    letter = OutgoingLetter(
        LETTERS["plain"].kind, "อำเภอบ้านลาด", "ทดสอบ", "นายอำเภอ", (Paragraph(MARKED),)
    )
    assert close(MARKED.replace("50", "๕๐")) in close(layer_of(write_letter(letter)))


def test_nothing_that_guides_the_breaking_stays_in_the_file() -> None:
    text = layer_of(write_letter(LETTERS["long_subject"]))
    assert not re.search("[\u200b\u2060\ufeff]", text)


@pytest.mark.parametrize(
    "name", ["plain", "three_pages", "english_inside", "many_enclosures", "memo_long"]
)
def test_no_line_begins_with_a_mark_or_within_a_word(name: str) -> None:
    letter = LETTERS[name]
    lines = [line.strip() for line in re.split(r"[\r\n]+", layer_of(write_letter(letter)))]
    for line in lines:
        assert line[:1] not in {*MARKS, *"ๆฯ”’),.;:"}, line
        assert line[-1:] not in {*"เแโใไ“‘("}, line
    for words in (found.text for found in letter.body if isinstance(found, Paragraph)):
        starts, at = {0}, 0
        for word in words_of(thai_figures(words)):
            at += len(close(word))
            starts.add(at)
        whole = close(thai_figures(words))
        for line in lines:
            head = close(line)[:12]
            if len(head) == 12 and whole.count(head) == 1 and close(line) in whole:
                assert whole.index(head) in starts, line


@pytest.mark.parametrize(
    "text", [MARKED, HARD, LONG, MEDIUM, "", "ก", "OTOP", "เ", "นาย", "\u200b"]
)
def test_breaking_changes_nothing_that_is_seen(text: str) -> None:
    assert re.sub("[\u200b\u2060]", "", breakable(text)) == text.replace("\u200b", "")


def test_names_numbers_and_repeats_are_not_torn() -> None:
    pieces = words_of("นายปรีชา อนันต์วรตัวอย่าง ต่าง ๆ ที่ พบ ๐๐๑๗.๒/ว ๑๖๔๐๗ วันที่ ๑๕ มีนาคม ๒๕๖๙ Action 5")
    bare = [re.sub("[\u200b\u2060]", "", piece).strip() for piece in pieces]
    for whole in ("อนันต์วรตัวอย่าง", "ต่าง ๆ", "พบ ๐๐๑๗.๒/ว ๑๖๔๐๗", "Action 5"):
        assert whole in bare


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("ปี 2569 จำนวน 1,250 บาท", "ปี ๒๕๖๙ จำนวน ๑,๒๕๐ บาท"),
        ("“มหาดไทย ทำ ทัน ที่ Action 5” นั้น", "“มหาดไทย ทำ ทัน ที่ Action 5” นั้น"),
        ("Action ๕", "Action ๕"),
        ("OTOP 5 แห่ง", "OTOP ๕ แห่ง"),
        ("ISO 9001:2015 ปี 2569", "ISO 9001:2015 ปี ๒๕๖๙"),
        ("COVID-19 ระลอก 3", "COVID-19 ระลอก ๓"),
        ("saraban01@example.go.th โทร. 0-3200-0000", "saraban01@example.go.th โทร. ๐-๓๒๐๐-๐๐๐๐"),
        ("https://example.go.th/a1?b=2 หน้า 3", "https://example.go.th/a1?b=2 หน้า ๓"),
    ],
)
def test_digits_are_thai_but_within_foreign_names(given: str, shown: str) -> None:
    assert thai_figures(given) == shown
