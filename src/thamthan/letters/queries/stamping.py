"""The receipt stamp of a letter: where it stands, and the stamped copy of a file."""

from dataclasses import dataclass

from django.utils import timezone

from thamthan.errors import NotFound, Refused
from thamthan.letters.models import Letter, LetterFile, StampPlace
from thamthan.letters.queries.letters import A4, files_of, letter_for
from thamthan.letters.rules import Direction, LetterState
from thamthan.organisations.models import Post
from thamthan.reading.model import PageSize
from thamthan.records.overlays import can_overlay, overlaid_copy
from thamthan.records.pictures import can_draw, page_sizes
from thamthan.thai.dates import format_date
from thamthan.writing.stamps import HIGH_MM, WIDE_MM, ReceiptStamp, draw_stamp, write_cover_sheet

_POINTS = 72 / 25.4
# Upper right (saraban.md §1.6), a centimetre from the edges.
_MARGIN = 10 * _POINTS


@dataclass(frozen=True, slots=True)
class StampSheet:
    """หน้าที่จะประทับตรา: a file of a letter with the sizes of its pages, and where the stamp stands.

    Shares run from 0 to 1 over the page as it is shown; without pages the copy is a cover sheet.
    """

    file: LetterFile
    stamp: ReceiptStamp
    pages: tuple[PageSize, ...]
    page: int
    left: float
    top: float
    is_placed: bool

    @property
    def wide(self) -> float:
        """The width of the stamp as a share of the page."""
        return min(1.0, WIDE_MM * _POINTS / self.pages[self.page - 1].width) if self.pages else 0.0

    @property
    def high(self) -> float:
        return min(1.0, HIGH_MM * _POINTS / self.pages[self.page - 1].height) if self.pages else 0.0


def stamp_sheet_of(post: Post, letter: Letter, position: int, *, page: int = 0) -> StampSheet:
    """ตรารับบนไฟล์หนึ่งของหนังสือ: where the clerk put it, else on the upper right of the page.

    `page` asks for another page than the one on which it stands. Refuses a letter that has no
    receipt number.
    """
    row = _file_of(post, letter, position)
    stamp = _stamp_of(letter)
    sizes: tuple[PageSize, ...] = ()
    if can_overlay(row.file) and can_draw(row.file):
        sizes = page_sizes(row.file) or (A4,)
    place = StampPlace.objects.filter(file=row).first()
    wanted = page or (place.page if place else 1)
    if sizes and not 1 <= wanted <= len(sizes):
        raise NotFound("ไม่พบหน้านี้ในไฟล์", code="no_page")
    if place is not None and place.page == wanted:
        left, top = place.left, place.top
    elif sizes:
        shown = sizes[wanted - 1]
        left = max(0.0, 1 - (WIDE_MM * _POINTS + _MARGIN) / shown.width)
        top = min(_MARGIN / shown.height, 1.0)
    else:
        left = top = 0.0
    return StampSheet(row, stamp, sizes, wanted, left, top, place is not None)


def _file_of(post: Post, letter: Letter, position: int) -> LetterFile:
    row = files_of(post, letter).filter(position=position).first()
    if row is None:
        raise NotFound("ไม่พบไฟล์นี้")
    return row


def _stamp_of(letter: Letter) -> ReceiptStamp:
    if letter.direction != Direction.RECEIVED or letter.receipt_number is None:
        raise Refused("หนังสือนี้ยังไม่มีเลขรับ ลงทะเบียนรับก่อนจึงประทับตรารับได้", code="no_receipt")
    if letter.state == LetterState.CANCELLED:
        raise Refused("เลขรับของหนังสือนี้ยกเลิกแล้ว จึงไม่มีตรารับ", code="no_receipt")
    at = timezone.localtime(letter.received_at)
    return ReceiptStamp(
        agency=letter.organisation.name,
        number=letter.receipt_number,
        on=at.date(),
        at=at.time(),
    )


def stamped_copy_for(post: Post, pk: int, position: int) -> tuple[str, bytes]:
    """สำเนาที่ประทับตรารับ, made anew each time: its name and a PDF. The file stays as it came.

    A PDF gets the stamp on its page, a picture becomes a PDF page; any other file, a DOCX or a
    text, gets a cover sheet that bears the stamp and says for what.
    """
    letter = letter_for(post, pk)
    sheet = stamp_sheet_of(post, letter, position)
    row = sheet.file
    name = f"{row.name.rpartition('.')[0] or row.name} (ประทับตรารับ {letter.receipt_number}).pdf"
    if can_overlay(row.file):
        made = overlaid_copy(
            row.file, draw_stamp(sheet.stamp), page=sheet.page, left=sheet.left, top=sheet.top
        )
        return name, made
    facts = (
        ("ที่", letter.number or "–"),
        ("ลงวันที่", format_date(letter.dated_on) if letter.dated_on else "–"),
        ("จาก", letter.sender or "–"),
        ("เรื่อง", letter.subject),
    )
    foot = f"ตรารับของไฟล์ “{row.name}” ซึ่งประทับตราบนหน้าไม่ได้ ไฟล์ต้นฉบับคงเดิมทุกประการ"
    return name, write_cover_sheet(sheet.stamp, facts=facts, foot=foot)
