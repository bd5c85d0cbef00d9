"""A page of a letter's file as a picture."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from thamthan.letters.queries import page_picture_for
from thamthan.web.doors import PostRequest, acting

PICTURE_POLICY = "default-src 'none'; frame-ancestors 'self'"


@acting
@require_safe
def letter_page(request: PostRequest, pk: int, position: int, number: int) -> HttpResponse:
    """ภาพของหน้าหนึ่ง."""
    picture = page_picture_for(request.post, pk, position, number)
    response = HttpResponse(picture.content, content_type=picture.media_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = PICTURE_POLICY
    return response
