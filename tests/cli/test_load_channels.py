"""`thamthan load channels`: what it says before it writes, and that it writes once."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.projects.test_channels import FILE
from tests.world import World
from thamthan.projects.models import FundingChannel

pytestmark = pytest.mark.django_db


def load(*words: object) -> str:
    out = StringIO()
    call_command("load", "channels", *map(str, words), stdout=out)
    return out.getvalue()


def test_those_of_the_product_are_told_and_then_written_once(world: World) -> None:
    told = load()
    assert "ใหม่ health-fund" in told
    assert "ยังไม่ได้บันทึก" in told
    assert not FundingChannel.objects.exists()
    assert "บันทึกแล้ว" in load("--write", "--as-of", "2569-01-01")
    kept = FundingChannel.objects.count()
    assert "ใหม่ 0 · เปลี่ยน 0" in load("--write")
    assert FundingChannel.objects.count() == kept


def test_a_file_with_other_words_makes_a_new_version(world: World, tmp_path: Path) -> None:
    load("--write", "--as-of", "2026-01-01")
    file = tmp_path / "channels.toml"
    text = FILE.read_text(encoding="utf-8")
    file.write_text(text.replace('name = "จ่ายขาดเงินสะสม"', 'name = "ใช้เงินสะสม"'), "utf-8")
    assert "เปลี่ยน reserve ใช้เงินสะสม" in load(file, "--write", "--as-of", "2026-03-01")
    assert FundingChannel.objects.filter(code="reserve").count() == 2


def test_a_wrong_file_is_refused_in_one_sentence(world: World, tmp_path: Path) -> None:
    file = tmp_path / "channels.toml"
    file.write_text("[[channel]]\ncode = 'odd'\n", encoding="utf-8")
    error = StringIO()
    with pytest.raises(SystemExit) as stop:
        call_command("load", "channels", str(file), "--write", stderr=error)
    assert stop.value.code == 2
    assert "odd" in error.getvalue()
    assert not FundingChannel.objects.exists()
