"""`thamthan seed nation`: a country of the real size, and a circular in everyone's hands."""

from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from unittest.mock import patch

import pytest
from django.core.management import call_command

from tests.world import World
from thamthan.directives.models import Assignment
from thamthan.letters.models import Sending
from thamthan.organisations.models import Organisation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def small_country() -> Iterator[None]:
    with patch.multiple("thamthan.cli.nation", PROVINCES=2, DISTRICTS_EACH=2, LAOS_EACH=6):
        yield


def said(*words: str) -> str:
    out = StringIO()
    call_command("seed", "nation", *words, stdout=out)
    return out.getvalue()


def test_an_invented_country_stands_beside_the_demo(world: World) -> None:
    before = Organisation.objects.filter(level="lao").count()
    answer = said()
    assert f"องค์กรปกครองส่วนท้องถิ่น {before + 12}" in answer
    assert Organisation.objects.filter(level="district", path__startswith="MOI/X01/").count() == 2
    # Again, and nothing is there twice.
    assert said() == answer
    assert not Assignment.objects.exists()


def test_the_circular_is_in_everyones_hands_once(world: World) -> None:
    assert "งานใหม่" in said("--circular")
    tasks, sendings = Assignment.objects.count(), Sending.objects.count()
    assert tasks == 15 * sendings > 0
    assert "ใหม่ 0 งานใหม่ 0 งาน" in said("--circular")
    assert (Assignment.objects.count(), Sending.objects.count()) == (tasks, sendings)


def test_a_folder_without_the_lists_is_refused_by_name(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "provinces.csv").write_text("code,name_th,name_en\n", encoding="utf-8")
    with pytest.raises(SystemExit):
        said("--lists", str(tmp_path))
    assert "districts.csv lao.csv" in capsys.readouterr().err
    assert not Organisation.objects.filter(code__startswith="X").exists()
