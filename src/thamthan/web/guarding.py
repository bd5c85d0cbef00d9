"""Round every page of a secret letter: each look is kept, and what leaves bears who looked."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone

from thamthan.letters.actions import record_view
from thamthan.letters.queries import is_secret, letter_for
from thamthan.letters.rules import Sight
from thamthan.organisations.rules import Duty
from thamthan.records.watermarks import marked_copy
from thamthan.thai.dates import format_date

if TYPE_CHECKING:
    from thamthan.organisations.models import Post

_SIGHTS = {
    "letter": Sight.PAGE,
    "letter-confirmation": Sight.FORM,
    "letter-doubts": Sight.FORM,
    "letter-page": Sight.PICTURE,
    "letter-file": Sight.COPY,
}
# Pages about a secret letter that show nothing of what stands in it.
_SHOW_NOTHING = frozenset({"letter-reading", "letter-secrecy"})


@dataclass(frozen=True, slots=True)
class Watch:
    """A look at a secret letter that is under way: whose, at which, and the words of the mark."""

    post: "Post"
    pk: int
    words: tuple[str, ...]


def watch_of(request: HttpRequest, post: "Post | None", pk: object) -> Watch | None:
    """Whether the page asked for is one of a secret letter; every address of a letter is."""
    match = request.resolver_match
    name = (match.url_name or "") if match else ""
    if post is None or not isinstance(pk, int) or not name.startswith("letter"):
        return None
    if not is_secret(post, pk):
        return None
    now = timezone.localtime()
    person = post.person.name if post.person else "ระบบ"
    day = format_date(now.date(), style="short")
    words = (
        person,
        f"{post.title} {post.organisation.name}",
        f"ดูเมื่อ {day} เวลา {now:%H.%M.%S} น.",
    )
    return Watch(post=post, pk=pk, words=words)


def guarded(request: HttpRequest, response: HttpResponseBase, watch: Watch) -> HttpResponseBase:
    """What a page of a secret letter answers, with the look kept and the mark upon it."""
    name = (request.resolver_match.url_name or "") if request.resolver_match else ""
    if 300 <= response.status_code < 400 or name in _SHOW_NOTHING:
        return response
    if request.method == "HEAD":
        _content_of(response)
        return HttpResponse(status=response.status_code)
    sight = _SIGHTS.get(name, Sight.OTHER)
    kind = str(response.headers.get("Content-Type", "")).partition(";")[0]
    if kind in {"text/html", "application/json"}:
        pass
    elif "original" in request.GET and watch.post.has_duty(Duty.KEEP_SECRETS):
        sight = Sight.ORIGINAL
    else:
        response = _marked(response, watch)
    row = letter_for(watch.post, watch.pk)
    record_view(row, sight, by=watch.post, part=_part(request, name))
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _marked(response: HttpResponseBase, watch: Watch) -> HttpResponse:
    """The same answer with its content replaced by a marked copy."""
    copy = marked_copy(_content_of(response), response.headers["Content-Type"], words=watch.words)
    marked = HttpResponse(copy.content, content_type=copy.media_type)
    for name, value in response.headers.items():
        if name not in {"Content-Type", "Content-Length"}:
            marked.headers[name] = value
    return marked


def _content_of(response: HttpResponseBase) -> bytes:
    """All that an answer would send, with what it holds open closed."""
    if isinstance(response, FileResponse) or response.streaming:
        content: bytes = b"".join(response.streaming_content)  # type: ignore[attr-defined]  # sync
        # Not `close()`: that would end the whole request, and the look is not kept yet.
        for close in getattr(response, "_resource_closers", ()):
            close()
    else:
        content = response.content  # type: ignore[attr-defined]  # an answer that does not stream
    return content


def _part(request: HttpRequest, name: str) -> str:
    match = request.resolver_match
    given = match.kwargs if match else {}
    if "position" not in given:
        return "" if name in _SIGHTS else name
    page = f" หน้า {given['number']}" if "number" in given else ""
    return f"ไฟล์ที่ {given['position']}{page}"
