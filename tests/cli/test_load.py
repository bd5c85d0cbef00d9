"""`thamthan load`: what it says before it writes, and the whole country where its lists are."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.world import World
from thamthan.organisations.models import Boundary, Organisation, OrganisationSpan, Post
from thamthan.organisations.queries import organisation_for, system_post_of
from thamthan.records.models import HistoryEntry

pytestmark = pytest.mark.django_db

HEAD = "code,name,short_name,level,lao_kind,parent\n"
TOWN = "6760609,เทศบาลตำบลท่าเสน,ทต.ท่าเสน,lao,subdistrict_municipality,7606\n"
BAD = "6760693,ชื่อ,ชื่อ,lao,sao,9999\n"
LISTS = ("provinces.csv", "districts.csv", "lao.csv")
MAPS = ("provinces.geojson", "districts_all.geojson", "subdistricts_76.geojson")


def load(*words: object) -> str:
    out = StringIO()
    call_command("load", *map(str, words), stdout=out)
    return out.getvalue()


def test_it_tells_first_and_writes_when_told(world: World, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text(HEAD + TOWN + BAD, encoding="utf-8")
    told = load("organisations", file)
    assert "ใหม่ 0 · เปลี่ยน 1 · ยุบเลิก 0 · เหมือนเดิม 0 · ไม่มีในบัญชี 15 · รับไม่ได้ 1" in told
    assert "“องค์การบริหารส่วนตำบลท่าเสน” → “เทศบาลตำบลท่าเสน”" in told
    assert "รับไม่ได้ บรรทัด 3: ไม่พบหน่วยงานสังกัด รหัส 9999" in told
    assert "ยังไม่ได้บันทึก" in told
    assert organisation_for(world.clerk, "6760609").name == world.tha_sen.name
    assert "บันทึกแล้ว" in load("organisations", file, "--write", "--as-of", "2569-03-01")
    assert OrganisationSpan.objects.get(organisation=world.tha_sen, until_on=None).from_on
    assert "เปลี่ยน 0 · ยุบเลิก 0 · เหมือนเดิม 1" in load("organisations", file, "--write")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("organisations", "no such file.csv"), "เปิดไฟล์"),
        (("organisations", __file__), "หัวตาราง"),
        (("organisations", __file__, "--as-of", "วันนี้"), "ไม่ใช่วันที่"),
        (("boundaries", __file__), "GeoJSON"),
    ],
)
def test_a_refusal_is_one_sentence_and_exit_code_2(
    world: World, words: tuple[str, ...], told: str
) -> None:
    error = StringIO()
    with pytest.raises(SystemExit) as stop:
        call_command("load", *words, stderr=error)
    assert stop.value.code == 2
    assert told in error.getvalue()


def test_before_there_is_a_tree_nothing_is_written_by_looking(
    empty_tree: None, tmp_path: Path
) -> None:
    file = tmp_path / "list.csv"
    file.write_text("code,name_th\n76,เพชรบุรี\n", encoding="utf-8")
    assert "ใหม่ 2" in load("organisations", file)
    assert not Organisation.objects.exists()
    load("organisations", file, "--write")
    assert Organisation.objects.get(code="76").path == "MOI/76/"


@pytest.mark.shared
def test_the_whole_country_is_loaded_once_and_then_the_same(empty_tree: None, shared: Path) -> None:
    folder = shared / "data"
    for name in LISTS:
        assert "รับไม่ได้ 0" in load("organisations", folder / name, "--write")
    for name in MAPS:
        assert "รับไม่ได้ 0" in load("boundaries", folder / name, "--write")
    # The ministry, Bangkok as province and local government in one.
    assert Organisation.objects.count() == 1 + 77 + 928 + 7850 - 1
    assert Boundary.objects.count() == 77 + 928 + 93
    assert OrganisationSpan.objects.count() == Organisation.objects.count()
    assert Post.objects.filter(role="system").count() == Organisation.objects.count()
    lines = HistoryEntry.objects.count()
    for name in LISTS:
        told = load("organisations", folder / name, "--write")
        assert told.startswith("ใหม่ 0 · เปลี่ยน 0 · ยุบเลิก 0 · ")
        assert "ไม่มีในบัญชี 0" in told
    for name in MAPS:
        assert load("boundaries", folder / name, "--write").startswith("ใหม่ 0 · เปลี่ยน 0 · ")
    assert HistoryEntry.objects.count() == lines
    system = system_post_of()
    assert organisation_for(system, "6760607").path == "MOI/76/7606/6760607/"
    assert organisation_for(system, "2096").path == "MOI/20/2004/2096/"


@pytest.mark.shared
def test_the_demo_agrees_with_the_official_lists(shared: Path, world: World) -> None:
    for name in LISTS:
        assert "เปลี่ยน 0 · " in load("organisations", shared / "data" / name)


@pytest.mark.shared
def test_a_line_more_is_not_a_query_more(empty_tree: None, shared: Path) -> None:
    for name, lines in zip(LISTS, (77, 928, 7850), strict=True):
        with CaptureQueriesContext(connection) as queries:
            load("organisations", shared / "data" / name, "--write")
        # SQLite takes few values at a time, so a batch there is some dozens of rows.
        assert len(queries) < 30 + lines / 10
