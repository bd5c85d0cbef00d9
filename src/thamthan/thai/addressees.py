"""Whether the opening and the closing of a letter fit each other and who is written to."""

from thamthan.thai.correspondence import OPENINGS, closing_for, openings_for
from thamthan.thai.text import repair, squeeze


def opening_problem(addressee: str, opening: str, closing: str) -> str | None:
    """คำขึ้นต้นและคำลงท้ายเข้ากับผู้รับหรือไม่: a sentence where they do not, else None."""
    wanted, fitting = openings_for(addressee)
    begun, ended = squeeze(repair(opening)), squeeze(repair(closing))
    if not wanted:
        return "ผู้รับเป็นพระบรมวงศานุวงศ์ โปรดตรวจคำขึ้นต้นและคำลงท้ายกับภาคผนวก 2 ของระเบียบสารบรรณ"
    if begun not in {pair.opening for pair in OPENINGS}:
        return f"ไม่รู้จักคำขึ้นต้น “{begun}” ผู้รับนี้ใช้ “{wanted}”"
    if begun != wanted:
        return f"ผู้รับนี้ใช้คำขึ้นต้น “{wanted}” ไม่ใช่ “{begun}”"
    if ended not in closing_for(begun):
        return f"คำขึ้นต้น “{begun}” คู่กับคำลงท้าย “{fitting}” ไม่ใช่ “{ended}”"
    return None
