import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.growth import grows_in_proportion
from thamthan.thai.text import clusters, fold, repair, sort_key, squeeze

THAI = st.text(alphabet="กขทน เแโใไาำะัิีึืุู็่้๊๋์ํฺๆ๐๑a\t\u200b\uf70a\uf711\n")


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("ทํา", "ทำ"),
        ("ทํ า", "ทำ"),
        ("นํ้า", "น้ำ"),
        ("น้ํา", "น้ำ"),
        ("นำ้", "น้ำ"),
        ("เเผน", "แผน"),
        ("ท่ี", "ที่"),
        ("ที ่", "ที่"),
        ("ทีี่่", "ที่"),
        ("ท\uf701\uf70a", "ทิ่"),
        ("หนัง\u200bสือ\ufeff", "หนังสือ"),
        ("\u02f8า", "ำ"),
        ("ข้อ ๑", "ข้อ ๑"),
        ("ก้าว า", "ก้าว า"),
    ],
)
def test_what_looks_the_same_is_written_the_same(broken: str, whole: str) -> None:
    assert repair(broken) == whole


@given(st.one_of(THAI, st.text()))
@example("ํา ่ ํา")
def test_repairing_twice_changes_nothing_more(text: str) -> None:
    once = repair(text)
    assert repair(once) == once


@given(st.one_of(THAI, st.text()))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_two_spellings_fold_to_one() -> None:
    assert fold("ทํา  ทันที  OTOP ๑๒") == fold("ทำ ทันที otop 12") == "ทำ ทันที otop 12"


def test_squeezing_leaves_single_spaces() -> None:
    assert squeeze("  ก \n\t ข\u00a0ค ") == "ก ข ค"


def test_clusters_keep_a_consonant_and_all_that_hangs_on_it() -> None:
    assert clusters("เรื่อง น้ำ 12 OTOP") == ["เรื่", "อ", "ง", "น้ำ", "12", "OTOP"]


@given(st.text())
def test_clusters_lose_nothing_but_white_space(text: str) -> None:
    assert "".join("".join(clusters(text)).split()) == "".join(text.split())


def test_names_sort_as_in_the_dictionary() -> None:
    assert sorted(["เขา", "ขา", "ไก่", "แกง", "กา"], key=sort_key) == [
        "กา",
        "แกง",
        "ไก่",
        "ขา",
        "เขา",
    ]


def test_a_tone_mark_decides_only_when_all_else_is_equal() -> None:
    names = ["ก้าน", "กาม", "กาน", "ก่าน", "กา"]
    assert sorted(names, key=sort_key) == ["กา", "กาน", "ก่าน", "ก้าน", "กาม"]


@given(st.text())
def test_any_text_has_a_sort_key(text: str) -> None:
    sort_key(text)


@pytest.mark.parametrize("piece", [" ", "่", "ํ", "ํ ", "เ", "ก ", "ำ่ ", "\t่"])
def test_long_odd_text_takes_no_longer_than_its_length(piece: str) -> None:
    assert grows_in_proportion(lambda times: fold(piece * times), 200_000)
    assert grows_in_proportion(lambda times: sort_key(piece * times), 50_000)
    assert grows_in_proportion(lambda times: clusters(piece * times), 200_000)
