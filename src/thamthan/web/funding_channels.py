"""หลักเกณฑ์ของแหล่งเงิน: every channel in force, and all that is known of one, with its sources."""

from itertools import groupby

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from thamthan.organisations.rules import LaoKind
from thamthan.projects.queries import channel_for, channels_in_force, versions_of
from thamthan.projects.rules import Checked, PlanStanding, Shape, Work, channel_of
from thamthan.web.doors import PostRequest, acting
from thamthan.web.orders import check_reads


@acting
@require_safe
def funding_channels(request: PostRequest) -> HttpResponse:
    """แหล่งเงินทั้งหมด by group, each with who may ask, when, and how far it was checked."""
    check_reads(request)
    lines = [(row, channel_of(row.facts)) for row in channels_in_force(request.post)]
    groups = [
        (group.label, list(rows)) for group, rows in groupby(lines, key=lambda line: line[1].group)
    ]
    verified = sum(row.is_verified for row, _ in lines)
    return render(
        request,
        "funding/channels.html",
        {"groups": groups, "count": len(lines), "unverified": len(lines) - verified},
    )


@acting
@require_safe
def funding_channel(request: PostRequest, code: str) -> HttpResponse:
    """หลักเกณฑ์ของแหล่งเงินหนึ่งแห่ง."""
    check_reads(request)
    row = channel_for(request.post, code)
    channel = channel_of(row.facts)
    work, shape = channel.work, channel.shape
    return render(
        request,
        "funding/channel.html",
        {
            "row": row,
            "channel": channel,
            "kinds": [one.label for one in LaoKind if one in channel.who.kinds],
            "unsure": [one.label for one in LaoKind if one in channel.who.unsure],
            "works": [one.label for one in Work if work is not None and one in work.kinds],
            "works_unsure": [one.label for one in Work if work is not None and one in work.unsure],
            "shapes": [one.label for one in Shape if shape is not None and one in shape.kinds],
            "shapes_unsure": [one.label for one in Shape if shape and one in shape.unsure],
            "standings": [one.label for one in PlanStanding if one in channel.standings],
            "said": Checked.SAID,
            "versions": versions_of(request.post, code),
        },
    )
