"""What a map shows of one matter: for each area how many of how many, and since when it waits."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Min, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from thamthan.directives.models import Assignment, Handing, Order
from thamthan.directives.queries.board_rows import Clause
from thamthan.directives.queries.boards import board_columns, board_path, board_place
from thamthan.directives.queries.tallies import handings_under, wanted
from thamthan.directives.rules import MapFigure, Show
from thamthan.organisations.models import Organisation, Post
from thamthan.organisations.queries import in_dictionary_order, organisations_seen_by
from thamthan.organisations.rules import Level

_SHOWN = {
    MapFigure.ANSWERED: Show.WAITING,
    MapFigure.LATE: Show.LATE,
    MapFigure.UNRECEIVED: Show.UNRECEIVED,
    MapFigure.DAYS: Show.LATE,
}


@dataclass(frozen=True, slots=True)
class AreaFigure:
    """ค่าของพื้นที่หนึ่ง: `count` of `whole` tasks, and the days since the oldest of them was due."""

    organisation: Organisation
    count: int
    whole: int
    days: int

    @property
    def percent(self) -> int:
        return self.count * 100 // self.whole if self.whole else 0


@dataclass(frozen=True, slots=True)
class AreaMap:
    """แผนที่ของเรื่องหนึ่ง within one organisation, by areas of one level."""

    order: Order
    within: Organisation
    path: tuple[Organisation, ...]
    by: Level
    figure: MapFigure
    columns: tuple[Clause, ...]
    clause: Clause | None
    figures: tuple[AreaFigure, ...]

    @property
    def count(self) -> int:
        return sum(one.count for one in self.figures)

    @property
    def whole(self) -> int:
        return sum(one.whole for one in self.figures)


def map_of(
    post: Post,
    order: Order,
    *,
    within: Organisation | None = None,
    today: date,
    figure: MapFigure = MapFigure.ANSWERED,
    by: Level = Level.DISTRICT,
    clause: int | None = None,
) -> AreaMap:
    """แผนที่สถานะ: of the country by districts or provinces, of a province by its districts.

    In a district each local government stands for the subdistricts that it looks after.
    """
    house, place = board_place(post, order, within)
    if place.within.level == Level.PROVINCE:
        by = Level.DISTRICT
    elif place.within.level not in {Level.MINISTRY, Level.DEPARTMENT}:
        by = Level.LAO
    columns = board_columns(post, order, house, place)
    chosen = next((column for column in columns if column.pk == clause), None)
    asked = [chosen.pk] if chosen is not None else [column.pk for column in columns]
    handings = handings_under([order.top_pk], place, level=Level.LAO)
    key = {Level.PROVINCE: "province", Level.DISTRICT: "district"}.get(by, "organisation")
    counted = dict(_counted(handings, key, figure, asked, today=today))
    # Whatever lies in no area stands for itself.
    if None in counted:
        counted |= dict(
            _counted(handings.filter(**{key: None}), "organisation", figure, asked, today=today)
        )
    return AreaMap(
        order=order,
        within=place.within,
        path=board_path(post, house, place.within),
        by=by,
        figure=figure,
        columns=columns,
        clause=chosen,
        figures=tuple(_figures(post, counted, figure, today=today)),
    )


_Row = tuple[int, int, date | None]


def _counted(
    handings: QuerySet[Handing], key: str, figure: MapFigure, columns: list[int], *, today: date
) -> Iterable[tuple[int | None, _Row]]:
    tasks = Assignment.objects.filter(handing=OuterRef("pk"), obligation__in=columns).order_by()
    shown = tasks.filter(wanted(_SHOWN[figure], today=today))
    found: Any = handings.annotate(tasks=_sub(tasks, Count("pk")), some=_sub(shown, Count("pk")))
    sums: dict[str, Any] = {
        "whole": Coalesce(Sum("tasks"), 0),
        "count": Coalesce(Sum("some"), 0),
    }
    if figure == MapFigure.DAYS:
        found = found.annotate(oldest=_sub(shown, Min("due_on")))
        sums["since"] = Min("oldest")
    for area, whole, count, *since in found.values_list(key).annotate(**sums):
        yield area, (whole, count, since[0] if since else None)


def _sub(tasks: QuerySet[Assignment], counted: Any) -> Subquery:
    return Subquery(tasks.values("handing").annotate(found=counted).values("found"))


def _figures(
    post: Post, counted: Mapping[int | None, _Row], figure: MapFigure, *, today: date
) -> Iterable[AreaFigure]:
    named = organisations_seen_by(post).filter(pk__in=[pk for pk in counted if pk is not None])
    for organisation in in_dictionary_order(named):
        whole, count, since = counted[organisation.pk]
        yield AreaFigure(
            organisation=organisation,
            count=whole - count if figure == MapFigure.ANSWERED else count,
            whole=whole,
            days=(today - since).days if since is not None else 0,
        )
