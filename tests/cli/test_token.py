"""`thamthan token`: a program gets a key to one post, and the key opens the API."""

import io

import pytest
from django.core.management import call_command
from django.test import Client

from tests.world import World


def test_the_key_that_is_told_opens_the_api(world: World) -> None:
    out = io.StringIO()
    call_command("token", "somjai", "--organisation", "6760607", "--name", "ระบบบัญชี", stdout=out)
    program = Client(headers={"authorization": f"Bearer {out.getvalue().strip()}"})
    assert program.get("/api/v1/me").json()["title"] == world.clerk.title


def test_there_is_no_key_to_a_post_that_is_not_held(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        call_command("token", "bangchan", "--organisation", "6760607", "--name", "ทดสอบ")
    assert stopped.value.code == 2
    assert "ไม่มีตำแหน่ง" in capsys.readouterr().err
