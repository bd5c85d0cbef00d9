"""Writing a compared list into the tree: in one go, the past kept, each change in history."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from thamthan.errors import Refused
from thamthan.organisations.comparison import Change, Closing, Comparison
from thamthan.organisations.lists import OrganisationList, Outline, RefusedRow
from thamthan.organisations.models import Boundary, Organisation, OrganisationSpan, Post
from thamthan.organisations.rules import Duty, Installation, Level, Role
from thamthan.records.actions import record, record_each
from thamthan.records.rules import Verb

# The system has no day of appointment; any day before the first letter will do.
SYSTEM_SINCE = date(2000, 1, 1)
_BATCH = 1000


@dataclass(frozen=True, slots=True)
class ListPreview:
    """ผลการเทียบบัญชี: what writing the list would do, or has done."""

    new: tuple[Organisation, ...]
    changed: tuple[Change, ...]
    closed: tuple[Closing, ...]
    same: int
    missing: tuple[Organisation, ...]
    refused: tuple[RefusedRow, ...]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to write."""
        return not (self.new or self.changed or self.closed)


@dataclass(frozen=True, slots=True)
class BoundaryPreview:
    """ผลการเทียบแนวเขต."""

    new: int
    changed: tuple[str, ...]
    same: int
    refused: tuple[RefusedRow, ...]


def check_may_load(by: Post | Installation) -> None:
    """Refuse unless this post may load official lists."""
    if isinstance(by, Post) and not by.has_duty(Duty.LOAD_LISTS):
        raise Refused("ท่านไม่มีสิทธินำเข้าบัญชี", code="not_allowed", status=403)
    if isinstance(by, Installation) and Organisation.objects.exists():
        raise Refused("ติดตั้งหน่วยงานแรกไปแล้ว", code="already_installed", status=403)


def compare(listed: OrganisationList, *, by: Post | Installation, as_of: date) -> Comparison:
    """Hold the list against the tree as far as `by` keeps it. Writes nothing."""
    today = timezone.localdate()
    if as_of > today:
        raise Refused("วันที่มีผลยังมาไม่ถึง", code="day_to_come", status=400, field="on")
    scope = by.organisation.path if isinstance(by, Post) else ""
    if isinstance(by, Post) and by.role == Role.SYSTEM and by.organisation.parent_id is None:
        # The system at a root may plant another root beside it.
        scope = ""
    return Comparison(listed, scope=scope, as_of=as_of, today=today)


def preview_of(comparison: Comparison) -> ListPreview:
    return ListPreview(
        new=tuple(node for node, _ in comparison.new),
        changed=tuple(comparison.changed),
        closed=tuple(comparison.closed),
        same=comparison.same,
        missing=tuple(comparison.missing),
        refused=tuple(comparison.refused),
    )


def lock_tree() -> None:
    """One writer of the tree at a time: whoever writes it holds its roots."""
    list(Organisation.objects.select_for_update(no_key=True).filter(parent=None).order_by("pk"))


@transaction.atomic
def write(comparison: Comparison, *, by: Post | Installation) -> None:
    """Write what the comparison drew. The caller holds the tree's lock since before comparing."""
    _write_new(comparison)
    _write_changed(comparison)
    _write_closed(comparison.closed, by=by)
    record_each(
        Verb.ORGANISATION_CREATED,
        [(node, {"code": node.code, "name": node.name}) for node, _ in comparison.new],
        by=by,
    )
    record_each(
        Verb.ORGANISATION_CHANGED,
        [
            (
                change.organisation,
                {each.field: [each.old, each.new] for each in change.fields}
                | {"on": change.on.isoformat()},
            )
            for change in comparison.changed
        ],
        by=by,
    )


def _write_new(comparison: Comparison) -> None:
    rows = sorted(comparison.new, key=lambda pair: pair[0].path.count("/"))
    heirs = [(node, node.succeeded_by) for node, _ in rows if node.succeeded_by is not None]
    for node, _ in heirs:
        node.succeeded_by = None
    for depth in sorted({node.path.count("/") for node, _ in rows}):
        # A floor at a time, so that every parent has its key before its children are written.
        floor = [node for node, _ in rows if node.path.count("/") == depth]
        for node in floor:
            node.parent = comparison.parent_of(node)
        Organisation.objects.bulk_create(floor, batch_size=_BATCH)
    for node, successor in heirs:
        node.succeeded_by = successor
    Organisation.objects.bulk_update(
        [node for node, _ in heirs], ["succeeded_by"], batch_size=_BATCH
    )
    OrganisationSpan.objects.bulk_create(
        [
            _span(comparison, node, from_on=row.valid_from, until_on=row.closed_on)
            for node, row in rows
        ],
        batch_size=_BATCH,
    )
    Post.objects.bulk_create(
        [system_post(node) for node, _ in rows if node.level != Level.DIVISION],
        batch_size=_BATCH,
    )


def system_post(organisation: Organisation) -> Post:
    """The post the system acts through in an organisation, not yet kept."""
    return Post(organisation=organisation, role=Role.SYSTEM, title="ระบบ", from_on=SYSTEM_SINCE)


