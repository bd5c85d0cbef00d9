"""ตาราง: rows that were typed, merged into the answer row by row."""

from dataclasses import dataclass

from thamthan.reports.models import Answer
from thamthan.reports.rules import AnswerStanding, RowClash, RowEdit, merge_rows, rows_of


@dataclass(frozen=True, slots=True)
class TablePut:
    """ผลของการรวมตาราง: whether the answer changed, and what of it two wrote differently."""

    is_changed: bool = False
    is_conflict: bool = False
    clashes: tuple[RowClash, ...] = ()


def put_rows(
    answer: Answer, *, standing: AnswerStanding, seen_version: int, edits: tuple[RowEdit, ...]
) -> TablePut:
    """The edits into the answer, which is not saved here.

    That there are no rows to tell (ไม่มีข้อมูล, ไม่เกี่ยวข้อง) is said of the whole table, so it
    stands against whatever another typed since.
    """
    was, is_new_to_writer = AnswerStanding(answer.standing), answer.version != seen_version
    if standing not in {AnswerStanding.GIVEN, AnswerStanding.BLANK}:
        if was == standing:
            return TablePut()
        if answer.is_typed and is_new_to_writer:
            return TablePut(is_conflict=True)
        answer.standing, answer.rows = standing, []
        return TablePut(is_changed=True)
    there = rows_of(answer.rows)
    rows, clashes = merge_rows(there, edits)
    said_none = was not in {AnswerStanding.GIVEN, AnswerStanding.BLANK}
    if said_none and answer.is_typed and is_new_to_writer:
        return TablePut(is_conflict=rows != there or bool(clashes))
    new = AnswerStanding.GIVEN if rows else AnswerStanding.BLANK
    is_changed = (rows, new) != (there, was)
    if is_changed:
        answer.rows, answer.standing = [row.kept() for row in rows], new
    return TablePut(is_changed, bool(clashes), tuple(clashes))
