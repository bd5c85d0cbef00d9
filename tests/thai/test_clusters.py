"""Words are found as runs of clusters: inside compounds, over spaces, worn by scans."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thamthan.thai.clusters import (
    loose_tokens,
    loosely_marked,
    marked,
    pairs,
    readable,
    terms,
    tokens,
)

THAI = "กขคงจชซดตถทนบปผพฟภมยรลวศสหอเแโใไะาำิีึืุูั่้๊็์"
WORDS = st.text(alphabet=THAI + "aO0๑5 /.“”", max_size=40)
WHOLE = st.lists(
    st.sampled_from(["ขยะ", "น้ำ", "ไฟ", "โครงการ", "สำคัญ", "OTOP", "๖๖๕", "เที่ยว"]),
    min_size=1,
    max_size=12,
)


def has_run(whole: list[str], part: list[str]) -> bool:
    return any(whole[at : at + len(part)] == part for at in range(len(whole) - len(part) + 1))


@given(WHOLE, WHOLE, WHOLE, st.sampled_from(["", " ", "\n"]))
def test_a_text_that_holds_the_words_as_whole_clusters_is_found(
    before: list[str], wanted: list[str], after: list[str], gap: str
) -> None:
    words = "".join(wanted)
    text = readable(f"{gap.join(before)} {words}{gap or ' '}{gap.join(after)}")
    asked = tokens(readable(words))
    assert has_run(tokens(text), asked)
    assert pairs(asked) <= pairs(tokens(text))
    assert any(piece.is_found for piece in marked(text, [readable(words)]))


@given(st.lists(st.sampled_from(["ขยะ", "น้ำ", "ไฟ", "โครงการ", "สำคัญ"]), min_size=1))
def test_spaces_count_for_nothing(words: list[str]) -> None:
    assert tokens(readable(" ".join(words))) == tokens(readable("".join(words)))


@given(WORDS, WORDS)
def test_what_is_found_exactly_is_found_loosely_too(text: str, asked: str) -> None:
    text, asked = readable(text), readable(asked)
    if tokens(asked) and marked(text, [asked]):
        assert loose_tokens(asked) == [] or loosely_marked(text, [asked])


@given(WORDS, WORDS)
def test_what_is_marked_is_the_text_itself(text: str, asked: str) -> None:
    text = readable(text)
    pieces = marked(text, terms(asked))
    assert not pieces or "".join(piece.text for piece in pieces) == text


@given(WORDS, WORDS, st.integers(1, 9))
def test_no_cut_goes_through_a_cluster(text: str, asked: str, around: int) -> None:
    for one, other in pairwise(marked(readable(text), terms(asked), around=around)):
        assert not one.text or one.text[-1] not in "เแโใไ" or not other.is_found
        assert not other.text or other.text[0] not in "ะาำิีึืุูั่้๊็์" or not one.is_found


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("ที่ พบ ๐๖๑๘/ ๖๖๕", "พบ0618/665"),
        ("ที่ พบ ๐๖๑๘/ ๖๖๕", "๐๖๑๘/๖๖๕"),
        ("ที่ พบ ๐๖๑๘/ ๖๖๕", "665"),
        ("กระทําการ", "กระทำ"),
        ("สินค้า OTOP ชุมชน", "otop"),
        ("การท่อง\nเที่ยวชุมชน", "ท่องเที่ยว"),
        ("เทศบาลตำบลบ้านลาด", "เทศบาล"),
    ],
)
def test_a_word_is_found_in_every_spelling(text: str, asked: str) -> None:
    assert has_run(tokens(readable(text)), tokens(readable(asked)))
    assert any(piece.is_found for piece in marked(readable(text), [readable(asked)]))


@pytest.mark.parametrize(
    ("text", "asked"), [("เยาวชน", "ยา"), ("ขยะ", "ขย"), ("๑๖๖๕", "665"), ("STOP", "top")]
)
def test_a_part_of_a_cluster_is_no_hit(text: str, asked: str) -> None:
    assert not has_run(tokens(readable(text)), tokens(readable(asked)))
    assert marked(readable(text), [asked]) == []


@pytest.mark.parametrize(
    ("worn", "asked"),
    [("ทองเทียว", "ท่องเที่ยว"), ("ชุมซน", "ชุมชน"), ("สินค้า OT0P", "otop"), ("งบประมาญ", "งบประมาณ")],
)
def test_what_a_scan_has_worn_is_found_loosely(worn: str, asked: str) -> None:
    assert not has_run(tokens(readable(worn)), tokens(asked))
    assert has_run(loose_tokens(readable(worn)), loose_tokens(asked))
    assert any(piece.is_found for piece in loosely_marked(readable(worn), [asked]))


def test_digits_are_never_taken_for_other_digits() -> None:
    assert loose_tokens("๖๖๕ 10 15") == ["665", "10", "15"]


def test_quoted_words_belong_together() -> None:
    assert terms("“ทำ ทัน ที่” ขยะ / 665") == ["ทำ ทัน ที่", "ขยะ", "665"]
