"""Programs read what a house owes, fill it in, send it; and read what all of it comes to."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client

from tests.reports.reports import opened, report_of
from tests.world import World
from thamthan.organisations.models import Post

pytestmark = pytest.mark.django_db

Program = Callable[[Post], Client]
JSON: dict[str, Any] = {"content_type": "application/json"}


@time_machine.travel("2026-03-20T09:00:00+07:00", tick=False)
def test_a_report_is_filled_sent_accepted_and_summed(world: World, program: Program) -> None:
    round_ = opened(world, [world.nong_kapu, world.tha_sen])
    report = report_of(round_, world.nong_kapu)
    client = program(world.clerk)
    (owed,) = client.get("/api/v1/reports").json()["items"]
    assert (owed["id"], owed["state"], owed["due"]) == (report.pk, "open", "due")
    full = client.get(f"/api/v1/reports/{report.pk}").json()
    answers = {
        one["key"]: {"words": "ทำแล้ว"} if one["kind"] == "text" else {"value": "1250.5"}
        for one in full["answers"]
        if one["is_required"]
    }
    where = f"/api/v1/reports/{report.pk}"
    saved = client.put(f"{where}/answers", {"answers": answers}, **JSON)
    assert (saved.status_code, saved.json()["conflicts"]) == (200, {})
    press = {"seen_version": saved.json()["version"], "press": str(uuid4())}
    sent = client.post(f"{where}/submission", press, **JSON)
    assert (sent.status_code, sent.json()["number"]) == (200, 1)
    again = client.post(f"{where}/submission", press, **JSON)
    assert again.json()["sha256"] == sent.json()["sha256"]

    district = program(world.district_officer)
    address = f"/api/v1/rounds/{round_.pk}"
    accepted = district.post(f"{address}/acceptance", {"seen": {report.pk: 1}}, **JSON)
    assert accepted.json() == {"accepted": 1}
    told = district.get(address).json()
    assert (told["owed"], told["accepted"], told["missing"]) == (2, 1, [world.tha_sen.code])
    money = next(one for one in told["totals"] if one["unit"] == "บาท")
    assert (money["value"], money["given"]) == ("1250.5", 1)
    untold = next(one for one in told["totals"] if one["unit"] == "ครัวเรือน")
    assert (untold["value"], untold["given"]) == (None, 0)


@time_machine.travel("2026-03-20T09:00:00+07:00", tick=False)
def test_nobody_else_reads_sends_or_sums(world: World, program: Program) -> None:
    round_ = opened(world, [world.nong_kapu])
    report = report_of(round_, world.nong_kapu)
    stranger, giver = program(world.tha_sen_clerk), program(world.district_officer)
    assert stranger.get(f"/api/v1/reports/{report.pk}").status_code == 404
    assert stranger.get(f"/api/v1/rounds/{round_.pk}").status_code == 404
    # Whoever judges sees that it is owed, and not what is being written.
    assert giver.get(f"/api/v1/reports/{report.pk}").status_code == 404
    press = {"seen_version": 1, "press": str(uuid4()), "nil_why": "ไม่มี"}
    answer = giver.post(f"/api/v1/reports/{report.pk}/submission", press, **JSON)
    assert answer.status_code == 403
