"""What the sums of a round tell whoever reads them: what stands out of it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from thamthan.reports.queries import reported, round_for, standing_out
from thamthan.web.doors import PostRequest, acting


@acting
@require_safe
def round_outstanding(request: PostRequest, pk: int) -> HttpResponse:
    """สิ่งที่เด่นของรอบ: far from the others, changed the most, told by many, the two ends."""
    row, now = round_for(request.post, pk), timezone.now()
    return render(
        request,
        "reports/outstanding.html",
        {
            "round": row,
            "came": reported(request.post, row, now=now),
            "found": standing_out(request.post, row, now=now),
        },
    )
