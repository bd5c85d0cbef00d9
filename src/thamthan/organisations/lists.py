"""Lists of organisations and outlines as they come in files: bytes in, checked rows out."""

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from thamthan.errors import Refused
from thamthan.organisations.rules import LaoKind, Level, is_code
from thamthan.thai.digits import to_arabic
from thamthan.thai.text import repair, squeeze

BANGKOK = "10"

_LAO_KINDS = {
    "PAO": LaoKind.PAO,
    "ThesabanNakhon": LaoKind.CITY,
    "ThesabanMueang": LaoKind.TOWN,
    "ThesabanTambon": LaoKind.SUBDISTRICT_MUNICIPALITY,
    "TAO": LaoKind.SAO,
    "PATTAYA": LaoKind.SPECIAL,
}
_LENGTHS = {"name": 200, "short_name": 120, "english_name": 200, "agency_code": 40}


@dataclass(frozen=True, slots=True)
class ListedOrganisation:
    """หน่วยงานหนึ่งบรรทัดในบัญชี. None: the list does not speak of it, so what is kept stays.

    `parent_code` "" means a root; None, for one not yet known, the root of the tree.
    """

    code: str
    line: int = 0
    former_code: str = ""
    name: str | None = None
    short_name: str | None = None
    english_name: str | None = None
    level: str | None = None
    lao_kind: str | None = None
    parent_code: str | None = None
    agency_code: str | None = None
    covers: tuple[str, ...] | None = None
    valid_from: date | None = None
    closed_on: date | None = None
    succeeded_by: str = ""


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """บรรทัดที่รับไม่ได้, and why."""

    line: int
    reason: str
    field: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class OrganisationList:
    """บัญชีหน่วยงาน, read and not yet compared with what is kept."""

    rows: tuple[ListedOrganisation, ...]
    refused: tuple[RefusedRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Outline:
    """แนวเขตหนึ่งพื้นที่."""

    line: int
    code: str
    name: str
    geometry: Mapping[str, object] = field(hash=False)


class _Wrong(Exception):
    """One row cannot be understood; the others can."""

    def __init__(self, reason: str, *, column: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.column = column


Row = Mapping[str, str]


def read_organisations(content: bytes) -> OrganisationList:
    """อ่านบัญชีหน่วยงาน (CSV): our own columns, or the provinces, districts or local governments
    of an official list, told apart by their headings. Does not look at what is kept.
    """
    reader = csv.reader(io.StringIO(_text(content), newline=""))
    rows: list[ListedOrganisation] = []
    refused: list[RefusedRow] = []
    try:
        headings = [squeeze(name).lower() for name in next(reader, [])]
        understand = _shape(set(headings))
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            line = reader.line_num
            try:
                if len(cells) != len(headings):
                    raise _Wrong(f"มี {len(cells)} ช่อง แต่หัวตารางมี {len(headings)} ช่อง", column="")
                row = {
                    name: squeeze(repair(cell.replace("\x00", "")))
                    for name, cell in zip(headings, cells, strict=True)
                }
                rows.append(_checked(replace(understand(row), line=line)))
            except _Wrong as wrong:
                refused.append(RefusedRow(line, wrong.reason, wrong.column))
    except csv.Error as problem:
        raise Refused(
            f"อ่านแฟ้มบัญชีไม่ได้ที่บรรทัด {reader.line_num}", code="not_a_list", status=400
        ) from problem
    return OrganisationList(tuple(rows), tuple(refused))


def _text(content: bytes) -> str:
    for encoding in ("utf-8-sig", "cp874"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused("แฟ้มนี้ไม่ใช่ข้อความ UTF-8 หรือ TIS-620", code="not_a_list", status=400)


def _shape(headings: set[str]) -> Callable[[Row], ListedOrganisation]:
    if {"code", "name", "level", "parent"} <= headings:
        return _own
    if {"id", "type", "abbr", "name_th", "name_short", "province", "district"} <= headings:
        return _local_government
    if {"code", "province_code", "name_th"} <= headings:
        return _district
    if {"code", "name_th"} <= headings and "district_code" not in headings:
        return _province
    raise Refused(
        "ไม่รู้จักหัวตารางของบัญชีนี้ ต้องมีอย่างน้อย code, name, level, parent",
        code="not_a_list",
        status=400,
    )


def _own(row: Row) -> ListedOrganisation:
    covers = row.get("covers")
    return ListedOrganisation(
        code=_code(row["code"]),
        name=row["name"],
        # An empty short name would leave a hole in every list, so the full one stands in.
        short_name=row["short_name"] or row["name"] if "short_name" in row else None,
        english_name=row.get("english_name"),
        level=row["level"],
        lao_kind=row.get("lao_kind"),
        parent_code=_code(row["parent"], may_lack=True),
        agency_code=to_arabic(row["agency_code"]) if "agency_code" in row else None,
        covers=None if covers is None else _areas(covers),
        valid_from=_day(row, "valid_from"),
        closed_on=_day(row, "closed_on"),
        succeeded_by=_code(row.get("succeeded_by", ""), may_lack=True),
    )


def _province(row: Row) -> ListedOrganisation:
    code = _code(row["code"])
    if code == BANGKOK:
        return _bangkok()
    place = row["name_th"].removeprefix("จังหวัด")
    return ListedOrganisation(
        code=code,
        name=f"จังหวัด{place}",
        short_name=f"จ.{place}",
        english_name=row.get("name_en"),
        level=Level.PROVINCE,
        lao_kind="",
    )


def _bangkok() -> ListedOrganisation:
    # One node for the province and the local government, so that both lists say the same of it.
    return ListedOrganisation(
        code=BANGKOK,
        name="กรุงเทพมหานคร",
        short_name="กทม.",
        english_name="Bangkok",
        level=Level.LAO,
        lao_kind=LaoKind.SPECIAL,
    )


def _district(row: Row) -> ListedOrganisation:
    province = _code(row["province_code"])
    full, short = ("เขต", "เขต") if province == BANGKOK else ("อำเภอ", "อ.")
    place = row["name_th"].removeprefix(full)
    return ListedOrganisation(
        code=_code(row["code"]),
        name=f"{full}{place}",
        short_name=f"{short}{place}",
        english_name=row.get("name_en"),
        level=Level.DISTRICT,
        lao_kind="",
        parent_code=province,
    )


def _local_government(row: Row) -> ListedOrganisation:
    kind = row["type"]
    if kind == "BMA":
        return _bangkok()
    if kind not in _LAO_KINDS:
        raise _Wrong(f"ไม่รู้จักประเภท “{kind}”", column="type")
    own_code = _code(row["id"])
    short = row["name_th"] if kind == "PATTAYA" else row["abbr"] + row["name_short"]
    return ListedOrganisation(
        code=_code(row.get("dla_code", ""), may_lack=True) or own_code,
        former_code=own_code,
        name=row["name_th"],
        short_name=short,
        english_name=row.get("name_en"),
        level=Level.LAO,
        lao_kind=_LAO_KINDS[kind],
        parent_code=_code(row["district"], may_lack=True) or _code(row["province"]),
        covers=_areas(row.get("covers", "")),
    )


def _code(cell: str, *, may_lack: bool = False) -> str:
    code = to_arabic(cell).upper()
    if may_lack and not code:
        return ""
    if not is_code(code):
        raise _Wrong(f"“{cell[:40]}” ใช้เป็นรหัสหน่วยงานไม่ได้", column="code")
    return code


def _areas(cell: str) -> tuple[str, ...]:
    # "~" says that only a part of the subdistrict is served; the map shows the whole of it.
    return tuple(area.rstrip("~") for area in to_arabic(cell).split())


def _day(row: Row, column: str) -> date | None:
    cell = to_arabic(row.get(column, ""))
    if not cell:
        return None
    try:
        day = date.fromisoformat(cell)
    except ValueError:
        day = None
    if day is None or day.year >= 2400:
        raise _Wrong(f"“{cell[:40]}” ไม่ใช่วันที่ (ค.ศ. เช่น 2026-03-20)", column=column)
    return day


def _checked(row: ListedOrganisation) -> ListedOrganisation:
    if not row.name:
        raise _Wrong("ไม่มีชื่อหน่วยงาน", column="name")
    for column, most in _LENGTHS.items():
        if len(getattr(row, column) or "") > most:
            raise _Wrong(f"ยาวเกิน {most} ตัวอักษร", column=column)
    if row.level not in Level.values:
        raise _Wrong(f"ไม่รู้จักระดับ “{row.level}”", column="level")
    if row.lao_kind and row.lao_kind not in LaoKind.values:
        raise _Wrong(f"ไม่รู้จักประเภท อปท. “{row.lao_kind}”", column="lao_kind")
    return row


def read_outlines(content: bytes) -> tuple[list[Outline], list[RefusedRow]]:
    """อ่านแนวเขต (GeoJSON): each feature with `code` and `th`; its number stands for the line."""
    try:
        collection = json.loads(content.decode("utf-8-sig"))
        features = collection["features"]
        if collection["type"] != "FeatureCollection" or not isinstance(features, list):
            raise ValueError
    except (ValueError, KeyError, TypeError, RecursionError):
        raise Refused("แฟ้มนี้ไม่ใช่ GeoJSON FeatureCollection", code="not_a_map", status=400) from None
    outlines: list[Outline] = []
    refused: list[RefusedRow] = []
    seen: set[str] = set()
    for number, feature in enumerate(features, start=1):
        try:
            outline = _outline(number, feature)
            if outline.code in seen:
                raise _Wrong(f"รหัส {outline.code} ซ้ำในแฟ้ม", column="code")
            seen.add(outline.code)
            outlines.append(outline)
        except _Wrong as wrong:
            refused.append(RefusedRow(number, wrong.reason, wrong.column))
    return outlines, refused


def _outline(number: int, feature: object) -> Outline:
    parts = feature if isinstance(feature, dict) else {}
    properties, geometry = parts.get("properties"), parts.get("geometry")
    if not isinstance(properties, dict) or not isinstance(geometry, dict):
        raise _Wrong("ไม่มี properties หรือ geometry", column="geometry")
    code, name = to_arabic(str(properties.get("code", ""))), str(properties.get("th", ""))
    if not (code.isascii() and code.isdigit() and len(code) in {2, 4, 6}):
        raise _Wrong(f"รหัสพื้นที่ “{code[:20]}” ต้องเป็นเลข 2, 4 หรือ 6 หลัก", column="code")
    if not name or len(name) > 120 or not name.isprintable():
        raise _Wrong("ไม่มีชื่อพื้นที่ หรือชื่อยาวเกิน 120 ตัวอักษร", column="name")
    kind, coordinates = geometry.get("type"), geometry.get("coordinates")
    if kind not in {"Polygon", "MultiPolygon"}:
        raise _Wrong("รูปร่างต้องเป็น Polygon หรือ MultiPolygon", column="geometry")
    if not _are_polygons([coordinates] if kind == "Polygon" else coordinates):
        raise _Wrong("พิกัดของรูปร่างไม่ครบหรือไม่ใช่ตัวเลข", column="geometry")
    shape = {"type": kind, "coordinates": coordinates}
    return Outline(number, code, squeeze(repair(name)), shape)


def _are_polygons(polygons: object) -> bool:
    rings = [ring for polygon in _parts(polygons) for ring in _parts(polygon)]
    return bool(rings) and all(
        len(list(_parts(ring))) >= 4 and all(_is_position(place) for place in _parts(ring))
        for ring in rings
    )


def _parts(value: object) -> Iterator[object]:
    return iter(value) if isinstance(value, list) else iter(())


def _is_position(place: object) -> bool:
    return (
        isinstance(place, list)
        and len(place) >= 2
        and all(type(number) in {int, float} for number in place)
        and -180 <= place[0] <= 180
        and -90 <= place[1] <= 90
    )
