"""What every page shows round its own matter: the rooms, the acting post, the place in the tree."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

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


_OF_REGISTER = ("register", "letter", "sent-", "number-", "secrets", "storage", "disposal")

# (name, short name, icon, address name, address names that belong to it, duty needed)
_ROOMS: tuple[tuple[str, str, str, str, tuple[str, ...], Duty | None], ...] = (
    ("โต๊ะทำงาน", "โต๊ะ", "desk", "desk", ("desk",), None),
    ("รับหนังสือ", "รับ", "receive", "receive", ("receive",), Duty.REGISTER_LETTERS),
    ("ทะเบียนหนังสือ", "ทะเบียน", "letters", "register", _OF_REGISTER, Duty.READ_LETTERS),
    ("ร่างหนังสือ", "ร่าง", "file", "drafts", ("draft", "letterhead"), Duty.READ_LETTERS),
    ("ติดตามการส่ง", "ส่ง", "letters", "sendings", ("sending",), Duty.READ_LETTERS),
    (
        "หน่วยงาน",
        "หน่วยงาน",
        "organisations",
        "organisations",
        ("organisation", "person", "people"),
        None,
    ),
)


def surroundings(request: HttpRequest) -> dict[str, Any]:
    post = getattr(request, "post", None)
    if post is None:
        return {"acting": None, "posts": (), "rooms": (), "branch": (), "here": ""}
    match = request.resolver_match
    here = match.url_name or "" if match else ""
    codes = [code for code in post.organisation.path.split("/") if code]
    branch = organisations_seen_by(post).filter(code__in=codes).order_by("path")
    return {
        "acting": post,
        "posts": getattr(request, "posts", ()),
        "rooms": list(_rooms(here, post.has_duty)),
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
        try:
            url = reverse(address)
        except NoReverseMatch:
            # A room that is not built yet is simply absent.
            continue
        rooms.append(Room(name, short_name, icon, url, is_here=here.startswith(belonging)))
    return rooms
