"""คำขอรับการสนับสนุนงบประมาณ: what is missing, what is worth a warning, what to do next."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from thamthan.projects.rules.channel_fit import Fit, Lack
from thamthan.projects.rules.channels import MoneyRule
from thamthan.projects.rules.satang import in_baht
from thamthan.projects.rules.states import RequestState

# The house still works on it: amounts and papers may change.
OPEN_REQUESTS = (RequestState.PREPARING, RequestState.RETURNED)
# Nothing more will come of it.
CLOSED_REQUESTS = (RequestState.GRANTED, RequestState.REFUSED, RequestState.WITHDRAWN)
# First bytes of what a paper may come in: PDF, pictures, and office files old and new.
_FIRST_BYTES = (
    b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*",
    b"PK\x03\x04", b"\xd0\xcf\x11\xe0",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PaperLine:
    """เอกสารหนึ่งรายการในคำขอ, as far as it has come."""

    name: str
    is_required: bool
    is_given: bool
    is_waived: bool

    @property
    def is_missing(self) -> bool:
        return self.is_required and not (self.is_given or self.is_waived)


def missing_of(asked_satang: int | None, papers: Collection[PaperLine]) -> tuple[str, ...]:
    """สิ่งที่ขาดก่อนยื่น: the amount and the papers that must be there, each by its name."""
    amount = () if asked_satang else ("จำนวนเงินที่ขอ",)
    return (*amount, *(paper.name for paper in papers if paper.is_missing))


def asks_too_much(*, needed_satang: int | None, asked_in_all: int, granted_in_all: int) -> str:
    """คำเตือนเมื่อขอหลายทางรวมแล้วเกินที่ต้องใช้; empty where it is not so or not known."""
    if needed_satang is None or asked_in_all + granted_in_all <= needed_satang:
        return ""
    granted = f" (ได้รับอนุมัติแล้ว {in_baht(granted_in_all)})" if granted_in_all else ""
    return (
        f"ขอทุกทางรวม {in_baht(asked_in_all + granted_in_all)}{granted}"
        f" มากกว่าที่ต้องใช้ {in_baht(needed_satang)} ถ้าได้ครบทุกทางต้องคืนส่วนที่เกิน"
    )


def warnings_of(fit: Fit) -> tuple[str, ...]:
    """คำเตือนของแหล่งเงิน: everything that speaks against asking, said and never forbidden."""
    kinds = {Lack.PLAN, Lack.FIRST, Lack.ASK, Lack.CONFIRM, Lack.WINDOW, Lack.TIME, Lack.CEILING}
    said = [*fit.against, *(one.words for one in fit.missing if one.kind in kinds)]
    return (*said, *([fit.doubt] if fit.doubt else []))


def makes_a_line(money: MoneyRule) -> bool:
    """Whether what is granted is new money: where it is there already, its line is there too."""
    return money != MoneyRule.NOW


def is_paper_file(content: bytes) -> bool:
    """Whether these bytes begin as a paper may: PDF, a picture, or an office file."""
    return content.startswith(_FIRST_BYTES) or content[4:12] in {b"ftypheic", b"ftypmif1"}


def next_thing(state: RequestState, missing: Sequence[str]) -> str:
    """สิ่งที่ต้องทำต่อไปหนึ่งอย่าง, in the words of a button's neighbour."""
    if state in OPEN_REQUESTS:
        if missing:
            more = f" และอีก {len(missing) - 1} รายการ" if len(missing) > 1 else ""
            return f"ยังขาด {missing[0]}{more}"
        return "ครบแล้ว ยื่นคำขอได้"
    return {
        RequestState.SUBMITTED: "รอผลการพิจารณา เมื่อได้ผลแล้วให้บันทึกที่นี่",
        RequestState.GRANTED: "ได้รับอนุมัติแล้ว จัดสรรเงินให้โครงการต่อไป",
        RequestState.REFUSED: "ไม่ได้รับอนุมัติ ดูแหล่งเงินอื่นที่หน้าแหล่งเงิน",
        RequestState.WITHDRAWN: "ถอนคำขอแล้ว เริ่มใหม่ได้ที่หน้าแหล่งเงิน",
    }[state]
