"""ข้อมูลเปิดของยอดที่เผยแพร่: as rows for a spreadsheet, and with everything said about them."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils import timezone

from thamthan.organisations.models import Post
from thamthan.reports.models import Publication
from thamthan.reports.rules import Adding
from thamthan.writing import Cell, Column, Table

VERSION = 1
_ALL = "รวม"
_HEADINGS = (
    "รหัสหน่วยงาน",
    "หน่วยงาน",
    "ข้อสั่งการ",
    "รหัสรายการ",
    "รายการ",
    "หน่วยนับ",
    "วิธีรวม",
    "ค่า",
    "จากทั้งหมด",
    "การแสดงค่า",
    "จำนวนแห่งที่มีตัวเลข",
    "จำนวนแห่งที่ต้องรายงาน",
    "ข้อมูล ณ",
    "สถานะยอด",
)
_MEANING = {
    "ค่า": "ยอดตามวิธีรวม ว่างเมื่อไม่มีตัวเลขหรือไม่แสดง ไม่ใช่ศูนย์",
    "จากทั้งหมด": "ตัวหารของรายการที่เป็นร้อยละ",
    "การแสดงค่า": "แสดง, ไม่มีตัวเลข หรือ ไม่แสดง",
    "จำนวนแห่งที่มีตัวเลข": "หน่วยงานที่รายงานตัวเลขของรายการนี้และได้รับการรับรองแล้ว",
}


def standing_words(post: Post | None, publication: Publication) -> str:
    """ยอดที่ปิดแล้ว หรือข้อมูลเบื้องต้น."""
    return "ปิดยอดแล้ว" if publication.is_closed else "ข้อมูลเบื้องต้น ยังไม่ปิดยอด"


def open_figures_table(post: Post | None, publication: Publication) -> Table:
    """ยอดที่เผยแพร่เป็นตาราง: a row for every figure of every organisation, and of all together."""
    columns = tuple(Column(heading, 10) for heading in _HEADINGS)
    rows = tuple(_rows(publication))
    return Table(publication.content["title"], "", columns, rows)


def _rows(publication: Publication) -> Iterator[tuple[Cell, ...]]:
    content = publication.content
    places = {str(one["key"]): one for one in content["organisations"]}
    words = standing_words(None, publication)
    for clause in content["clauses"]:
        for figure in clause["figures"]:
            about = (
                clause["heading"],
                figure["key"],
                figure["text"],
                figure["unit"],
                str(Adding(figure["method"]).label),
            )

            def row(code: str, name: str, one: Mapping[str, Any], owed: int) -> tuple[Cell, ...]:
                return (
                    code,
                    name,
                    *about,  # noqa: B023 – called before the next figure comes
                    _number(one["value_milli"]),
                    _number(one["of_milli"]),
                    shown_words(one),
                    one["given"],
                    owed,
                    content["as_of"],
                    words,
                )

            yield row("", _ALL, figure, content["owed"])
            for key, one in figure["organisations"].items():
                place = places[key]
                yield row(place["code"], place["name"], one, place["owed"])


def shown_words(one: Mapping[str, Any]) -> str:
    """แสดง ไม่แสดง หรือไม่มีตัวเลข."""
    if one["is_covered"]:
        return "ไม่แสดง"
    return "แสดง" if one["value_milli"] is not None else "ไม่มีตัวเลข"


def _number(milli: int | None) -> int | Decimal | None:
    if milli is None:
        return None
    whole, rest = divmod(milli, 1000)
    return whole if not rest else (Decimal(milli) / 1000).normalize()


def open_figures(post: Post | None, publication: Publication) -> dict[str, Any]:
    """ยอดที่เผยแพร่พร้อมคำอธิบาย: whose, as of when, by what method, who is missing."""
    content = publication.content
    places = {str(one["key"]): one for one in content["organisations"]}
    return {
        "metadata": {
            "version": VERSION,
            "identifier": str(publication.ref),
            "title": content["title"],
            "publisher": content["publisher"],
            "asked_by": content["letter"],
            "period": content["period"],
            "licence": settings.OPEN_DATA_LICENCE,
            "as_of": content["as_of"],
            "published_at": timezone.localtime(publication.published_at).isoformat(
                timespec="seconds"
            ),
            "is_provisional": not publication.is_closed,
            "standing": standing_words(post, publication),
            "sha256_of_closed_total": content["closed_sha256"],
            "organisations_owed": content["owed"],
            "organisations_reported": content["sent"],
            "organisations_accepted": content["accepted"],
            "organisations_missing": content["missing"],
            "covering": covering_words(post, publication),
            "columns": _MEANING,
        },
        "figures": [
            {
                "key": figure["key"],
                "clause": clause["heading"],
                "text": figure["text"],
                "unit": figure["unit"],
                "method": figure["method"],
                "method_words": str(Adding(figure["method"]).label),
                "total": _told(figure) | {"counted_twice": _plain(figure.get("less_milli", 0))},
                "organisations": [
                    {"code": places[key]["code"], "name": places[key]["name"]} | _told(one)
                    for key, one in figure["organisations"].items()
                ],
            }
            for clause in content["clauses"]
            for figure in clause["figures"]
        ],
        "organisations": [
            {name: one[name] for name in ("code", "name", "owed", "accepted")}
            for one in content["organisations"]
        ],
    }


def _told(one: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "value": _plain(one["value_milli"]),
        "of": _plain(one["of_milli"]),
        "is_covered": one["is_covered"],
        "given": one["given"],
        "none": one["none"],
        "not_applicable": one["not_applicable"],
    }


def _plain(milli: int | None) -> int | float | None:
    """As JSON counts: whole where it is whole; thousandths are exact to fifteen digits."""
    if milli is None:
        return None
    return milli // 1000 if milli % 1000 == 0 else milli / 1000


def covering_words(post: Post | None, publication: Publication) -> str:
    """กติกาการไม่แสดงค่า, as it held when it was published."""
    least = publication.content["least_persons"]
    return f"ค่าที่นับคนหรือครัวเรือนและน้อยกว่า {least} แต่ไม่เป็นศูนย์ ไม่แสดง และไม่แสดงค่าอื่นที่จะทำให้คำนวณย้อนได้"
