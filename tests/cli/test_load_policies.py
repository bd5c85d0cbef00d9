"""`thamthan load policies`: what it says before it writes, and that it writes once."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.world import World
from thamthan.directives.models import Policy

pytestmark = pytest.mark.django_db

OWN_LIST = """
[[policy]]
code = "walk"
kind = "standing"
name = "เดินไปทำงาน"
short_name = "เดิน"
organisation = "{organisation}"
mark = "I"
"""


def load(*words: object) -> str:
    out = StringIO()
    call_command("load", "policies", *map(str, words), stdout=out)
    return out.getvalue()


def test_those_of_the_product_are_told_and_then_written(world: World) -> None:
    told = load()
    assert "ใหม่ action-5" in told
    assert "ยังไม่ได้บันทึก" in told
    assert not Policy.objects.exists()
    assert "บันทึกแล้ว" in load("--write")
    assert "ใหม่ 0 · เปลี่ยน 0" in load("--write")


def test_a_list_of_ones_own_is_loaded_where_its_organisation_is_known(
    world: World, tmp_path: Path
) -> None:
    file = tmp_path / "policies.toml"
    file.write_text(OWN_LIST.format(organisation="NOBODY"), encoding="utf-8")
    assert "รับไม่ได้ walk (หน่วยงาน NOBODY)" in load(file, "--write")
    assert not Policy.objects.exists()
    file.write_text(OWN_LIST.format(organisation="76"), encoding="utf-8")
    load(file, "--write")
    assert Policy.objects.get().organisation == world.phetchaburi


def test_a_file_that_is_no_list_is_refused_in_one_sentence(world: World) -> None:
    error = StringIO()
    with pytest.raises(SystemExit) as stop:
        call_command("load", "policies", __file__, stderr=error)
    assert stop.value.code == 2
    assert "TOML" in error.getvalue()


def test_other_lists_need_their_file(world: World) -> None:
    error = StringIO()
    with pytest.raises(SystemExit):
        call_command("load", "organisations", stderr=error)
    assert "โปรดบอกไฟล์" in error.getvalue()
