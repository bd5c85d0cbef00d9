"""Where a Thai line may break: between words, and never so that a word is misread."""

import pytest

from thamthan.writing.breaking import BREAK, JOIN, breakable, words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        # The longest word first would cut โครง|การป้องกัน.
        ("โครงการป้องกันและแก้ไข", ["โครงการ", "ป้องกัน", "และ", "แก้ไข"]),
        ("คณะกรรมการป้องกันโรค", ["คณะกรรมการ", "ป้องกัน", "โรค"]),
        ("ราชการบริหาร", ["ราชการ", "บริหาร"]),
        # A day stays with its month, long or short.
        ("เมื่อ ๒๕ พ.ย. ๖๙", ["เมื่อ ", "๒๕ พ.ย. ", "๖๙"]),
        # What makes a noun of the next word stays with it.
        ("การประชุมคณะกรรมการพัฒนา", ["การประชุม", "คณะกรรมการ", "พัฒนา"]),
    ],
)
def test_a_line_breaks_between_words(text: str, words: list[str]) -> None:
    assert [word.replace(JOIN, "") for word in words_of(text)] == words


@pytest.mark.parametrize("text", ["โครงการป้องกันและแก้ไข", "พบ ๗๒๔๐๑/ว ๑๒", "“Action 5” ต่าง ๆ"])
def test_nothing_that_is_seen_changes(text: str) -> None:
    assert breakable(text).replace(BREAK, "").replace(JOIN, "") == text
