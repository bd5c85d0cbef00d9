"""`thamthan search rebuild` mends the index of words, and says when there was nothing to mend."""

from io import StringIO

import pytest
from django.core.management import call_command

from tests.letters.test_searching import found, receive
from tests.world import World
from thamthan.letters.models import SearchEntry

pytestmark = pytest.mark.django_db


def rebuilt(*words: str) -> str:
    out = StringIO()
    call_command("search", "rebuild", *words, stdout=out)
    return out.getvalue()


def test_rebuilding_mends_and_then_does_nothing(world: World) -> None:
    letter = receive(world.clerk)
    assert "ตรงอยู่แล้ว" in rebuilt()
    SearchEntry.objects.all().delete()
    assert "1 ฉบับ" in rebuilt()
    assert found(world.clerk, "ผู้สูงอายุ") == [letter.pk]
    assert "ตรงอยู่แล้ว" in rebuilt()
    assert "1 ฉบับ" in rebuilt("--whole")
