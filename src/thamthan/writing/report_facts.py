"""รายงานผลการดำเนินงาน: all that a report on paper tells, of one house or of many together."""

from dataclasses import dataclass

from thamthan.writing.tables import Table

# What stands where nobody has signed or told a name yet.
DOTS = "………………………………………"


@dataclass(frozen=True, slots=True)
class ReportText:
    """ข้อความ: what it answers, in bold before it where there is any, and its paragraphs."""

    paragraphs: tuple[str, ...]
    label: str = ""
    is_faint: bool = False


@dataclass(frozen=True, slots=True)
class ReportItem:
    """ประโยคหนึ่งของรายการ, and who said it."""

    text: str
    said_by: str = ""


@dataclass(frozen=True, slots=True)
class ReportItems:
    """รายการ: sentences one below the other, with who said each; `more` says what is left out."""

    label: str
    items: tuple[ReportItem, ...]
    more: str = ""


ReportPart = ReportText | ReportItems | Table


@dataclass(frozen=True, slots=True)
class ReportClause:
    """ข้อสั่งการหนึ่งข้อ: its number, its own words, and what is reported of it."""

    number: str
    words: str
    parts: tuple[ReportPart, ...]


@dataclass(frozen=True, slots=True)
class ReportSection:
    """หัวข้อของรายงาน; its clauses stand behind what it tells itself."""

    heading: str
    parts: tuple[ReportPart, ...] = ()
    clauses: tuple[ReportClause, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportSignature:
    """ผู้ลงนาม: as what, name and position; dots where either is not known."""

    label: str
    name: str = ""
    position: str = ""

    @property
    def lines(self) -> tuple[str, str]:
        return f"({self.name or DOTS})", f"ตำแหน่ง {self.position or DOTS}"


@dataclass(frozen=True, slots=True)
class ReportPhoto:
    """ภาพถ่ายหนึ่งภาพ (JPEG): before, during or after; its caption; where and when, in words."""

    content: bytes
    stage: str
    caption: str = ""
    taken: str = ""


@dataclass(frozen=True, slots=True)
class ReportPhotos:
    """ภาพชุดหนึ่ง, of one project or of one clause; each row is of one or of two side by side."""

    heading: str
    rows: tuple[tuple[ReportPhoto, ...], ...]


@dataclass(frozen=True, slots=True)
class ReportAnnex:
    """ภาคผนวก: tables on pages lying on their side, or photographs, two to four on a page."""

    heading: str
    words: str = ""
    tables: tuple[Table, ...] = ()
    photos: tuple[ReportPhotos, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportPaper:
    """รายงานหนึ่งฉบับ as it is put on paper.

    `mark` stands faintly across every page (ร่าง); `standing` tells in a frame below the heading
    how final it is; `foot` stands small below every page, so that a loose page is known again.
    """

    title: str
    subject: str
    house: str
    about: tuple[tuple[str, str], ...]
    sections: tuple[ReportSection, ...]
    signatures: tuple[ReportSignature, ...] = ()
    judged: str = ""
    annexes: tuple[ReportAnnex, ...] = ()
    mark: str = ""
    standing: str = ""
    foot: str = ""
