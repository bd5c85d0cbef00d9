"""ใบเกษียน: who said what to a letter, one after the other, on one slip of paper."""

from collections.abc import Mapping
from dataclasses import dataclass

from thamthan.writing.figures import thai_figures
from thamthan.writing.typesetting import typeset


@dataclass(frozen=True, slots=True)
class SlipEntry:
    """หนึ่งขั้น: to whom, what was ordered and said, and how it was signed, in lines.

    `signature` is a PNG as it was at signing; without one the typed name stands alone.
    """

    number: int
    to: str
    instruction: str
    opinion: str
    signed: tuple[str, ...]
    signature: bytes | None = None


@dataclass(frozen=True, slots=True)
class RoutingSlip:
    """ใบเกษียนหนึ่งใบ: the office, the letter in labelled lines, and the entries in order."""

    office: str
    facts: tuple[tuple[str, str], ...]
    entries: tuple[SlipEntry, ...]
    foot: str = ""


def write_slip(slip: RoutingSlip) -> bytes:
    """พิมพ์ใบเกษียน as PDF on A4, as many pages as it takes, digits Thai."""
    pictures: dict[str, bytes] = {}
    entries = []
    for entry in slip.entries:
        name = f"signature-{entry.number}"
        if entry.signature is not None:
            pictures[name] = entry.signature
        entries.append(
            {
                "number": thai_figures(str(entry.number)),
                "to": thai_figures(entry.to),
                "instruction": entry.instruction,
                "opinion": thai_figures(entry.opinion),
                "signed": [thai_figures(line) for line in entry.signed if line],
                "signature": name,
            }
        )
    facts: list[Mapping[str, str]] = [
        {"label": label, "words": thai_figures(words)} for label, words in slip.facts if words
    ]
    return typeset(
        "slip",
        {
            "office": thai_figures(slip.office),
            "facts": facts,
            "entries": entries,
            "foot": thai_figures(slip.foot),
        },
        title="ใบเกษียนหนังสือ",
        author=slip.office,
        pictures=pictures,
    )
