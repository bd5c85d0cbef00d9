"""What a round tells whoever reads it: pages and files."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.reports.test_shared import _in_march, people_of, round_, total  # noqa: F401
from tests.world import World
from thamthan.organisations.models import Post
from thamthan.reports.models import Round
from thamthan.reports.queries import shared_pairs

pytestmark = pytest.mark.django_db


def come_in(client: Client, post: Post) -> Client:
    assert post.person is not None
    client.force_login(post.person)
    session = client.session
    session["post"] = post.pk
    session.save()
    return client


def test_the_same_event_is_decided_on_its_page_and_taken_back(
    world: World,
    round_: Round,  # noqa: F811
    client: Client,
) -> None:
    post = world.district_officer
    come_in(client, post)
    address = reverse("round-shared", args=[round_.pk])
    page = client.get(address).content.decode()
    assert "มี 1 คู่ที่อาจเป็นเรื่องเดียวกัน" in page
    assert "ชื่อใกล้เคียงกัน" in page
    # What the shared project gave is proposed in its field.
    key = people_of(round_).pk
    assert f'name="less-{key}" value="300"' in page
    (pair,) = shared_pairs(post, round_)
    form = {"deed": "same", "mark": pair.mark, "counts": "one"}
    wrong = client.post(address, form | {f"less-{key}": "ราว 300"})
    assert wrong.status_code == 400
    assert "ราว 300" in wrong.content.decode()
    assert client.post(address, form | {f"less-{key}": "๓๐๐"}).status_code == 302
    assert total(post, round_) == 1_020_000
    page = client.get(reverse("round", args=[round_.pk])).content.decode()
    assert "หักซ้ำแล้ว 300" in page
    page = client.get(address).content.decode()
    assert "ไม่มีเรื่องที่รอตัดสิน" in page
    (event,) = round_.shared_events.all()
    assert client.post(address, {"deed": "undo", "event": str(event.pk)}).status_code == 302
    assert total(post, round_) == 1_320_000
    assert client.post(address, {"deed": "apart", "mark": pair.mark}).status_code == 302
    assert client.post(address, {"deed": "apart", "mark": pair.mark}).status_code == 404


def test_a_question_is_shown_with_who_has_no_number_and_goes_out_as_a_slide(
    world: World,
    round_: Round,  # noqa: F811
    client: Client,
) -> None:
    come_in(client, world.district_officer)
    keys = [round_.pk, people_of(round_).pk]
    page = client.get(reverse("round-question", args=keys)).content.decode()
    assert "มีตัวเลข 3 จาก 3 แห่ง" in page
    for form, begins in (("png", b"\x89PNG"), ("svg", b"<svg")):
        picture = client.get(reverse("round-question-chart", args=[*keys, "places", form]))
        assert picture.content.startswith(begins)
        assert "attachment" in picture["Content-Disposition"]
    assert (
        client.get(reverse("round-question-chart", args=[*keys, "rounds", "png"])).status_code
        == 404
    )
    assert (
        client.get(reverse("round-question-chart", args=[*keys, "places", "exe"])).status_code
        == 404
    )


def test_the_figures_of_the_reporting_are_a_page_a_table_and_a_slide(
    world: World,
    round_: Round,  # noqa: F811
    client: Client,
) -> None:
    come_in(client, world.district_officer)
    page = client.get(reverse("round-figures", args=[round_.pk])).content.decode()
    assert "รายงานแล้ว 3 จาก 3 แห่ง" in page
    assert "ภาระไม่ใช่เวลาที่จับจริง" in page
    for form, begins in (("xlsx", b"PK"), ("csv", b"\xef\xbb\xbf"), ("png", b"\x89PNG")):
        answer = client.get(reverse("round-figures-file", args=[round_.pk, form]))
        assert answer.content.startswith(begins)
    assert client.get(reverse("round-figures-file", args=[round_.pk, "exe"])).status_code == 404
