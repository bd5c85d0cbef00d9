"""The map of one matter: its areas coloured by a figure, the same figures in a table beside it."""

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.core.cache import caches
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from thamthan.directives.queries import map_of, order_for
from thamthan.directives.rules import MapFigure
from thamthan.errors import NotFound
from thamthan.organisations.queries import (
    boundaries_seen_by,
    boundaries_version,
    organisation_for,
)
from thamthan.organisations.rules import Level
from thamthan.web.doors import PostRequest, acting
from thamthan.web.map_shapes import outlines_file

if TYPE_CHECKING:
    from thamthan.directives.queries import AreaFigure, AreaMap

# How many digits the code of an area of this level has.
# Below these lies the whole country.
_NATION = {Level.MINISTRY, Level.DEPARTMENT}
_DIGITS = {Level.PROVINCE: 2, Level.DISTRICT: 4, Level.LAO: 6}
_AREA_WORDS = {Level.PROVINCE: "จังหวัด", Level.DISTRICT: "อำเภอ", Level.LAO: "ตำบล"}
# The lowest number of each step and its words; the worse a step, the denser its hatching.
_PARTS = ((0, "ต่ำกว่า 25%"), (25, "25–49%"), (50, "50–74%"), (75, "75–99%"), (100, "ครบ 100%"))
_FEW = ((0, "ไม่มี"), (1, "น้อยกว่า 10%"), (10, "10–24%"), (25, "25–49%"), (50, "50% ขึ้นไป"))
_DAYS = ((0, "ไม่มี"), (1, "1–7 วัน"), (8, "8–14 วัน"), (15, "15–30 วัน"), (31, "เกิน 30 วัน"))
_STEPS = {
    MapFigure.ANSWERED: _PARTS,
    MapFigure.LATE: _FEW,
    MapFigure.UNRECEIVED: _FEW,
    MapFigure.DAYS: _DAYS,
}
_COUNTED = {
    MapFigure.ANSWERED: "ส่งแล้ว",
    MapFigure.LATE: "เลยกำหนด",
    MapFigure.UNRECEIVED: "ยังไม่รับ",
    MapFigure.DAYS: "เลยกำหนด",
}


@acting
@require_safe
def order_map(request: PostRequest, pk: int) -> HttpResponse:
    """แผนที่สถานะของเรื่องหนึ่ง."""
    post, given = request.post, request.GET
    figure, clause = given.get("figure", ""), given.get("clause", "")
    within = given.get("within", "")[:20]
    found = map_of(
        post,
        order_for(post, pk),
        within=organisation_for(post, within) if within else None,
        today=timezone.localdate(),
        figure=MapFigure(figure) if figure in MapFigure.values else MapFigure.ANSWERED,
        by=Level.PROVINCE if given.get("by") == Level.PROVINCE else Level.DISTRICT,
        clause=int(clause) if clause.isascii() and clause.isdigit() and len(clause) < 19 else None,
    )
    rows = [_row(one, found) for one in found.figures]
    rows.sort(key=lambda row: _badness(row, found.figure))
    return render(
        request,
        "boards/map.html",
        {
            "map": found,
            "order": found.order,
            "rows": rows,
            "counted": _COUNTED[found.figure],
            "unit": "แห่ง" if found.clause is not None else "งาน",
            "area_words": "อปท." if found.by == Level.LAO else _AREA_WORDS[found.by],
            "percent": found.count * 100 // found.whole if found.whole else 0,
            "path": [
                *((one.short_name, _address(found, within=one.code)) for one in found.path[:-1]),
                (found.path[-1].name, ""),
            ],
            "figures": [
                (one.label, _address(found, figure=one), one == found.figure) for one in MapFigure
            ],
            "ways": [
                (_AREA_WORDS[one], _address(found, by=one), one == found.by)
                for one in (Level.DISTRICT, Level.PROVINCE)
            ]
            if found.within.level in _NATION
            else [],
            "steps": [(at, words) for at, (_, words) in enumerate(_STEPS[found.figure])],
            "is_good_first": found.figure != MapFigure.ANSWERED,
            "outlines": _outlines_address(request, found),
            "subdistricts": _subdistricts(found),
        },
    )


def _address(found: "AreaMap", **other: Any) -> str:
    asked = {
        "within": found.within.code,
        "figure": found.figure.value,
        "by": found.by.value,
        "clause": found.clause.pk if found.clause is not None else "",
        **other,
    }
    return "?" + urlencode({name: str(value) for name, value in asked.items() if value != ""})


def _row(one: "AreaFigure", found: "AreaMap") -> dict[str, Any]:
    number = one.days if found.figure == MapFigure.DAYS else one.percent
    # A few of very many are some: they are no nought of a hundred.
    if found.figure in {MapFigure.LATE, MapFigure.UNRECEIVED} and one.count and not number:
        number = 1
    steps = _STEPS[found.figure]
    step = max(at for at, (lowest, _) in enumerate(steps) if number >= lowest)
    code = one.organisation.code
    is_area = one.organisation.level in {Level.PROVINCE, Level.DISTRICT}
    address = (
        _address(found, within=code) if is_area else reverse("organisation-tasks", args=(code,))
    )
    return {"one": one, "step": step, "address": address}


def _badness(row: dict[str, Any], figure: MapFigure) -> tuple[int, int]:
    one = row["one"]
    if figure == MapFigure.ANSWERED:
        return one.percent, one.count - one.whole
    return (-one.days, -one.count) if figure == MapFigure.DAYS else (-one.percent, -one.count)


def _outlines_address(request: PostRequest, found: "AreaMap") -> str:
    """Where the outlines are: at a new address whenever they were loaded anew."""
    code = "all" if found.within.level in _NATION else found.within.code
    if found.within.level not in _NATION | {Level.PROVINCE, Level.DISTRICT}:
        return ""
    version = boundaries_version(request.post)
    if not version:
        return ""
    return f"{reverse('outlines', args=(code, found.by))}?v={version}"


def _subdistricts(found: "AreaMap") -> dict[str, list[str]]:
    """Which local governments look after each subdistrict, where the map is of a district."""
    by_code: dict[str, list[str]] = {}
    if found.by == Level.LAO:
        for one in found.figures:
            for code in one.organisation.covers:
                by_code.setdefault(code, []).append(one.organisation.code)
    return by_code


@acting
@require_safe
def outlines(request: PostRequest, code: str, level: str) -> HttpResponseBase:
    """แนวเขตที่ย่อแล้ว of an area, for a map: made once, kept, packed, and told by its mark."""
    post = request.post
    if level not in _DIGITS:
        raise NotFound("ไม่มีแนวเขตของระดับนี้")
    version = boundaries_version(post)
    mark = f'"{version}-{code}-{level}"'
    unchanged = get_conditional_response(request, etag=mark)
    if unchanged is not None:
        return unchanged
    key = f"outlines-{version}-{code}-{level}"
    kept = caches["pictures"]
    content = kept.get(key)
    if content is None:
        rows = boundaries_seen_by(post, within="" if code == "all" else code)
        areas = (
            row for row in rows.iterator(chunk_size=500) if len(row.code) == _DIGITS[Level(level)]
        )
        content = outlines_file((row.code, row.name, row.geometry) for row in areas)
        kept.set(key, content, timeout=None)
    response = HttpResponse(content, content_type="application/json")
    response["Content-Encoding"] = "gzip"
    response["ETag"] = mark
    # Public facts: a browser may keep them. Their address changes when they do.
    response["Cache-Control"] = "private, max-age=2592000"
    return response
