"""ตรารับหนังสือ (แบบที่ 12): the receipt stamp drawn as a small PDF, and a sheet to carry it."""

import json
from dataclasses import dataclass
from datetime import date, time
from functools import lru_cache
from pathlib import Path

from thamthan.thai.dates import format_date
from thamthan.thai.digits import to_thai

# 2.5 × 5 cm as commonly taught; the text of the regulation was not at hand (unverified).
WIDE_MM = 50.0
HIGH_MM = 25.0

_FONTS = Path("/usr/share/fonts/truetype/tlwg")

_STAMP = """
#let said = json(bytes(sys.inputs.said))
#let ink = rgb("#1d3f8f")
#let fitted(words, size, weight: "regular") = layout(room => {
  let wide = measure(text(size: size, weight: weight, words)).width
  let fit = if wide > room.width { size * (room.width / wide) } else { size }
  text(size: fit, weight: weight, words)
})
#let line-of(label, words) = grid(
  columns: (auto, 1fr), column-gutter: 1mm, align: (left + bottom, center + bottom),
  text(size: 12pt, label),
  box(width: 100%, stroke: (bottom: (paint: ink, thickness: 0.5pt, dash: "dotted")),
    inset: (bottom: 0.6mm), text(size: 13pt, weight: "bold", words)),
)
#let stamp = box(width: 50mm, height: 25mm, stroke: 0.9pt + ink, inset: (x: 2mm, y: 1.3mm), {
  set text(fill: ink)
  set par(leading: 0pt, spacing: 0pt)
  set align(center + horizon)
  stack(spacing: 1.7mm,
    fitted(said.agency, 14pt, weight: "bold"),
    line-of("เลขรับ", said.number),
    line-of("วันที่", said.on),
    line-of("เวลา", said.at),
  )
})
"""
_ALONE = """
#set page(width: 50mm, height: 25mm, margin: 0pt, fill: none)
#set text(font: said.font, lang: "th")
#stamp
"""
_SHEET = """
#set page(paper: "a4", margin: (left: 3cm, right: 2cm, top: 2.5cm, bottom: 2cm))
#set text(font: said.font, size: 16pt, lang: "th")
#set par(leading: 0.55em, spacing: 0.7em)
#place(top + right, dx: 5mm, dy: -10mm, stamp)
#v(22mm)
#align(center, text(size: 20pt, weight: "bold")[ใบปะหน้าหนังสือรับ])
#v(4mm)
#for (label, words) in said.facts {
  grid(columns: (32mm, 1fr), text(weight: "bold", label), words)
  v(1mm)
}
#v(6mm)
#text(size: 14pt, said.foot)
"""


@dataclass(frozen=True, slots=True)
class ReceiptStamp:
    """ตรารับ: the agency's name, the receipt number, the day and the hour."""

    agency: str
    number: int
    on: date
    at: time


def draw_stamp(stamp: ReceiptStamp) -> bytes:
    """วาดตรารับ: a PDF of one page as large as the stamp, clear where nothing is printed."""
    return _compiled(_STAMP + _ALONE, _said(stamp))


def write_cover_sheet(
    stamp: ReceiptStamp, *, facts: tuple[tuple[str, str], ...], foot: str
) -> bytes:
    """ใบปะหน้า: an A4 sheet that bears the stamp, for a file on which no stamp can be drawn."""
    told = [[label, to_thai(words)] for label, words in facts]
    return _compiled(_STAMP + _SHEET, {**_said(stamp), "facts": told, "foot": foot})


def _said(stamp: ReceiptStamp) -> dict[str, object]:
    return {
        "agency": stamp.agency,
        "number": to_thai(str(stamp.number)),
        "on": to_thai(format_date(stamp.on, style="list")),
        "at": to_thai(f"{stamp.at:%H.%M} น."),
    }


def _compiled(source: str, said: dict[str, object]) -> bytes:
    import typst

    family, folder = _font()
    words = json.dumps({**said, "font": family}, ensure_ascii=False)
    made = typst.compile(
        source.encode(),
        font_paths=[str(folder)],
        ignore_system_fonts=True,
        sys_inputs={"said": words},
        format="pdf",
    )
    if not isinstance(made, bytes):
        raise TypeError("typst gave more than one document")
    return made


@lru_cache(maxsize=1)
def _font() -> tuple[str, Path]:
    return "Laksaman", _FONTS