def _span(
    comparison: Comparison,
    node: Organisation,
    *,
    from_on: date | None,
    until_on: date | None = None,
) -> OrganisationSpan:
    parent = comparison.parent_of(node)
    return OrganisationSpan(
        organisation=node,
        name=node.name,
        level=node.level,
        lao_kind=node.lao_kind,
        parent_code=parent.code if parent else "",
        from_on=from_on,
        until_on=until_on,
    )


def _write_changed(comparison: Comparison) -> None:
    touched = {change.organisation.code: change.organisation for change in comparison.changed}
    touched |= {node.code: node for node in comparison.moved}
    for node in touched.values():
        node.parent = comparison.parent_of(node)
    Organisation.objects.bulk_update(
        touched.values(),
        [
            "name",
            "short_name",
            "english_name",
            "lao_kind",
            "parent",
            "path",
            "sort_key",
            "agency_code",
            "covers",
        ],
        batch_size=_BATCH // 4,
    )
    dated = {change.organisation.pk: change for change in comparison.changed if change.is_dated}
    ended: list[OrganisationSpan] = []
    same_day: list[OrganisationSpan] = []
    begun: list[OrganisationSpan] = []
    for span in OrganisationSpan.objects.filter(organisation__in=dated, until_on=None):
        change = dated[span.organisation_id]
        fresh = _span(comparison, change.organisation, from_on=change.on)
        if span.from_on == change.on:
            # The second word of a day counts: a day has one name.
            fresh.pk = span.pk
            same_day.append(fresh)
            continue
        span.until_on = change.on - timedelta(days=1)
        ended.append(span)
        begun.append(fresh)
    OrganisationSpan.objects.bulk_update(ended, ["until_on"], batch_size=_BATCH)
    OrganisationSpan.objects.bulk_update(
        same_day, ["name", "level", "lao_kind", "parent_code"], batch_size=_BATCH
    )
    OrganisationSpan.objects.bulk_create(begun, batch_size=_BATCH)


def _write_closed(closings: list[Closing], *, by: Post | Installation) -> None:
    if not closings:
        return
    for closing in closings:
        # Read again for its key, which it may only now have been given.
        closing.organisation.succeeded_by = closing.successor
    last_days = {closing.organisation.pk: closing.on for closing in closings}
    Organisation.objects.bulk_update(
        [closing.organisation for closing in closings],
        ["closed_on", "succeeded_by"],
        batch_size=_BATCH,
    )
    spans = list(OrganisationSpan.objects.filter(organisation__in=last_days, until_on=None))
    for span in spans:
        span.until_on = last_days[span.organisation_id]
    OrganisationSpan.objects.bulk_update(spans, ["until_on"], batch_size=_BATCH)
    _end_posts(last_days, by=by)
    record_each(
        Verb.ORGANISATION_CLOSED,
        [
            (
                closing.organisation,
                {
                    "on": closing.on.isoformat(),
                    "succeeded_by": closing.successor.code if closing.successor else "",
                },
            )
            for closing in closings
        ],
        by=by,
    )


def _end_posts(last_days: dict[int, date], *, by: Post | Installation) -> None:
    # A post ends with its organisation; the system's stays, for what is still to be settled.
    posts = [
        post
        for post in Post.objects.select_for_update()
        .filter(organisation__in=last_days)
        .exclude(role=Role.SYSTEM)
        if post.until_on is None or post.until_on > last_days[post.organisation_id]
    ]
    for post in posts:
        post.until_on = max(post.from_on, last_days[post.organisation_id])
    Post.objects.bulk_update(posts, ["until_on"], batch_size=_BATCH)
    record_each(
        Verb.POST_ENDED,
        [(post, {"on": str(post.until_on), "why": "ยุบเลิกหน่วยงาน"}) for post in posts],
        by=by,
    )


def compare_boundaries(
    outlines: list[Outline], refused: list[RefusedRow], *, write_as: Post | None
) -> BoundaryPreview:
    """Hold outlines against those kept; with `write_as`, write the new and the changed ones."""
    kept = {
        boundary.code: boundary
        for start in range(0, len(outlines), _BATCH)
        for boundary in Boundary.objects.filter(
            code__in=[outline.code for outline in outlines[start : start + _BATCH]]
        )
    }
    new: list[Boundary] = []
    changed: list[Boundary] = []
    for outline in outlines:
        boundary = kept.get(outline.code)
        if boundary is None:
            new.append(Boundary(code=outline.code, name=outline.name, geometry=outline.geometry))
        elif (boundary.name, boundary.geometry) != (outline.name, outline.geometry):
            boundary.name, boundary.geometry = outline.name, outline.geometry
            changed.append(boundary)
    preview = BoundaryPreview(
        new=len(new),
        changed=tuple(boundary.name for boundary in changed),
        same=len(outlines) - len(new) - len(changed),
        refused=tuple(refused),
    )
    if write_as is not None and (new or changed):
        Boundary.objects.bulk_create(new, batch_size=_BATCH)
        Boundary.objects.bulk_update(changed, ["name", "geometry"], batch_size=_BATCH)
        record(
            Verb.BOUNDARIES_LOADED,
            write_as.organisation,
            by=write_as,
            new=len(new),
            changed=len(changed),
        )
    return preview
