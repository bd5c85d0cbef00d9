"""Through which post a person acts who is named on the command line."""

from typing import TYPE_CHECKING

from django.utils import timezone

from thamthan.errors import NotFound
from thamthan.organisations.queries import people_seen_by, posts_of_person, system_post_of

if TYPE_CHECKING:
    from thamthan.organisations.models import Post


def post_of_login(login: str, code: str) -> "Post":
    """ตำแหน่งที่บุคคลนี้ใช้ทำแทนหน่วยงานนั้นวันนี้; whoever has none there does not act there."""
    person = people_seen_by(system_post_of(code)).filter(login__iexact=login).first()
    if person is not None:
        for post in posts_of_person(person, today=timezone.localdate()):
            if post.organisation.code == code:
                return post
    raise NotFound(f"“{login}” ไม่มีตำแหน่งในหน่วยงาน {code} วันนี้")
