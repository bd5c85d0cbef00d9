"""The adopt page: the letter's own words on one side, its clauses on the other, one button."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from thamthan.directives.actions import (
    add_directive,
    drop_directive,
    merge_directives,
    put_under_policies,
    restore_directive,
    reword_directive,
    split_directive,
)
from thamthan.directives.queries import (
    Clauses,
    OpenClause,
    clause_for,
    clauses_of,
    order_for,
    policies_seen_by,
    policies_suggested,
)
from thamthan.directives.rules import OrderState
from thamthan.errors import NotFound, Refused
from thamthan.letters.queries import drawn_pages_of, files_of, letter_for, readings_of
from thamthan.letters.rules import Direction
from thamthan.organisations.rules import Duty
from thamthan.reading.model import Span
from thamthan.web.clause_form import ClauseForm, keys, lines_of
from thamthan.web.doors import PostRequest, acting, is_fragment
from thamthan.web.letters import seen_version, shown_file
from thamthan.web.outlines import paper_of
from thamthan.web.paper import marked_pages

if TYPE_CHECKING:
    from thamthan.directives.models import Directive, Order
    from thamthan.letters.queries import ReadLetter


@acting
@require_safe
def order_clauses(request: PostRequest, pk: int) -> HttpResponse:
    """ข้อสั่งการของเรื่องหนึ่ง."""
    return clauses_page(request, order_for(request.post, pk))


def clauses_page(
    request: PostRequest, order: "Order", *, refused: Refused | None = None, at: str = ""
) -> HttpResponse:
    """All clauses; `at` is the element to come back to where only a part of the page is asked."""
    clauses = clauses_of(request.post, order)
    is_open = order.state == OrderState.DRAFTING and _may_change(request, order)
    read = _read(request, order)
    suggested = []
    if is_open:
        text = "\n".join(read.pages) if read is not None else ""
        suggested = policies_suggested(request.post, clauses, text=text, today=timezone.localdate())
    response = pane(
        request,
        order,
        "orders/parts/clauses.html",
        {
            "clauses": clauses,
            "shared": [one.pk for one in clauses.shared],
            "is_open": is_open,
            "is_own": order.letter is not None and order.letter.direction == Direction.SENT,
            "is_locked": order.state != OrderState.DRAFTING,
            "suggested": suggested,
            "refused": refused,
            "today": timezone.localdate(),
        },
        clauses=clauses,
        read=read,
        status=refused.status if refused is not None else 200,
    )
    if at and is_fragment(request):
        response["HX-Retarget"] = "#clauses"
        response["HX-Reswap"] = f"outerHTML show:#{at}:top"
    return response


def pane(
    request: PostRequest,
    order: "Order",
    template: str,
    context: dict[str, Any],
    *,
    clauses: Clauses | None = None,
    read: "ReadLetter | None" = None,
    status: int = 200,
) -> HttpResponse:
    """One side of the page: alone where htmx asks for it, else with the letter beside it."""
    context = {**context, "order": order, "pane": template}
    if is_fragment(request):
        # htmx puts only what went well in its place; what is wrong is told in the part itself.
        return render(request, template, context)
    clauses = clauses or clauses_of(request.post, order)
    read = read or _read(request, order)
    return render(
        request,
        "orders/clauses.html",
        {**context, **_paper(request, order, clauses, read)},
        status=status,
    )


def saved(request: PostRequest, order_pk: int, *, at: str) -> HttpResponse:
    """Back to all clauses, at the one that was changed."""
    if is_fragment(request):
        return clauses_page(request, order_for(request.post, order_pk), at=at)
    return redirect(f"{reverse('order-clauses', args=(order_pk,))}#{at}")


def _may_change(request: PostRequest, order: "Order") -> bool:
    is_own = order.organisation.house_path == request.post.organisation.house_path
    return is_own and request.post.has_duty(Duty.ORDER)


def open_order(request: PostRequest, pk: int) -> "Order":
    """The order, to be worked over by this post; what may only be looked at has no such pages."""
    order = order_for(request.post, pk)
    if not _may_change(request, order):
        raise Refused("ตำแหน่งนี้ไม่มีหน้าที่แยกข้อสั่งการของเรื่องนี้", code="not_allowed", status=403)
    return order


def _read(request: PostRequest, order: "Order") -> "ReadLetter | None":
    letter = order.letter
    if letter is None or letter.organisation.house_path != request.post.organisation.house_path:
        # The letter of another house is not shown; the letter's words stand beside each clause.
        return None
    return readings_of(request.post, letter_for(request.post, letter.pk))


def _paper(
    request: PostRequest, order: "Order", clauses: Clauses, read: "ReadLetter | None"
) -> dict[str, Any]:
    """The letter as the confirm page shows it, with the clauses marked instead of the fields."""
    letter = order.letter
    if letter is None or read is None:
        return {"has_paper": False}
    spans = list(_spans(clauses))
    boxes = [(path, span.page, span.box) for span, path, _ in spans if span.box is not None]
    papers = paper_of(letter.pk, read, drawn_pages_of(request.post, letter), only=boxes)
    files = [shown_file(file) for file in files_of(request.post, letter)]
    for file in files:
        file["sheets"] = papers.sheets(file["position"])
    places = [(_start_of(span, read.pages) if above else span, path) for span, path, above in spans]
    marked = marked_pages(read.pages, read.reading, places=places)
    return {
        "has_paper": True,
        "paper_note": "คำที่แต้มสีคือข้อสั่งการ กดเพื่อไปยังข้อนั้น",
        "letter": letter,
        "files": files,
        "pages": marked,
    }


def _spans(clauses: Clauses) -> Any:
    for line in clauses.lines:
        rows = [line.directive, *line.directive.merged.all()]
        for given in (row.span for row in rows if row.span):
            box = given.get("box")
            span = Span(
                int(given.get("page", 1)),
                int(given.get("start", 0)),
                int(given.get("end", 0)),
                tuple(box) if box else None,
            )
            yield span, f"clause-{line.directive.pk}", line.has_measures


def _start_of(span: Span, pages: Any) -> Span:
    # A whole paragraph would drown the marks of its measures in it: its number is enough.
    text = pages[span.page - 1] if span.page <= len(pages) else ""
    head = text[span.start : span.end].split(maxsplit=1)
    end = span.start + (len(head[0]) if head else 0)
    return Span(span.page, span.start, min(end, span.start + 4))


@acting
@require_http_methods(["GET", "HEAD", "POST"])
def clause(request: PostRequest, pk: int, clause_pk: int) -> HttpResponse:
    """แก้ไขข้อหนึ่ง: word it, split it, merge it with the one before, drop it or take it back."""
    order = open_order(request, pk)
    row = clause_for(request.post, order, clause_pk)
    clauses = clauses_of(request.post, order)
    line = next((one for one in clauses.lines if one.directive.pk == row.pk), None)
    if request.method != "POST":
        if line is None:
            raise NotFound("ข้อนี้เอาออกไปแล้ว")
        if order.state != OrderState.DRAFTING:
            return redirect("order-clauses", pk=pk)
        return _clause_pane(request, order, line, ClauseForm(request.post, line))
    deed = request.POST.get("deed", "save")
    seen = seen_version(request)
    if deed in _ONE_PRESS:
        at = f"u-clause-{row.pk}" if deed == "restore" else "clauses"
        return one_press(
            request, order, lambda: _ONE_PRESS[deed](row, by=request.post, seen_version=seen), at=at
        )
    if line is None:
        raise Refused("ข้อนี้เอาออกไปแล้ว", code="clause_dropped")
    return _changed(request, order, line, deed, seen)


_ONE_PRESS: dict[str, Callable[..., object]] = {
    "drop": drop_directive,
    "restore": restore_directive,
}


def one_press(
    request: PostRequest, order: "Order", act: Callable[[], object], *, at: str
) -> HttpResponse:
    """Do one thing that needs no typing; a refusal is told above the clauses as they are now."""
    try:
        act()
    except Refused as refused:
        if refused.status == 403:
            raise
        fresh = order_for(request.post, order.pk)
        return clauses_page(request, fresh, refused=refused, at="clauses")
    return saved(request, order.pk, at=at)


def _changed(
    request: PostRequest, order: "Order", line: OpenClause, deed: str, seen: int
) -> HttpResponse:
    form = ClauseForm(request.post, line, posted=request.POST)
    try:
        if deed == "split":
            _split(request, line.directive, form, seen)
        elif deed == "merge" and line.before is not None:
            _merge(request, line.before, line.directive, form, seen)
            return saved(request, order.pk, at=f"u-clause-{line.before.pk}")
        else:
            given = form.worded(text=form.text)
            reword_directive(line.directive, given, by=request.post, seen_version=seen)
    except Refused as refused:
        if refused.status == 403:
            raise
        fresh = order_for(request.post, order.pk)
        form.refuse(refused, now=clause_for(request.post, fresh, line.directive.pk))
        return _clause_pane(request, fresh, line, form, status=refused.status)
    return saved(request, order.pk, at=f"u-clause-{line.directive.pk}")


def _split(request: PostRequest, row: "Directive", form: ClauseForm, seen: int) -> None:
    texts = lines_of(form.text)
    # What was typed elsewhere in the form is kept, whichever button was pressed.
    if len(texts) > 1 and form.is_changed_besides_text:
        given = form.worded(text=row.text)
        reword_directive(row, given, by=request.post, seen_version=seen)
        seen += 1
        row.refresh_from_db()
    split_directive(row, texts, by=request.post, seen_version=seen)


def _merge(
    request: PostRequest, before: "Directive", row: "Directive", form: ClauseForm, seen: int
) -> None:
    if form.is_changed:
        given = form.worded(text=form.text)
        reword_directive(row, given, by=request.post, seen_version=seen)
        seen += 1
    merge_directives(before, row, by=request.post, seen_version=seen)


def _clause_pane(
    request: PostRequest, order: "Order", line: OpenClause, form: ClauseForm, *, status: int = 200
) -> HttpResponse:
    return pane(
        request,
        order,
        "orders/parts/clause_form.html",
        {"line": line, "clause": line.directive, "form": form},
        status=status,
    )


@acting
@require_http_methods(["GET", "HEAD", "POST"])
def clause_new(request: PostRequest, pk: int) -> HttpResponse:
    """เพิ่มข้อที่หนังสือไม่ได้เขียนแยกไว้."""
    order = open_order(request, pk)
    clauses = clauses_of(request.post, order)
    given = request.POST if request.method == "POST" else request.GET
    problem, where = "", given.get("where", "")[:40]
    text = given.get("text", "").replace("\x00", "")
    if request.method == "POST":
        kind, _, key = where.partition("-")
        found = {str(line.directive.pk): line.directive for line in clauses.lines}.get(key)
        beside = {"after": "after", "below": "parent"}.get(kind)
        place = {beside: found} if beside is not None and found is not None else {}
        try:
            row = add_directive(
                order, text, by=request.post, seen_version=seen_version(request), **place
            )
        except Refused as refused:
            if refused.status == 403:
                raise
            problem = refused.message
            order = order_for(request.post, pk)
        else:
            return saved(request, pk, at=f"u-clause-{row.pk}")
    context = {"places": _places(clauses), "problem": problem, "where": where, "text": text}
    return pane(
        request, order, "orders/parts/clause_new.html", context, status=409 if problem else 200
    )


def _places(clauses: Clauses) -> list[tuple[str, str]]:
    """Where a new clause may stand: at the end, after each, below each of the first rank."""
    places = [("", "ท้ายสุด เป็นข้อใหม่")]
    for line in clauses.lines:
        row = line.directive
        start = row.text[:50] + ("…" if len(row.text) > 50 else "")
        places.append((f"after-{row.pk}", f"ถัดจากข้อ {row.number} {start}"))
        if line.depth == 0:
            places.append((f"below-{row.pk}", f"ใต้ข้อ {row.number} เป็นข้อย่อยสุดท้าย"))
    return places


@acting
@require_POST
def order_policies(request: PostRequest, pk: int) -> HttpResponse:
    """ยืนยันนโยบายที่เสนอ: those left ticked hold for every clause."""
    order = open_order(request, pk)
    chosen = list(policies_seen_by(request.post).filter(pk__in=keys(request.POST, "policy")))
    seen = seen_version(request)
    act = lambda: put_under_policies(order, chosen, by=request.post, seen_version=seen)  # noqa: E731
    return one_press(request, order, act, at="clauses")
