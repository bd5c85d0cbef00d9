"""หนังสือออก: everything that stands on an outgoing letter, before it is set on paper."""

from dataclasses import dataclass
from datetime import date

from thamthan.thai.correspondence import LetterKind, Secrecy, Urgency
from thamthan.writing.tables import Table


@dataclass(frozen=True, slots=True)
class Paragraph:
    """ย่อหน้า: running words; an item has its label (“๑.”, “(๒)”) and its depth from 1."""

    text: str
    label: str = ""
    depth: int = 0


@dataclass(frozen=True, slots=True)
class ReferenceLine:
    """อ้างถึง: an earlier letter that the addressee has."""

    agency: str
    number: str
    dated_on: date | None
    urgency: Urgency = Urgency.NORMAL


@dataclass(frozen=True, slots=True)
class EnclosureLine:
    """สิ่งที่ส่งมาด้วย: its name, and how many of what."""

    name: str
    quantity: int | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class OutgoingLetter:
    """หนังสือออกหนึ่งฉบับ: an external letter, a memo or a stamped letter.

    `number` is written as given (“พบ ๗๒๔๐๑/๑๒๓”); before the clerk gives one it ends with the
    slash. Without `dated_on` the day's place stays empty. Digits are turned into Thai ones on paper
    except within foreign names.
    """

    kind: LetterKind
    agency: str
    subject: str
    addressee: str
    body: tuple[Paragraph | Table, ...]
    number: str = ""
    dated_on: date | None = None
    agency_address: tuple[str, ...] = ()
    opening: str = "เรียน"
    closing: str = "ขอแสดงความนับถือ"
    references: tuple[ReferenceLine, ...] = ()
    enclosures: tuple[EnclosureLine, ...] = ()
    signatory: str = ""
    position: tuple[str, ...] = ()
    owner_unit: str = ""
    contacts: tuple[str, ...] = ()
    copies_to: tuple[str, ...] = ()
    urgency: Urgency = Urgency.NORMAL
    secrecy: Secrecy = Secrecy.OPEN
