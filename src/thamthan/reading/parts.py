"""ช่องของหัวหนังสือ: the labelled fields of a head, and the stretches that they fill."""

import re
from dataclasses import dataclass
from enum import StrEnum

_COLON = r"\s*[*:\uff1a]*\s*"


class Part(StrEnum):
    """The labelled fields of a head."""

    NUMBER = "number"
    DATE = "date"
    OFFICE = "office"
    SUBJECT = "subject"
    TO = "to"
    REFERENCES = "references"
    ENCLOSURES = "enclosures"


LABELS: tuple[tuple[Part, re.Pattern[str]], ...] = (
    (Part.SUBJECT, re.compile(rf"(?:ชื่อ)?เรื่?อง(?!เดิม|ที่|นี้|ดังกล่าว|ราว|ร้อง){_COLON}")),
    (
        Part.TO,
        re.compile(
            rf"(?:กราบ\s?เรียน|เรียน|นมัสการ|กราบทูล)(?!มา|รู้|ว่า|เชิญ|การ|ต่อ|จบ|ฟรี|ดี|เสนอ|แจ้ง){_COLON}"
        ),
    ),
    (Part.TO, re.compile(r"ถึง(?=[\s:\uff1a])\s*[:\uff1a]?\s*")),
    (Part.REFERENCES, re.compile(rf"อ้าง\s?ถึง{_COLON}")),
    (
        Part.ENCLOSURES,
        re.compile(
            rf"(?:สิ่งที่\s?(?:ส่ง|แนบ)\s?มา(?:\s?ด้วย|\s?พร้อม(?:หนังสือ)?นี้?)?|เอกสาร(?:ที่)?แนบ(?:ท้าย)?|สิ่งที่แนบ){_COLON}"
        ),
    ),
    (Part.OFFICE, re.compile(rf"ส่วน\s?(?:ราชการ|งาน){_COLON}")),
    (Part.DATE, re.compile(rf"วันที่?{_COLON}")),
)
MANY_LINES = {Part.SUBJECT, Part.TO, Part.REFERENCES, Part.ENCLOSURES, Part.OFFICE}


@dataclass(frozen=True, slots=True)
class Block:
    """A field of the head: the stretches of the view that its words fill, line by line."""

    label: str
    parts: tuple[tuple[int, int], ...]
    sure: bool = True

    @property
    def start(self) -> int:
        return self.parts[0][0]

    @property
    def end(self) -> int:
        return self.parts[-1][1]
