"""The body of a letter: what is typed in one box is what stands on the paper, and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thamthan.thai.text import squeeze
from thamthan.writing.bodytext import Body, depth_of, outer_of, parse_body, print_body
from thamthan.writing.letters import Paragraph
from thamthan.writing.tables import Column, Table

# What people type, with everything in it that means something to the parser.
words = st.text(alphabet="กขคงจนมทำเรื่อง 0129๐๑๒.()-|\\:abc\t", max_size=30).map(squeeze)
labels = st.sampled_from(["", "", "๑.", "2.", "๑.๒", "(๑)", "3)", "(ก)", "ข.", "๑.๑.๒", "-"])


@st.composite
def tables(draw: st.DrawFn) -> Table:
    width = draw(st.integers(1, 4))
    cells = st.lists(words, min_size=width, max_size=width)
    heads = draw(cells)
    columns = tuple(
        Column(
            head,
            share=float(draw(st.integers(3, 60))),
            align=draw(st.sampled_from(["left", "center", "right"])),
        )
        for head in heads
    )
    return Table("", "", columns, tuple(map(tuple, draw(st.lists(cells, max_size=3)))))


@st.composite
def bodies(draw: st.DrawFn) -> Body:
    parts: list[Paragraph | Table] = []
    under = ""
    for is_table in draw(st.lists(st.sampled_from([False, False, False, True]), max_size=6)):
        if is_table:
            # Two tables without words between them are one.
            if parts and isinstance(parts[-1], Table):
                continue
            parts.append(draw(tables()))
            continue
        label = draw(labels)
        parts.append(Paragraph(draw(words), label=label, depth=depth_of(label, under=under)))
        under = outer_of(label, under=under)
    return tuple(parts)


@given(bodies())
def test_what_is_printed_is_read_back_as_the_same(body: Body) -> None:
    assert parse_body(print_body(body)) == body


@given(st.text(max_size=200))
def test_reading_once_more_changes_nothing(text: str) -> None:
    body = parse_body(text)
    assert parse_body(print_body(body)) == body


@given(st.lists(st.text(alphabet="กข๑1.() |", max_size=20), max_size=8).map("\n".join))
def test_no_letter_that_was_typed_is_lost(text: str) -> None:
    def bare(given: str) -> str:
        return "".join(sign for sign in given if not sign.isspace() and sign not in "|")

    def told(part: Paragraph | Table) -> str:
        if isinstance(part, Paragraph):
            return part.label + part.text
        rows = [[column.heading for column in part.columns], *part.rows]
        return "".join(str(cell) for row in rows for cell in row)

    assert bare("".join(told(part) for part in parse_body(text))) == bare(text)


def test_a_body_as_a_clerk_types_it() -> None:
    body = parse_body(
        """        ตามที่อำเภอขอให้รายงานผล
นั้น

ขอรายงาน ดังนี้
๑. ประชุมชี้แจง
(๑) หมู่ที่ ๑
(๒) หมู่ที่ ๒
๒. ลงพื้นที่ ใช้เงิน
๓,๐๐๐ บาท

| ที่ | รายการ | จำนวน |
|---|------------|----:|
| ๑ | ป้าย | ๒ |

จึงเรียนมาเพื่อโปรดทราบ"""
    )
    assert body == (
        Paragraph("ตามที่อำเภอขอให้รายงานผล นั้น"),
        Paragraph("ขอรายงาน ดังนี้"),
        Paragraph("ประชุมชี้แจง", label="๑.", depth=1),
        Paragraph("หมู่ที่ ๑", label="(๑)", depth=2),
        Paragraph("หมู่ที่ ๒", label="(๒)", depth=2),
        Paragraph("ลงพื้นที่ ใช้เงิน ๓,๐๐๐ บาท", label="๒.", depth=1),
        Table(
            "",
            "",
            (Column("ที่", 3.0), Column("รายการ", 12.0), Column("จำนวน", 4.0, "right")),
            (("๑", "ป้าย", "๒"),),
        ),
        Paragraph("จึงเรียนมาเพื่อโปรดทราบ"),
    )


@pytest.mark.parametrize("line", ["3.5 ล้านบาท", "๑๐.๓๐ น. ประชุม", "2569. ปี", "\\๑. ไม่ใช่ข้อ"])
def test_what_is_no_item_stays_in_the_paragraph(line: str) -> None:
    (part,) = parse_body(line)
    assert isinstance(part, Paragraph)
    assert (part.label, part.text) == ("", line.removeprefix("\\"))


def test_a_row_that_is_too_long_widens_the_table() -> None:
    (table,) = parse_body("| ก |\n| ๑ | ๒ | ๓ |")
    assert isinstance(table, Table)
    assert [column.heading for column in table.columns] == ["ก", "", ""]
    assert table.rows == (("๑", "๒", "๓"),)
