"""Each part of the foot becomes its findings: who signed as what, and which unit to ask."""

import re

from thamthan.reading.layout import Layout
from thamthan.reading.model import Finding
from thamthan.reading.sheet import Cell
from thamthan.reading.signs import EMAIL, FAX, POST, TELEPHONE, TITLE
from thamthan.thai.digits import to_arabic
from thamthan.thai.text import squeeze

_POSITION = re.compile(
    rf"(?:{POST}|นัก|เจ้า(?:พนักงาน|หน้าที่)|วิศวกร|สถาปนิก|ครู|รอง|ผู้|ผอ\.|เลขา|ที่ปรึกษา|นิติกร|พนักงาน|แพทย์|พยาบาล|เภสัช"
    r"|ทันต|นาย|จ่า|กรรมการ|อธิการ|รักษา|ปฏิบัติ|ศึกษา|สรรพากร|ที่ดิน|คลัง|ประมง|ปศุสัตว์|จัดหางาน|แรงงาน|ขนส่ง"
    r"|พาณิชย์|อุตสาหกรรม|วัฒนธรรม|รปส|อปส|ผู้ช่วย|พมจ|ตัวแทน|พี่เลี้ยง|ช่าง|บรรณารักษ์|โยธา|สัสดี|ป้องกัน|ศาสตราจารย์|อาจารย์)"
)
_EXTENSION = r"(?:\s{0,8}ต่อ\s{0,4}\d{1,5}(?:\s?(?:[,\-–/]|และ)\s?\d{1,5}(?![\d\-–]|\s\d)){0,9})?"
_NUMBER = re.compile(
    rf"[(]?(?:มท\.?\s{{0,4}}|ปณ\.?\s{{0,4}})?\d[\d\s\-–()]{{2,}}\d{_EXTENSION}"
    rf"(?:\s{{0,4}}[,/]\s{{0,4}}\d[\d\s\-–]{{2,}}\d{_EXTENSION}){{0,3}}"
)
_DOTTED = re.compile(r"[.…_]{3,}")


def read_signatory(layout: Layout) -> Finding[str] | None:
    """ผู้ลงนาม: the name in brackets under the text, with its title."""
    if not layout.foot.names:
        return None
    cell = layout.foot.names[0]
    rank = layout.foot.rank
    parts = [(c.start, c.end) for c in (rank, cell) if c]
    titled = rank is not None or re.match(TITLE, cell.text) is not None
    ended = layout.foot.closing or layout.foot.purpose or layout.foot.dates or layout.head.message
    certainty = (0.92 if titled else 0.82) if layout.foot.sure_of_name and ended else 0.7
    value = layout.sheet.squeezed(*parts)
    return layout.sheet.finding(value, parts[0][0], cell.end, certainty)


def read_position(layout: Layout) -> Finding[str] | None:
    """ตำแหน่ง: every line under the name, with those in whose stead the signer acts."""
    cells = [cell for cell in layout.foot.position if not _DOTTED.search(cell.text)]
    if not cells:
        return None
    sure = layout.foot.sure_of_name and _POSITION.match(cells[0].text)
    return _joined(layout, cells, 0.9 if sure else 0.7)


def read_owner_unit(layout: Layout) -> Finding[str] | None:
    """ส่วนราชการเจ้าของเรื่อง: the unit over the telephone."""
    return _joined(layout, layout.foot.owner, 0.85) if layout.foot.owner else None


def _joined(layout: Layout, cells: list[Cell], certainty: float) -> Finding[str]:
    value = layout.sheet.squeezed(*((cell.start, cell.end) for cell in cells))
    return layout.sheet.finding(value, cells[0].start, cells[-1].end, certainty)


def read_telephone(layout: Layout) -> Finding[str] | None:
    """โทร.: of the foot, else of the head (a memo has it beside its office); not the fax."""
    sheet = layout.sheet
    cell = layout.foot.telephone
    if cell is not None:
        return _number_in(layout, cell.start, cell.end)
    top = layout.body[0]
    called = TELEPHONE.search(sheet.text, 0, top)
    if called is None:
        return None
    end = sheet.text.find("\n", called.end())
    end = top if end < 0 else min(end, top)
    fax = FAX.search(sheet.text, called.end(), end)
    return _number_in(layout, called.end(), fax.start() if fax else end)


def _number_in(layout: Layout, start: int, end: int) -> Finding[str] | None:
    found = _NUMBER.search(layout.sheet.text, start, end)
    if found is None:
        return None
    value = squeeze(to_arabic(found.group()))
    digits = sum(letter.isdigit() for letter in value)
    certainty = 0.9 if found.start() - start < 3 and digits >= 5 else 0.7
    return layout.sheet.finding(value, found.start(), found.end(), certainty)


def read_email(layout: Layout) -> Finding[str] | None:
    """ไปรษณีย์อิเล็กทรอนิกส์: of the foot or the head; one in the running text may be another's."""
    text = layout.sheet.text
    for start, end, certainty in (
        (layout.body[1], len(text), 0.9),
        (0, layout.body[0], 0.9),
        (*layout.body, 0.7),
    ):
        found = EMAIL.search(text, start, end)
        if found:
            return layout.sheet.finding(found.group(), found.start(), found.end(), certainty)
    return None
