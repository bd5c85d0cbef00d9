"""Who asks: a bearer token stands for a post, and every request of the API acts through one."""

from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer

from thamthan.organisations.queries import post_with_token

if TYPE_CHECKING:
    from thamthan.organisations.models import Post


class ApiRequest(HttpRequest):
    """A request past the door: `auth` is the post that the token stands for."""

    auth: "Post"


class PostToken(HttpBearer):
    """กุญแจสำหรับโปรแกรม: `Authorization: Bearer …` → the post it was given to."""

    def authenticate(self, request: HttpRequest, token: str) -> "Post | None":
        return post_with_token(token, now=timezone.now())
