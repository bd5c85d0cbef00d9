"""read(write(x)) == x: what is written is read again, or is flagged."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.writing.comparing import differences, silent_differences
from tests.writing.gallery import ASKED, LETTERS, MEMO, PLAIN, emblem
from tests.writing.words import MEDIUM, SHORT
from thamthan.reading import Document, read
from thamthan.reading.ocr.language import is_available
from thamthan.thai.correspondence import Urgency
from thamthan.writing import (
    EnclosureLine,
    OutgoingLetter,
    Paragraph,
    ReferenceLine,
    fonts,
    typesetting,
    write_letter,
    write_letter_docx,
)

SOME = ["plain", "many_references", "many_enclosures", "secret", "to_many", "memo_long", "stamped"]
SUBJECTS = (
    "รายงานผลการดำเนินงาน",
    "ขอความอนุเคราะห์วิทยากร",
    "การขับเคลื่อนนโยบาย “มหาดไทย ทำ ทัน ที่ Action 5”",
    "ขอเชิญประชุมคณะกรรมการบริหารจัดการขยะมูลฝอย ประจำปีงบประมาณ พ.ศ. 2569 ครั้งที่ 2/2569",
)
PEOPLE = ("นายประเสริฐ ทองตัวอย่าง", "นางสาวมาลี มีตัวอย่าง", "นายสิทธิ์ ปั้นตัวอย่าง")
OFFICES = ("อำเภอบ้านลาด", "จังหวัดเพชรบุรี", "อำเภอท่ายาง")
DAYS = st.dates(date(2024, 1, 1), date(2027, 12, 31))
NUMBERS = st.builds(
    "พบ {}/{}{}".format,
    st.sampled_from(["72401", "0618", "0017.2"]),
    st.sampled_from(["", "ว "]),
    st.integers(1, 99999),
)
URGENCIES = st.sampled_from(list(Urgency))
REFERENCES = st.builds(ReferenceLine, st.sampled_from(OFFICES), NUMBERS, DAYS, URGENCIES)
ENCLOSURES = st.builds(
    EnclosureLine,
    st.sampled_from(["แบบรายงานผลการดำเนินงาน", "รายชื่อผู้ประสานงาน", "แผนปฏิบัติการ ปี 2569"]),
    st.integers(1, 40),
    st.sampled_from(["ชุด", "แผ่น", "เล่ม"]),
)


@st.composite
def letters(draw: st.DrawFn) -> OutgoingLetter:
    return replace(
        draw(st.sampled_from([PLAIN, MEMO])),
        number=draw(NUMBERS),
        dated_on=draw(DAYS),
        subject=draw(st.sampled_from(SUBJECTS)),
        addressee=f"นาย{draw(st.sampled_from(['อำเภอบ้านลาด', 'กเทศมนตรีตำบลท่าเสน']))}",
        references=tuple(draw(st.lists(REFERENCES, max_size=3))),
        enclosures=tuple(draw(st.lists(ENCLOSURES, max_size=3))),
        signatory=draw(st.sampled_from(PEOPLE)),
        urgency=draw(URGENCIES),
        body=(Paragraph(MEDIUM), Paragraph(SHORT), ASKED),
    )


@settings(
    max_examples=6, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
@given(letter=letters(), carried=st.booleans())
def test_any_letter_is_read_as_it_was_written(letter: OutgoingLetter, carried: bool) -> None:
    with pytest.MonkeyPatch.context() as patch:
        if carried:
            patch.setattr(typesetting, "face", fonts.sarabun)
        reading = read(Document(write_letter(letter)))
    assert silent_differences(letter, reading) == []


@pytest.mark.parametrize("name", SOME)
def test_the_gallery_is_read_as_it_was_written(name: str) -> None:
    reading = read(Document(write_letter(LETTERS[name], emblem=emblem())))
    assert list(differences(LETTERS[name], reading)) == []


@pytest.mark.parametrize("name", SOME)
def test_word_files_are_read_as_they_were_written(name: str) -> None:
    reading = read(Document(write_letter_docx(LETTERS[name], emblem=emblem())))
    assert silent_differences(LETTERS[name], reading) == []


@pytest.mark.skipif(not is_available(), reason="ไม่มีส่วนอ่านภาพ (OCR) ในเครื่องนี้")
@pytest.mark.parametrize("name", ["plain", "many_references"])
def test_a_picture_of_a_letter_is_read_right_or_flagged(name: str) -> None:
    document = pypdfium2.PdfDocument(write_letter(LETTERS[name], emblem=emblem()))
    picture = BytesIO()
    document[0].render(scale=200 / 72).to_pil().save(picture, "PNG", dpi=(200, 200))
    document.close()
    reading = read(Document(picture.getvalue()))
    assert silent_differences(LETTERS[name], reading) == []
