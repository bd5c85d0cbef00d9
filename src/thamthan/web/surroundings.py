"""What every page shows round its own matter: the rooms, the acting post, the place in the tree."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from thamthan.notices.queries import unread_count
from thamthan.organisations.queries import organisations_seen_by
from thamthan.organisations.rules import Duty


@dataclass(frozen=True, slots=True)
class Room:
    """ห้องงาน in the rail."""

    name: str
    short_name: str
    icon: str
    url: str
    is_here: bool


_OF_ORDERS = (
    "order", "clause", "obligation", "polic", "tasks", "handing", "boards", "report", "round",
)  # fmt: skip
_OF_PROJECTS = ("project", "plan", "budget", "funding", "evidence", "channels")
_OF_REGISTER = ("register", "letter", "sent-", "number-", "secrets", "storage", "disposal")
_OF_DRAFTS = ("draft", "letterhead", "sending")

# (name, short name, icon, address name, address names that belong to it, duty needed)
_ROOMS: tuple[tuple[str, str, str, str, tuple[str, ...], Duty | None], ...] = (
    ("โต๊ะทำงาน", "โต๊ะ", "desk", "desk", ("desk",), None),
    ("รับหนังสือ", "รับ", "receive", "receive", ("receive",), Duty.REGISTER_LETTERS),
    ("ทะเบียนหนังสือ", "ทะเบียน", "letters", "register", _OF_REGISTER, Duty.READ_LETTERS),
    ("เขียนและส่ง", "เขียน", "file", "drafts", _OF_DRAFTS, Duty.READ_LETTERS),
    ("ข้อสั่งการ", "สั่งการ", "orders", "tasks", _OF_ORDERS, Duty.READ_LETTERS),
    ("โครงการและเงิน", "โครงการ", "projects", "projects", _OF_PROJECTS, Duty.READ_LETTERS),
    (
        "หน่วยงาน",
        "หน่วย",
        "organisations",
        "organisations",
        ("organisation", "person", "people", "chain", "phrases"),
        None,
    ),
)

# The pages of one room that stand beside one another: name and address of each.
_BESIDE: tuple[tuple[tuple[str, str], ...], ...] = (
    (("ร่างหนังสือ", "drafts"), ("ติดตามการส่ง", "sendings")),
    (
        ("งานของเรา", "tasks"),
        ("เรื่องที่รับและสั่งการ", "orders"),
        ("รายงาน", "reports"),
        ("รวมผล", "rounds"),
        ("แบบรายงาน", "report-forms"),
        ("ติดตามผล", "boards"),
        ("นโยบาย", "policies"),
    ),
    (
        ("โครงการ", "projects"),
        ("แผนพัฒนา", "plans"),
        ("งบประมาณ", "budget"),
        ("คำขอเงิน", "funding-requests"),
        ("แหล่งเงิน", "funding-channels"),
        ("ตรวจหลักฐาน", "evidence-judging"),
    ),
)


def surroundings(request: HttpRequest) -> dict[str, Any]:
    post = getattr(request, "post", None)
    if post is None:
        return {"acting": None, "posts": (), "rooms": (), "beside": (), "branch": (), "here": ""}
    match = request.resolver_match
    here = match.url_name or "" if match else ""
    codes = [code for code in post.organisation.path.split("/") if code]
    branch = organisations_seen_by(post).filter(code__in=codes).order_by("path")
    return {
        "acting": post,
        "posts": getattr(request, "posts", ()),
        "rooms": list(_rooms(here, post.has_duty)),
        "beside": _beside(here),
        "branch": branch,
        "here": here,
        "unread_notices": unread_count(post),
        "watermark": getattr(request, "watermark", ()),
        # The page of what was found has its own, larger box.
        "may_search": post.has_duty(Duty.READ_LETTERS) and here != "search",
    }


def _rooms(here: str, has_duty: Any) -> list[Room]:
    rooms = []
    for name, short_name, icon, address, belonging, duty in _ROOMS:
        if duty is not None and not has_duty(duty):
            continue
        is_here = here.startswith(belonging)
        rooms.append(Room(name, short_name, icon, reverse(address), is_here=is_here))
    return rooms


def _beside(here: str) -> list[tuple[str, str, bool]]:
    """The pages beside this one, with their addresses, and whether each is this one."""
    for pages in _BESIDE:
        if here in {address for _, address in pages}:
            return [(name, reverse(address), address == here) for name, address in pages]
    return []
