"""Whether the numbers of a sheet's projects follow one another; they begin anew under a heading."""

from collections.abc import Sequence
from dataclasses import replace

from thamthan.reading.plans.model import PlanDoubt, PlanLine
from thamthan.reading.plans.walked import Record


def check_numbers(records: Sequence[Record], lines: Sequence[PlanLine]) -> list[PlanLine]:
    """ตรวจลำดับที่: a number that is left out, comes twice, or begins anew without a heading."""
    found: list[PlanLine] = []
    before: int | None = None
    restarts = -1
    for record, line in zip(records, lines, strict=True):
        words = line.text("number")
        number = int(words) if words.isdecimal() and len(words) < 7 else None
        begins = record.restarts != restarts
        restarts = record.restarts
        doubt = ""
        if number is not None and before is not None and number != before + 1:
            if number == 1:
                doubt = "" if begins else "เลขลำดับเริ่มใหม่โดยไม่มีหัวข้อใหม่"
            elif number == before:
                doubt = f"เลขลำดับ {number} ซ้ำกับแถวบน"
            elif number < before:
                doubt = f"เลขลำดับย้อนจาก {before} เป็น {number}"
            else:
                doubt = f"เลขลำดับข้ามจาก {before} เป็น {number}"
        if doubt:
            cell = told.cell if (told := line.told("number")) else ""
            said = PlanDoubt("number_jumps", doubt, "number", cell)
            line = replace(line, doubts=(*line.doubts, said))
        before = number if number is not None else before
        found.append(line)
    return found
