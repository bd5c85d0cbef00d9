import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.growth import grows_in_proportion
from thamthan.thai import correspondence
from thamthan.thai.correspondence import (
    OPENINGS,
    LetterKind,
    LetterNumber,
    Secrecy,
    Urgency,
    closing_for,
    find_letter_number,
    parse_letter_number,
)

NUMBERS = st.builds(
    LetterNumber,
    letters=st.sampled_from(["พบ", "มท", "ศธ", "กค (กวจ)", "บก.สส.", "อพ.", "ต.ช."]),
    code=st.from_regex(r"[0-9]{1,6}(\.[0-9]{1,4}){0,2}", fullmatch=True),
    circular=st.booleans(),
    running=st.from_regex(r"([1-9][0-9]{0,6}(/25[0-9]{2})?)?", fullmatch=True),
)


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("ที่ พบ ๐๖๑๘/ ๖๖๕", "พบ 0618/665"),
        ("ที่พบ ๐๐๑๗.๒/ว ๑๖๔๐๗", "พบ 0017.2/ว 16407"),
        ("พบ ๐๐๑๗.๒/๑๗๔๐๙", "พบ 0017.2/17409"),
        ("มท 0808.2/ว540", "มท 0808.2/ว 540"),
        ("มท ๐๘๐๘.๒/(ว) ๑๒", "มท 0808.2/ว 12"),
        ("ศธ 0527.10/ว 256", "ศธ 0527.10/ว 256"),
        ("ท่ี กค (กวจ) ๐๔๐๕.๒/ว ๑๑๙", "กค (กวจ) 0405.2/ว 119"),
        ("กค(กวจ)0405.2/119", "กค (กวจ) 0405.2/119"),
        ("พบ 72401/123", "พบ 72401/123"),
        ("บก.สส. 123/2562", "บก.สส. 123/2562"),
        ("ที่ อพ. 020/2563", "อพ. 020/2563"),
        ("พบ 0618/", "พบ 0618/"),
        ("พบ ๐๖๑๘ / ว", "พบ 0618/ว"),
        ("พบ 0618/52/2562", "พบ 0618/52/2562"),
        ("ที่ ๑๒/๒๕๖๙", "12/2569"),
    ],
)
def test_every_spelling_gives_the_one_number(written: str, number: str) -> None:
    assert str(parse_letter_number(written)) == number


@given(NUMBERS)
def test_a_number_written_out_is_that_number_again(number: LetterNumber) -> None:
    assert parse_letter_number(str(number)) == number


@pytest.mark.parametrize(
    "text",
    [
        "บ้านเลขที่ ๓๓๖/๑",
        "พ.ศ. 2569/2570",
        "ครั้งที่ ๓/๒๕๖๙",
        "ถนนบ้านลาด พบ ๗๖๑๕๐",
        "วันที่ ๒๐/๓/๒๕๖๙",
        "คน ๑๒/๓๔",
        "",
    ],
)
def test_what_only_looks_like_a_number_is_left_alone(text: str) -> None:
    assert find_letter_number(text) is None


def test_a_number_is_found_where_it_stands() -> None:
    text = "อ้างถึง หนังสือจังหวัดเพชรบุรี ด่วนที่สุด ที่พบ ๐๐๑๗.๒/ว ๑๖๔๐๗ ลงวันที่ ๓ พฤศจิกายน ๒๕๖๘"
    found = find_letter_number(text)
    assert found is not None
    assert text[found[0] : found[1]] == "พบ ๐๐๑๗.๒/ว ๑๖๔๐๗"


@pytest.mark.parametrize("after", ["   ๑ มีนาคม ๒๕๕๕", "  ๑๒ มี.ค. ๖๙", "  วันที่ ๓", "\n๔๕ ถนนราชวิถี"])
def test_a_blank_running_part_does_not_take_the_day_behind_it(after: str) -> None:
    found = find_letter_number(f"ที่ พบ ๐๖๑๘/{after}")
    assert found is not None
    assert str(found[2]) == "พบ 0618/"


