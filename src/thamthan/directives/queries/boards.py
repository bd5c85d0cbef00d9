"""The status board of one matter: who has sent, who has not, down from one's own house."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import QuerySet

from thamthan.directives.models import Handing, Obligation, Order
from thamthan.directives.queries.board_lines import ReceiverLine, receiver_lines
from thamthan.directives.queries.board_rows import (
    AreaRow,
    Asked,
    Clause,
    ReceiverRow,
    by_name,
    in_order,
    label_of,
    receiver_rows,
    receivers_shown,
)
from thamthan.directives.queries.doors import orders_down_from
from thamthan.directives.queries.tallies import Heads, Place, Tally, tallied
from thamthan.directives.rules import Show, Sort
from thamthan.errors import NotFound
from thamthan.letters.queries import house_of
from thamthan.organisations.models import Organisation, Post
from thamthan.organisations.queries import (
    ancestors_of,
    in_dictionary_order,
    organisations_seen_by,
)
from thamthan.organisations.rules import Duty, Level

A_PAGE = 100
# More names than these are not read: the board says how many, and leads further down.
MOST_NAMES = 60
# The level below, by which a board of this level has its rows.
_BELOW = {
    Level.MINISTRY: Level.PROVINCE,
    Level.DEPARTMENT: Level.PROVINCE,
    Level.PROVINCE: Level.DISTRICT,
}
_AREA_KEYS = {Level.PROVINCE: "province", Level.DISTRICT: "district"}


@dataclass(frozen=True, slots=True)
class Board:
    """กระดานสถานะของเรื่องหนึ่ง within one organisation: rows of areas, or rows of organisations."""

    order: Order
    house: Organisation
    place: Place
    path: tuple[Organisation, ...]
    level: Level
    show: Show
    sort: Sort
    columns: tuple[Clause, ...]
    areas: tuple[AreaRow, ...]
    receivers: tuple[ReceiverRow, ...]
    whole: Tally
    heads: Heads
    page: int
    pages: int
    # Whether the rows are areas, each with many organisations in it.
    is_of_areas: bool

    @property
    def within(self) -> Organisation:
        return self.place.within


def board_place(
    post: Post, order: Order, within: Organisation | None
) -> tuple[Organisation, Place]:
    """ที่ซึ่งกระดานยืน: one's house and where below it one looks; nothing beside or above exists.

    Only for a house that gave this matter or was given it. Of a matter from above a department
    sees what it passed on itself, for it stands beside those to whom its ministry gave it.
    """
    house = house_of(post)
    root = order.top_pk
    if not post.has_duty(Duty.READ_LETTERS):
        raise NotFound("ไม่พบเรื่องสั่งการนี้")
    gave = Order.objects.filter(pk=root, organisation=house).exists()
    if not gave and not Handing.objects.filter(root=root, organisation=house).exists():
        raise NotFound("ไม่พบเรื่องสั่งการนี้")
    if within is None or within == house:
        return house, place_of_house(house, gave_all=gave)
    if not is_below(house, within):
        raise NotFound("หน่วยงานนี้ไม่ได้อยู่ใต้หน่วยงานของท่าน")
    return house, replace(place_of_house(house, gave_all=gave), within=within, reach="")


def place_of_house(house: Organisation, *, gave_all: bool) -> Place:
    """ทั้งหมดที่อยู่ใต้หน่วยงานนี้; without `gave_all` of a department its own share."""
    if house.reach_path == house.path:
        return Place(house)
    return Place(house, reach=house.reach_path, share_of="" if gave_all else house.path)


def is_below(house: Organisation, other: Organisation) -> bool:
    """อยู่ใต้หน่วยงานนี้หรือไม่, or is it: no division, and of a department not its ministry."""
    if other.level == Level.DIVISION or not other.path.startswith(house.reach_path):
        return False
    return other.path != house.reach_path or other == house


def board_columns(
    post: Post, order: Order, house: Organisation, place: Place
) -> tuple[Clause, ...]:
    """สิ่งที่ขอของเรื่องนี้: of the first order, and of each that passed it on down to this place."""
    above = {code for code in place.within.path.split("/") if code} | {house.code}
    asked = (
        Obligation.objects.filter(order__in=_chain(order.top_pk, above, place), dropped_at=None)
        .select_related("directive", "order")
        .order_by("order__organisation__path", "position", "pk")
    )
    return tuple(
        Clause(
            pk=one.pk,
            label=label_of(one),
            text=one.directive.text if one.directive is not None else one.text,
            ask=one.ask_label,
            due_on=one.due_on,
        )
        for one in asked
    )


def _chain(root: int, codes: Iterable[str], place: Place) -> list[int]:
    below = Order.objects.filter(root=root, organisation__code__in=codes)
    if place.share_of:
        below = below.filter(pk__in=orders_down_from(place.share_of))
    return [root, *below.values_list("pk", flat=True)]


def board_of(
    post: Post,
    order: Order,
    *,
    within: Organisation | None = None,
    today: date,
    show: Show = Show.ALL,
    level: Level = Level.LAO,
    sort: Sort = Sort.NAME,
    page: int = 1,
) -> Board:
    """กระดานสถานะ: of local governments by the level below, or of the levels between themselves.

    Where only organisations lie below, each has its row and each task its cell. Counting is the
    database's; a page of it never holds more than the areas, or a hundred organisations.
    """
    house, place = board_place(post, order, within)
    columns = board_columns(post, order, house, place)
    asked = Asked(order.top_pk, place, level, show, today, tuple(one.pk for one in columns))
    below = _BELOW.get(Level(place.within.level)) if level == Level.LAO else None
    board = Board(
        order=order,
        house=house,
        place=place,
        path=board_path(post, house, place.within),
        level=level,
        show=show,
        sort=sort,
        columns=columns,
        areas=(),
        receivers=(),
        whole=Tally(),
        heads=Heads(),
        page=1,
        pages=1,
        is_of_areas=below is not None,
    )
    if below is not None:
        return _with_areas(post, board, asked, below)
    return _with_receivers(board, asked, page)


def board_path(post: Post, house: Organisation, place: Organisation) -> tuple[Organisation, ...]:
    """ทางจากบ้านลงมาถึงที่ซึ่งยืน, both with it."""
    if place == house:
        return (house,)
    above = ancestors_of(post, place)
    between = (one for one in above if one != house and is_below(house, one))
    return (house, *between, place)


def _with_areas(post: Post, board: Board, asked: Asked, below: Level) -> Board:
    key = _AREA_KEYS[below]
    on_task = key if below == Level.PROVINCE else f"handing__{key}"
    cells = tallied(asked.assignments, on_task, "obligation", today=asked.today)
    counted = asked.heads(asked.handings, key)
    rows = list(_areas(post, asked, _by_first(cells), _by_only(counted), is_area=True))
    if (None,) in counted:
        # Whatever lies in no such area stands for itself, as an อบจ. among districts does.
        direct = asked.assignments.filter(**{on_task: None})
        of_each = tallied(direct, "organisation", "obligation", today=asked.today)
        handings = asked.handings.filter(**{key: None})
        own = asked.heads(handings, "organisation")
        rows += _areas(post, asked, _by_first(of_each), _by_only(own), is_area=False)
    if asked.show != Show.ALL:
        rows = [row for row in rows if row.heads.shown]
    return replace(
        board,
        areas=tuple(_sorted(rows, board.sort)),
        whole=sum(cells.values(), Tally()),
        heads=sum(counted.values(), Heads()),
    )


def _by_first(
    cells: Mapping[tuple[int | None, ...], Tally],
) -> dict[int, dict[int | None, Tally]]:
    found: dict[int, dict[int | None, Tally]] = {}
    for (first, second), tally in cells.items():
        if first is not None:
            found.setdefault(first, {})[second] = tally
    return found


def _by_only(counted: Mapping[tuple[int | None, ...], Heads]) -> dict[int, Heads]:
    return {first: one for (first,), one in counted.items() if first is not None}


def _areas(
    post: Post,
    asked: Asked,
    cells: Mapping[int, Mapping[int | None, Tally]],
    counted: Mapping[int, Heads],
    *,
    is_area: bool,
) -> Iterable[AreaRow]:
    named = organisations_seen_by(post).filter(pk__in=list(counted))
    for organisation in in_dictionary_order(named):
        of_it = cells.get(organisation.pk, {})
        yield AreaRow(
            organisation=organisation,
            is_area=is_area,
            heads=counted[organisation.pk],
            cells=tuple(of_it.get(column) for column in asked.columns),
            whole=sum(of_it.values(), Tally()),
        )


def _sorted(rows: list[AreaRow], sort: Sort) -> list[AreaRow]:
    if sort == Sort.WAITING:
        return sorted(rows, key=lambda row: (row.whole.percent, -row.whole.waiting))
    if sort == Sort.LATE:
        return sorted(rows, key=lambda row: -row.whole.late)
    return rows


def _with_receivers(board: Board, asked: Asked, page: int) -> Board:
    whole = tallied(asked.assignments, today=asked.today).get((), Tally())
    counted = asked.heads(asked.handings).get((), Heads())
    pages = max(1, -(-counted.shown // A_PAGE))
    page = min(max(page, 1), pages)
    handings = in_order(receivers_shown(asked), asked, board.sort)
    part = list(handings[(page - 1) * A_PAGE : page * A_PAGE])
    return replace(
        board,
        receivers=tuple(receiver_rows(part, asked)),
        whole=whole,
        heads=counted,
        page=page,
        pages=pages,
    )


def missing_names(post: Post, board: Board, *, today: date) -> list[Handing]:
    """รายชื่อที่ยังขาด: the organisations that such a board is about, where they are not too many."""
    if board.show == Show.ALL or not 0 < board.heads.shown <= MOST_NAMES:
        return []
    return list(_all_shown(board, today=today))


def board_lines(post: Post, board: Board, *, today: date) -> Iterator[ReceiverLine]:
    """ทุกหน่วยงานบนกระดาน: every organisation that the board is about, with its tasks, for a file."""
    return receiver_lines(_all_shown(board, today=today), _asked(board, today=today))


def _all_shown(board: Board, *, today: date) -> QuerySet[Handing]:
    rows = receivers_shown(_asked(board, today=today))
    return rows.order_by(
        by_name("province"), by_name("district"), by_name("organisation"), "organisation_id"
    )


def _asked(board: Board, *, today: date) -> Asked:
    columns = tuple(one.pk for one in board.columns)
    return Asked(board.order.top_pk, board.place, board.level, board.show, today, columns)
