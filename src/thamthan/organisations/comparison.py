"""A list of organisations held against the tree: what is new, changed, the same, missing, wrong."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from thamthan.organisations.lists import (
    BANGKOK,
    ListedOrganisation,
    OrganisationList,
    RefusedRow,
)
from thamthan.organisations.models import Organisation, OrganisationSpan
from thamthan.organisations.rules import LaoKind, Level, is_code, may_stand_under
from thamthan.thai.dates import format_date
from thamthan.thai.text import sort_key

_LABELS = {
    "name": "ชื่อ",
    "short_name": "ชื่อย่อ",
    "english_name": "ชื่ออังกฤษ",
    "lao_kind": "ประเภท อปท.",
    "agency_code": "รหัสหนังสือ",
    "covers": "ตำบลที่ดูแล",
}
# What a span keeps: a change of one of these begins a new one.
_DATED = frozenset({"name", "lao_kind", "parent"})


@dataclass(frozen=True, slots=True)
class FieldChange:
    """เดิม → ใหม่ ของช่องหนึ่ง."""

    field: str
    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Change:
    """หน่วยงานหนึ่งที่บัญชีบอกต่างจากเดิม, from what day."""

    organisation: Organisation
    line: int
    fields: tuple[FieldChange, ...]
    on: date

    @property
    def is_dated(self) -> bool:
        """Whether the name, kind or place changed, so that the past must be kept apart."""
        return any(change.field in _DATED for change in self.fields)


@dataclass(frozen=True, slots=True)
class Closing:
    """หน่วยงานหนึ่งที่บัญชีบอกว่ายุบเลิก; its last day, and who takes over."""

    organisation: Organisation
    line: int
    on: date
    successor: Organisation | None


class _Refusal(Exception):
    def __init__(self, reason: str, field: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.field = field


class Comparison:
    """การเทียบบัญชีกับต้นไม้หน่วยงาน: drawn in memory, nothing written.

    1. Each row is settled after the row of its parent, as new, changed, same or refused.
    2. Closings are settled from the leaves up, so that a whole branch can close in one list.
    3. Paths are drawn again from the root down; a moved organisation takes its branch along.
    """

    def __init__(self, listed: OrganisationList, *, scope: str, as_of: date, today: date) -> None:
        self._scope = scope
        self._as_of = as_of
        self._today = today
        self.nodes = {node.code: node for node in Organisation.objects.order_by("path")}
        self._was_path = {node.code: node.path for node in self.nodes.values()}
        by_pk = {node.pk: node for node in self.nodes.values()}
        self._parents: dict[str, Organisation | None] = {
            node.code: by_pk[node.parent_id] if node.parent_id is not None else None
            for node in self.nodes.values()
        }
        self._since = dict(
            OrganisationSpan.objects.filter(until_on=None).values_list("organisation_id", "from_on")
        )
        self.new: list[tuple[Organisation, ListedOrganisation]] = []
        self.changed: list[Change] = []
        self.closed: list[Closing] = []
        self.same = 0
        self.refused: list[RefusedRow] = list(listed.refused)
        self._rows: dict[str, ListedOrganisation] = {}
        self._under_way: set[str] = set()
        self._settled: set[str] = set()
        self._to_close: list[tuple[Organisation, ListedOrganisation]] = []
        self._take(listed.rows)
        for code in self._rows:
            self._settle(code)
        self._settle_closings()
        self.missing = self._missing(listed.rows)
        self.moved = self._draw_paths()
        self.refused.sort(key=lambda row: row.line)

    def parent_of(self, organisation: Organisation) -> Organisation | None:
        return self._parents[organisation.code]

    def _take(self, rows: tuple[ListedOrganisation, ...]) -> None:
        for row in rows:
            former = self.nodes.get(row.former_code)
            if row.code not in self.nodes and former is not None and former.level == row.level:
                # Known under its older code; a code, once given, stays.
                row = replace(row, code=former.code)
            if row.code in self._rows:
                first = self._rows[row.code].line
                self._refuse(row, f"รหัส {row.code} ซ้ำกับบรรทัดที่ {first}", "code")
            else:
                self._rows[row.code] = row

    def _refuse(self, row: ListedOrganisation, reason: str, field: str = "") -> None:
        self.refused.append(RefusedRow(row.line, reason, field, row.code))

    def _settle(self, code: str) -> None:
        if code in self._settled:
            return
        row = self._rows[code]
        if code in self._under_way:
            return
        self._under_way.add(code)
        try:
            if row.parent_code and row.parent_code in self._rows:
                self._settle(row.parent_code)
            kept = self.nodes.get(code)
            if kept is None:
                self._settle_new(row)
            elif row.closed_on is not None or kept.closed_on is not None:
                self._to_close.append((kept, row))
            else:
                self._settle_kept(kept, row)
        except _Refusal as refusal:
            self._refuse(row, refusal.reason, refusal.field)
        self._under_way.discard(code)
        self._settled.add(code)

    def _parent(self, row: ListedOrganisation, kept: Organisation | None) -> Organisation | None:
        if row.parent_code is None and kept is not None:
            return self._parents[kept.code]
        if row.parent_code is None:
            roots = [code for code, parent in self._parents.items() if parent is None]
            if len(roots) != 1:
                raise _Refusal("บัญชีไม่บอกสังกัด และต้นไม้ไม่ได้มีรากเดียว", "parent")
            return self.nodes[roots[0]]
        if not row.parent_code:
            return None
        parent = self.nodes.get(row.parent_code)
        if parent is None or row.parent_code == row.code:
            raise _Refusal(f"ไม่พบหน่วยงานสังกัด รหัส {row.parent_code}", "parent")
        return parent

    def _check_place(
        self, row: ListedOrganisation, *, level: str, kind: str, parent: Organisation | None
    ) -> None:
        if (level == Level.LAO) != bool(kind) or kind not in {"", *LaoKind.values}:
            raise _Refusal("ประเภท อปท. ต้องมีสำหรับ อปท. และมีได้เฉพาะ อปท.", "lao_kind")
        above = parent.level if parent is not None else None
        if not may_stand_under(level, above, parent_kind=parent.lao_kind if parent else ""):
            place = f"สังกัด{Level(above).label}" if above else "เป็นราก"
            raise _Refusal(f"{Level(level).label} {place}ไม่ได้", "parent")
        if parent is not None and parent.closed_on is not None:
            raise _Refusal(f"{parent.name} ยุบเลิกแล้ว", "parent")

    def _check_no_circle(self, kept: Organisation, parent: Organisation | None) -> None:
        above = parent
        while above is not None:
            if above is kept:
                raise _Refusal("สังกัดวนกลับมาหาตัวเอง", "parent")
            above = self._parents[above.code]

    def _check_scope(self, organisation: Organisation | None) -> None:
        # What the list itself adds lies where its own parent was looked at.
        path = self._was_path.get(organisation.code) if organisation is not None else ""
        if path is not None and not path.startswith(self._scope):
            raise _Refusal("อยู่นอกหน่วยงานที่ท่านดูแล", "parent")

    def _settle_new(self, row: ListedOrganisation) -> None:
        if not is_code(row.code):
            raise _Refusal("รหัสต้องเป็นเลข ตัวอักษร A–Z หรือขีด ไม่เกิน 20 ตัว", "code")
        if row.level not in Level.values or not row.name:
            raise _Refusal("หน่วยงานใหม่ต้องมีชื่อและระดับ", "name")
        parent = self._parent(row, None)
        kind = row.lao_kind or ""
        self._check_scope(parent)
        self._check_place(row, level=row.level, kind=kind, parent=parent)
        if row.closed_on is not None:
            self._check_closing_day(row.closed_on, since=row.valid_from)
        node = Organisation(
            code=row.code,
            name=row.name,
            short_name=row.short_name or row.name[:120],
            english_name=row.english_name or "",
            level=row.level,
            lao_kind=kind,
            parent=parent,
            sort_key=sort_key(row.name)[:300],
            agency_code=row.agency_code or "",
            covers=list(row.covers or ()),
            closed_on=row.closed_on,
        )
        if row.succeeded_by:
            node.succeeded_by = self._successor(row, node)
        self.nodes[row.code] = node
        self._parents[row.code] = parent
        self.new.append((node, row))

    def _settle_kept(self, kept: Organisation, row: ListedOrganisation) -> None:
        if row.level is not None and row.level != kept.level:
            raise _Refusal(f"รหัสนี้เป็นของ{kept.name} ระดับเปลี่ยนไม่ได้ ให้ยุบเลิกแล้วตั้งใหม่", "level")
        parent = self._parent(row, kept)
        before = self._parents[kept.code]
        fields = list(_differences(kept, row))
        if parent is not before:
            self._check_scope(parent)
            self._check_no_circle(kept, parent)
            fields.append(
                FieldChange(
                    "parent",
                    "สังกัด",
                    before.name if before else "–",
                    parent.name if parent else "–",
                )
            )
        if not fields:
            self.same += 1
            return
        self._check_scope(kept)
        kind = kept.lao_kind if row.lao_kind is None else row.lao_kind
        self._check_place(row, level=kept.level, kind=kind, parent=parent)
        change = Change(kept, row.line, tuple(fields), row.valid_from or self._as_of)
        since = self._since.get(kept.pk)
        if change.is_dated and since is not None and change.on < since:
            raise _Refusal(f"มีการเปลี่ยนแปลงเมื่อ {format_date(since)} แล้ว แก้ย้อนหลังก่อนวันนั้นไม่ได้", "on")
        for each in fields:
            if each.field != "parent":
                wanted = getattr(row, each.field)
                setattr(kept, each.field, list(wanted) if each.field == "covers" else wanted)
        kept.sort_key = sort_key(kept.name)[:300]
        kept.parent = parent
        self._parents[kept.code] = parent
        self.changed.append(change)

    def _successor(self, row: ListedOrganisation, node: Organisation) -> Organisation | None:
        if not row.succeeded_by:
            return None
        successor = self.nodes.get(row.succeeded_by)
        if successor is None or successor is node:
            raise _Refusal(f"ไม่พบหน่วยงานที่รับช่วง รหัส {row.succeeded_by}", "succeeded_by")
        return successor

    def _check_closing_day(self, day: date, *, since: date | None) -> None:
        if day > self._today:
            raise _Refusal("ยังไม่ถึงวันที่ยุบเลิก", "closed_on")
        if since is not None and day < since:
            raise _Refusal(f"ยุบเลิกก่อนวันที่ {format_date(since)} ไม่ได้", "closed_on")

    def _settle_closings(self) -> None:
        self._to_close.sort(key=lambda pair: -self._was_path[pair[0].code].count("/"))
        for kept, row in self._to_close:
            try:
                self._settle_closing(kept, row)
            except _Refusal as refusal:
                self._refuse(row, refusal.reason, refusal.field)

    def _settle_closing(self, kept: Organisation, row: ListedOrganisation) -> None:
        successor = self._successor(row, kept)
        if kept.closed_on is not None:
            if row.closed_on != kept.closed_on or successor not in {None, kept.succeeded_by}:
                raise _Refusal(
                    f"{kept.name} ยุบเลิกแล้วเมื่อ {format_date(kept.closed_on)}", "closed_on"
                )
            self.same += 1
            return
        if row.closed_on is None:
            return
        self._check_scope(kept)
        moves = (
            row.parent_code is not None and self._parent(row, kept) is not self._parents[kept.code]
        )
        if moves or any(each.field in _DATED for each in _differences(kept, row)):
            raise _Refusal("บรรทัดเดียวทั้งเปลี่ยนและยุบเลิกไม่ได้", "closed_on")
        self._check_closing_day(row.closed_on, since=self._since.get(kept.pk))
        below = [
            node
            for node in self.nodes.values()
            if self._parents[node.code] is kept and node.closed_on is None
        ]
        standing = [node.name for node in below if node.level != Level.DIVISION]
        if standing:
            raise _Refusal(f"ยังมีหน่วยงานใต้สังกัด เช่น {standing[0]}", "closed_on")
        for node in [*below, kept]:
            node.closed_on = row.closed_on
            node.succeeded_by = successor if node is kept else None
            self.closed.append(Closing(node, row.line, row.closed_on, node.succeeded_by))

    def _missing(self, rows: tuple[ListedOrganisation, ...]) -> list[Organisation]:
        # Bangkok stands in the list of provinces, which says nothing of other local governments.
        levels = {row.level for row in rows if row.code != BANGKOK}
        return [
            node
            for node in self.nodes.values()
            if node.pk is not None
            and node.closed_on is None
            and node.level in levels
            and node.code not in self._rows
            and self._was_path[node.code].startswith(self._scope)
        ]

    def _draw_paths(self) -> list[Organisation]:
        drawn: dict[str, str] = {}

        def path_of(node: Organisation) -> str:
            if node.code not in drawn:
                parent = self._parents[node.code]
                drawn[node.code] = f"{path_of(parent) if parent else ''}{node.code}/"
            return drawn[node.code]

        for node in self.nodes.values():
            node.path = path_of(node)
        return [
            node
            for node in self.nodes.values()
            if node.pk is not None and node.path != self._was_path[node.code]
        ]


def _differences(kept: Organisation, row: ListedOrganisation) -> Iterator[FieldChange]:
    for field, label in _LABELS.items():
        new = getattr(row, field)
        old = getattr(kept, field)
        if new is None or (list(new) == old if field == "covers" else new == old):
            continue
        yield FieldChange(field, label, _shown(field, kept), _shown(field, row))


def _shown(field: str, row: Organisation | ListedOrganisation) -> str:
    value = getattr(row, field)
    return " ".join(value) if field == "covers" else str(value) or "–"
