"""Setting up: the chain along which an office puts letters up, and the words it endorses with."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from thamthan.errors import NotFound, Refused
from thamthan.letters.actions import ChainPlace, set_chain, set_phrases
from thamthan.letters.queries import (
    chain_of,
    chains_set,
    divisions_of,
    house_of,
    phrases_kept,
    places_of,
)
from thamthan.letters.rules import (
    ENDORSING,
    MOST_PHRASES,
    MOST_PLACES,
    Instruction,
    Matter,
    Onward,
    PhraseLine,
    Place,
)
from thamthan.organisations.queries import posts_seen_by
from thamthan.organisations.rules import Duty, Role
from thamthan.web.doors import PostRequest, acting

if TYPE_CHECKING:
    from thamthan.letters.models import ChainStep
    from thamthan.organisations.models import Post

Choice = tuple[str, str]
EMPTY_ROWS = 2


def _check_keeps(post: "Post") -> None:
    if not post.has_duty(Duty.KEEP_CHAINS):
        raise Refused("ตำแหน่งนี้ไม่มีหน้าที่ตั้งสายการเสนอ", code="not_allowed", status=403)


@acting
@require_safe
def chains(request: PostRequest) -> HttpResponse:
    """สายการเสนอทุกเรื่องของหน่วยงาน."""
    _check_keeps(request.post)
    lines = [
        {"matter": matter, "places": places_of(request.post, matter), "set": _set(request, matter)}
        for matter in Matter
    ]
    return render(
        request, "chains/chains.html", {"lines": lines, "earlier": chains_set(request.post)}
    )


def _set(request: PostRequest, matter: Matter) -> bool:
    chain = chain_of(request.post, matter)
    return chain is not None and not chain.is_default


@acting
@require_http_methods(["GET", "HEAD", "POST"])
def chain(request: PostRequest, matter: str) -> HttpResponse:
    """ตั้งสายการเสนอของเรื่องหนึ่งชนิด."""
    _check_keeps(request.post)
    if matter not in Matter.values:
        raise NotFound("ไม่พบสายการเสนอนี้")
    kind = Matter(matter)
    refused = None
    rows = [_row_of(step) for step in places_of(request.post, kind)]
    if request.method == "POST":
        rows = _rows(request.POST, ("holder", "words"))
        try:
            set_chain(kind, [_place(row) for row in rows if row["holder"]], by=request.post)
        except Refused as refusal:
            refused = refusal
        else:
            messages.success(request, "บันทึกสายการเสนอแล้ว หนังสือที่กำลังเสนออยู่เดินตามสายเดิมจนจบ")
            return redirect("chains")
    count = min(len(rows) + EMPTY_ROWS, MOST_PLACES)
    rows += [{"holder": "", "words": ""}] * (count - len(rows))
    return render(
        request,
        "chains/chain.html",
        {"matter": kind, "rows": rows, "holders": _holders(request.post), "refused": refused},
        status=refused.status if refused else 200,
    )


def _rows(form: QueryDict, names: tuple[str, ...]) -> list[dict[str, str]]:
    """The rows of a form whose fields all have the same names, in their order."""
    columns = [form.getlist(name)[: MOST_PHRASES + EMPTY_ROWS] for name in names]
    return [dict(zip(names, values, strict=True)) for values in zip(*columns, strict=False)]


def _row_of(step: "ChainStep") -> dict[str, str]:
    if step.place == Place.POST:
        holder = f"post:{step.post_id}"
    elif step.place == Place.OWN_DIVISION:
        holder = f"own:{step.role}"
    else:
        code = step.organisation.code if step.organisation is not None else ""
        where = "" if step.place == Place.HOUSE else code
        holder = f"role:{step.role}:{where}"
    return {"holder": holder, "words": step.words}


def _place(row: dict[str, str]) -> ChainPlace:
    kind, _, rest = row["holder"].partition(":")
    role, _, division = rest.partition(":")
    if kind == "post":
        pk = int(rest) if rest.isascii() and rest.isdigit() and len(rest) < 19 else 0
        return ChainPlace(Place.POST, row["words"], post=pk)
    if kind == "own":
        return ChainPlace(Place.OWN_DIVISION, row["words"], role=role)
    place = Place.DIVISION if division else Place.HOUSE
    return ChainPlace(place, row["words"], role=role, division=division)


def _holders(post: "Post") -> list[tuple[str, list[Choice]]]:
    """Who may stand at a place, in groups: roles of the house, heads of divisions, named posts."""
    house = house_of(post)
    roles = [(f"role:{role.value}:", role.label) for role in ENDORSING]
    heads = [
        (f"role:{role.value}:{each.code}", f"{words}{each.name}")
        for each in divisions_of(post)
        for role, words in ((Role.HEAD, "หัวหน้า/ผู้อำนวยการ "), (Role.CLERK, "ธุรการ "))
    ]
    own = [(f"own:{Role.HEAD.value}", "หัวหน้ากองของเจ้าของเรื่อง")]
    today = timezone.localdate()
    named = [
        (f"post:{each.pk}", f"{each.person.name} {each.title}")
        for each in posts_seen_by(post)
        if each.is_in_force(today)
        and each.role in ENDORSING
        and each.organisation.house_path == house.path
        and each.person is not None
    ]
    return [
        (f"ตำแหน่งใน{house.short_name}", roles),
        ("กอง/สำนัก", [*own, *heads]),
        ("ระบุตัวผู้ดำรงตำแหน่ง", named),
    ]


@acting
@require_http_methods(["GET", "HEAD", "POST"])
def phrases(request: PostRequest) -> HttpResponse:
    """ข้อความสำเร็จรูปของหน่วยงาน."""
    _check_keeps(request.post)
    refused = None
    rows = [_phrase_row(line) for line in phrases_kept(request.post)]
    if request.method == "POST":
        rows = _rows(request.POST, ("words", "role", "instruction", "then"))
        try:
            set_phrases([_line(row) for row in rows if row["words"].strip()], by=request.post)
        except Refused as refusal:
            refused = refusal
        else:
            messages.success(request, "บันทึกข้อความแล้ว ที่ลงนามไว้ก่อนหน้านี้คงเดิมทุกตัวอักษร")
            return redirect("phrases")
    empty = {"words": "", "role": "", "instruction": "acknowledge", "then": "next"}
    rows += [empty] * min(EMPTY_ROWS, MOST_PHRASES - len(rows))
    return render(
        request,
        "chains/phrases.html",
        {
            "rows": rows,
            "refused": refused,
            "roles": [("", "ทุกบทบาท"), *((role.value, role.label) for role in ENDORSING)],
            "instructions": Instruction.choices,
            "onwards": _onwards(request.post),
        },
        status=refused.status if refused else 200,
    )


def _phrase_row(line: PhraseLine) -> dict[str, str]:
    then = f"assign {line.to}" if line.onward == Onward.ASSIGN else line.onward.value
    return {
        "words": line.words,
        "role": line.role,
        "instruction": line.instruction.value,
        "then": then,
    }


def _line(row: dict[str, str]) -> PhraseLine:
    onward, _, to = row["then"].partition(" ")
    kind, _, name = to.partition(":")
    if onward not in Onward.values or row["instruction"] not in Instruction.values:
        raise Refused("โปรดเลือกคำสั่งการและปลายทางของทุกข้อความ", code="wrong_phrase", status=400)
    return PhraseLine(
        words=row["words"],
        instruction=Instruction(row["instruction"]),
        onward=Onward(onward),
        role=row["role"],
        to_role=name if kind == "role" else "",
        to_division=name if kind == "division" else "",
    )


def _onwards(post: "Post") -> list[Choice]:
    roles = [
        (f"assign role:{role.value}", f"มอบ{role.label}")
        for role in ENDORSING
        if role not in {Role.CLERK, Role.OFFICER}
    ]
    divisions = [(f"assign division:{each.code}", f"มอบ{each.name}") for each in divisions_of(post)]
    return [
        (Onward.NEXT.value, Onward.NEXT.label),
        (Onward.END.value, Onward.END.label),
        (Onward.ALL.value, Onward.ALL.label),
        *roles,
        *divisions,
    ]
