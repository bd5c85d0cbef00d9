"""ที่ลงนาม: a name is the signer's for where it stands on the paper, and not for being there."""

import pytest

from thamthan.reading.layout import lay_out
from thamthan.reading.sheet import Sheet
from thamthan.reading.signing import read_position, read_signatory

BODY = (
    "            ด้วยงานอาคารสถานที่มีความประสงค์จะซ่อมแซมหลังคาโรงจอดรถของสำนักงาน ซึ่งชำรุดมานานแล้ว",
    "และได้ประมาณราคาไว้แล้วตามเอกสารที่แนบมานี้ เป็นเงินหนึ่งหมื่นบาทถ้วน โดยใช้จ่ายจากงบของสำนักงาน",
    "ทั้งนี้ จะแล้วเสร็จก่อนเริ่มฤดูฝน และไม่กระทบต่อการให้บริการประชาชนที่มาติดต่อราชการแต่อย่างใด",
)
MEMO = (
    "                    บันทึกข้อความ",
    "ส่วนราชการ สำนักอำนวยการ กลุ่มบริหารทั่วไป",
    "ที่ ศธ ๐๔๐๐๑/๑๐๗                        วันที่ ๕ พฤศจิกายน ๒๕๖๘",
    "เรื่อง การซ่อมแซมหลังคาโรงจอดรถ",
    "เรียน รองเลขาธิการ",
    *BODY,
)
SIGNED = ("(นายสมมติ ตัวอย่างดี)", "นักวิชาการพัสดุชำนาญการ")
ENDORSED = ("(นายสมชาย ใจตัวอย่าง)", "รองเลขาธิการ")

Row = tuple[str, float, float]


def letter(rows: list[Row]) -> tuple[str | None, str | None]:
    """Who signs, as what, of rows with the place of each: points from the left, and down."""
    text = "\n".join(words for words, _, _ in rows)
    places, at = [], 0
    for words, left, top in rows:
        for column, sign in enumerate(words):
            if sign != " ":
                x = left + 4.0 * column
                places.append((at + column, at + column + 1, x, top, x + 4.0, top + 14.0))
        at += len(words) + 1
    layout = lay_out(Sheet([text], [places]))
    name, post = read_signatory(layout), read_position(layout)
    return (name.value if name else None, post.value if post else None)


def running(*, lines: tuple[str, ...]) -> list[Row]:
    return [(words, 85.0, 100.0 + 22 * at) for at, words in enumerate(lines)]


def block(names: tuple[str, ...], *, left: float, top: float) -> list[Row]:
    return [(words, left, top + 18.0 * at) for at, words in enumerate(names)]


SIGNER = ("นายสมมติ ตัวอย่างดี", "นักวิชาการพัสดุชำนาญการ")
PURPOSE: Row = ("จึงเรียนมาเพื่อโปรดพิจารณา", 140.0, 290.0)
CLOSING: Row = ("ขอแสดงความนับถือ", 290.0, 310.0)


def test_a_name_stamped_in_the_margin_signs_nothing() -> None:
    note = block(ENDORSED[:1], left=15.0, top=275.0)
    rows = [*running(lines=MEMO), *note, PURPOSE, *block(SIGNED, left=300.0, top=350.0)]
    assert letter(rows) == SIGNER


def test_a_name_at_the_side_of_the_closing_signs_nothing() -> None:
    aside = block(ENDORSED, left=85.0, top=340.0)
    lines = running(lines=MEMO)
    assert letter([*lines, PURPOSE, CLOSING, *aside]) == (None, None)
    both = [*lines, PURPOSE, CLOSING, *aside, *block(SIGNED, left=285.0, top=380.0)]
    assert letter(both) == SIGNER


def test_where_the_signer_was_not_read_nobody_far_below_is_taken_for_him() -> None:
    lines = running(lines=MEMO)
    assert letter([*lines, PURPOSE, CLOSING, *block(ENDORSED, left=280.0, top=560.0)])[0] is None
    assert letter([*lines, PURPOSE, CLOSING, *block(SIGNED, left=280.0, top=390.0)]) == SIGNER


@pytest.mark.parametrize("stamped", ["- ๓ พ.ย. ๒๕๖๘", "๓ พฤศจิกายน ๒๕๖๘"])
def test_behind_the_day_on_which_one_signed_stands_another(stamped: str) -> None:
    lines = [*running(lines=MEMO), PURPOSE, ("", 0.0, 0.0)]
    day: Row = (stamped, 300.0, 370.0)
    post: Row = ("ทำการแทนผู้อำนวยการสำนัก", 300.0, 352.0)
    assert letter([*lines, post, day, *block(ENDORSED, left=280.0, top=400.0)])[0] is None
    assert letter([*lines, *block(SIGNED, left=300.0, top=330.0), day]) == SIGNER


def test_without_places_the_first_name_signs() -> None:
    text = "\n".join((*MEMO, PURPOSE[0], "", *SIGNED, "", *ENDORSED))
    found = read_signatory(lay_out(Sheet([text])))
    assert found is not None and found.value == SIGNER[0]