def test_a_number_broken_over_two_lines_is_one_where_its_date_follows() -> None:
    found = find_letter_number("ที่ พบ ๐๐๑๗.๒/ว\n๑๖๔๐๗ ลงวันที่ ๒๓ พฤศจิกายน ๒๕๖๘")
    assert found is not None
    assert str(found[2]) == "พบ 0017.2/ว 16407"


def test_numbers_match_with_and_without_the_mark_of_a_circular() -> None:
    with_mark, without = (
        parse_letter_number("มท 0808.2/ว 1095"),
        parse_letter_number("มท0808.2/1095"),
    )
    assert with_mark is not None
    assert without is not None
    assert with_mark != without
    assert with_mark.key() == without.key()


@given(st.one_of(st.text(), st.text(alphabet="พบที่ว/.() ๐๑25\n")))
def test_any_text_may_be_searched_for_a_number(text: str) -> None:
    found = find_letter_number(text)
    if found is not None:
        assert 0 <= found[0] < found[1] <= len(text)
    parse_letter_number(text)


@pytest.mark.parametrize("piece", ["พ", "พบ ", "ที่ ", "พบ 1.", "1/", "(ก", " ", "ที่ พบ 0618"])
def test_a_long_text_takes_no_longer_than_its_length(piece: str) -> None:
    assert grows_in_proportion(lambda times: find_letter_number(piece * times), 50_000)


def test_each_opening_has_its_closing() -> None:
    assert closing_for("เรียน") == ("ขอแสดงความนับถือ",)
    assert closing_for("กราบเรียน") == ("ขอแสดงความนับถืออย่างยิ่ง",)
    assert len(closing_for("นมัสการ")) == 3
    assert closing_for("ถึง") == ()
    assert all(pair.closing in closing_for(pair.opening) for pair in OPENINGS)


def test_every_class_and_kind_has_a_thai_name() -> None:
    labels = [one.label for enum in (Urgency, Secrecy, LetterKind) for one in enum]
    assert all("ก" <= label[0] <= "๙" for label in labels)
    assert Urgency.MOST_URGENT.label == "ด่วนที่สุด"


def test_a_province_whose_letters_are_a_word_has_its_numbers() -> None:
    found = find_letter_number("ที่ จบ ๗๑๗๐๕/๘๔")
    assert found is not None
    assert str(found[2]) == "จบ 71705/84"


@pytest.mark.parametrize(
    ("addressee", "opening", "closing"),
    [
        ("นายอำเภอบ้านลาด", "เรียน", "ขอแสดงความนับถือ"),
        ("นายกรัฐมนตรี", "กราบเรียน", "ขอแสดงความนับถืออย่างยิ่ง"),
        ("รองนายกรัฐมนตรี", "เรียน", "ขอแสดงความนับถือ"),
        ("เลขาธิการนายกรัฐมนตรี", "เรียน", "ขอแสดงความนับถือ"),
        ("ประธานกรรมการการเลือกตั้ง", "กราบเรียน", "ขอแสดงความนับถืออย่างยิ่ง"),
        ("พระครูสุวรรณตัวอย่าง", "นมัสการ", "ขอนมัสการด้วยความเคารพ"),
        ("พระราชตัวอย่างเมธี", "นมัสการ", "ขอนมัสการด้วยความเคารพอย่างสูง"),
        ("สมเด็จพระมหาตัวอย่างวงศ์", "นมัสการ", "ขอนมัสการด้วยความเคารพอย่างยิ่ง"),
        ("สมเด็จพระสังฆราช", "กราบทูล", "ควรมิควรแล้วแต่จะโปรด"),
        ("สมเด็จพระเจ้าลูกเธอ", "", ""),
    ],
)
def test_opening_and_closing_fit_the_addressee(addressee: str, opening: str, closing: str) -> None:
    assert correspondence.openings_for(addressee) == (opening, closing)
    assert not opening or closing in correspondence.closing_for(opening)
