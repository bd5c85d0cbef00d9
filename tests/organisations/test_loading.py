"""Taking official lists over: shown first, whole or not at all, safe to repeat, the past kept."""

from datetime import date, timedelta

import pytest

from tests.world import World
from thamthan.errors import Refused
from thamthan.organisations.actions import load_boundaries, load_organisations
from thamthan.organisations.imports import ListPreview
from thamthan.organisations.models import Boundary, Organisation, Post
from thamthan.organisations.queries import (
    boundaries_seen_by,
    organisation_for,
    posts_at,
    span_on,
    spans_of,
    system_post_of,
)
from thamthan.organisations.rules import INSTALLATION, LaoKind, Level
from thamthan.records.queries import history_of

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 1)
HEAD = "code,name,short_name,level,lao_kind,parent,agency_code\n"
THA_SEN = "6760609,องค์การบริหารส่วนตำบลท่าเสน,อบต.ท่าเสน,lao,sao,7606,\n"
TOWN = "6760609,เทศบาลตำบลท่าเสน,ทต.ท่าเสน,lao,subdistrict_municipality,7606,พบ 52401\n"
NEW = "6760699,องค์การบริหารส่วนตำบลใหม่,อบต.ใหม่,lao,sao,7606,\n"
LAO_HEAD = (
    "id,dla_code,type,abbr,name_th,name_short,name_en,province,district,covers,lat,lng,"
    "dla_size,area_km2,dla_web_id,wikidata\n"
)


def load(text: str | bytes, by: Post, *, write_it: bool = True, as_of: date = DAY) -> ListPreview:
    content = text.encode() if isinstance(text, str) else text
    return load_organisations(content, by=by, as_of=as_of, write_it=write_it)


def reasons(told: ListPreview) -> list[tuple[int, str]]:
    return [(row.line, row.field) for row in told.refused]


def test_without_writing_it_is_only_told(world: World) -> None:
    told = load(HEAD + TOWN + NEW, world.system, write_it=False)
    assert (len(told.new), len(told.changed), told.same) == (1, 1, 0)
    change = told.changed[0]
    assert [(each.label, each.old, each.new) for each in change.fields] == [
        ("ชื่อ", "องค์การบริหารส่วนตำบลท่าเสน", "เทศบาลตำบลท่าเสน"),
        ("ชื่อย่อ", "อบต.ท่าเสน", "ทต.ท่าเสน"),
        ("ประเภท อปท.", "sao", "subdistrict_municipality"),
        ("รหัสหนังสือ", "–", "พบ 52401"),
    ]
    assert organisation_for(world.clerk, "6760609").name == world.tha_sen.name
    assert not Organisation.objects.filter(code="6760699").exists()


def test_written_it_holds_from_the_day_told_and_the_past_stays(world: World) -> None:
    load(HEAD + TOWN + NEW, world.system)
    tha_sen = organisation_for(world.clerk, "6760609")
    assert tha_sen.lao_kind == LaoKind.SUBDISTRICT_MUNICIPALITY
    before = span_on(world.clerk, tha_sen, DAY - timedelta(days=1))
    after = span_on(world.clerk, tha_sen, DAY)
    assert before is not None
    assert after is not None
    assert before.name == "องค์การบริหารส่วนตำบลท่าเสน"
    assert after.name == "เทศบาลตำบลท่าเสน"
    assert organisation_for(world.clerk, "6760699").parent == world.ban_lat
    assert system_post_of("6760699").organisation.code == "6760699"
    loaded = history_of(world.ministry).filter(verb="organisations:loaded").last()
    assert loaded is not None
    assert (loaded.facts["new"], loaded.facts["changed"]) == (1, 1)


def test_a_repeat_writes_nothing(world: World) -> None:
    load(HEAD + TOWN + NEW, world.system)
    lines = history_of(world.ministry).count()
    told = load(HEAD + TOWN + NEW, world.system)
    assert told.is_empty
    assert told.same == 2
    assert history_of(world.ministry).count() == lines
    assert spans_of(world.clerk, world.tha_sen).count() == 2


def test_what_the_list_lacks_is_told_and_left_alone(world: World) -> None:
    told = load(HEAD + THA_SEN, world.system)
    assert told.same == 1
    assert world.nong_kapu in told.missing
    assert world.ban_lat not in told.missing
    assert len(told.missing) == 15
    assert not Organisation.objects.exclude(closed_on=None).exists()


def test_what_the_list_does_not_speak_of_stays(world: World) -> None:
    load("code,name,level,parent,agency_code\n7606,อำเภอบ้านลาด,district,76,พบ 0999\n", world.system)
    ban_lat = organisation_for(world.clerk, "7606")
    assert ban_lat.agency_code == "พบ 0999"
    assert ban_lat.english_name == "Ban Lat"
    assert ban_lat.short_name == "อ.บ้านลาด"


def test_bad_lines_are_refused_with_their_number_and_the_others_taken(world: World) -> None:
    told = load(
        HEAD
        + NEW
        + "6760699,ซ้ำ,ซ้ำ,lao,sao,7606,\n"
        + "รหัส,ชื่อ,ชื่อ,lao,sao,7606,\n"
        + "6760690,,ชื่อ,lao,sao,7606,\n"
        + "6760691,ชื่อ,ชื่อ,village,,7606,\n"
        + "6760692,ชื่อ,ชื่อ,lao,kingdom,7606,\n"
        + "6760693,ชื่อ,ชื่อ,lao,sao,9999,\n"
        + "6760694,ชื่อ,ชื่อ,lao,sao,6760609,\n"
        + "7606,อำเภอบ้านลาด,อ.บ้านลาด,lao,sao,76,\n"
        + "6760695,ชื่อ\n",
        world.system,
    )
    assert [node.code for node in told.new] == ["6760699"]
    assert reasons(told) == [
        (3, "code"),
        (4, "code"),
        (5, "name"),
        (6, "level"),
        (7, "lao_kind"),
        (8, "parent"),
        (9, "parent"),
        (10, "level"),
        (11, ""),
    ]
    assert all(row.reason for row in told.refused)


def test_a_line_may_come_before_that_of_its_parent_but_not_in_a_ring(world: World) -> None:
    told = load(
        HEAD
        + "7699-1,กอง,กอง,division,,6760688,\n"
        + "6760688,อบต.ปลาย,อบต.ปลาย,lao,sao,7688,\n"
        + "7688,อำเภอปลาย,อ.ปลาย,district,,76,\n"
        + "2098,ก,ก,lao,special,2099,\n"
        + "2099,ข,ข,district,,2098,\n",
        world.system,
    )
    assert {node.path for node in told.new} == {
        "MOI/76/7688/",
        "MOI/76/7688/6760688/",
        "MOI/76/7688/6760688/7699-1/",
    }
    assert {row.line for row in told.refused} == {5, 6}


def test_a_moved_district_takes_its_local_governments_along(world: World) -> None:
    load(
        HEAD + "77,จังหวัดใหม่,จ.ใหม่,province,,MOI,\n7606,อำเภอบ้านลาด,อ.บ้านลาด,district,,77,\n",
        world.system,
    )
    assert organisation_for(world.clerk, "6760607-05").path == "MOI/77/7606/6760607/6760607-05/"


def test_merging_closes_the_one_with_its_posts_and_names_the_other(world: World) -> None:
    text = (
        "code,name,level,lao_kind,parent,closed_on,succeeded_by\n"
        "6760607,องค์การบริหารส่วนตำบลหนองกะปุ,lao,sao,7606,2026-02-28,6760680\n"
        "6760680,เทศบาลตำบลหนองกะปุ,lao,subdistrict_municipality,7606,,\n"
    )
    told = load(text, world.system)
    assert len(told.closed) == 6
    closed = organisation_for(world.clerk, "6760607")
    assert closed.closed_on == date(2026, 2, 28)
    assert closed.succeeded_by == organisation_for(world.clerk, "6760680")
    assert posts_at(world.administrator, closed).filter(until_on=None).count() == 0
    assert load(text, world.system).is_empty
    again = load(text.replace("2026-02-28", ""), world.system)
    assert "ยุบเลิกแล้ว" in again.refused[0].reason


def test_closing_is_refused_over_open_ones_and_together_with_a_change(world: World) -> None:
    told = load(
        "code,name,level,lao_kind,parent,closed_on\n"
        "7606,อำเภอบ้านลาด,district,,76,2026-02-28\n"
        "6760609,ชื่ออื่น,lao,sao,7606,2026-02-28\n"
        "6760603,องค์การบริหารส่วนตำบลท่าช้าง,lao,sao,7606,2999-01-01\n"
        "6760604,องค์การบริหารส่วนตำบลบ้านทาน,lao,sao,7606,28/2/2569\n",
        world.system,
    )
    assert reasons(told) == [(2, "closed_on"), (3, "closed_on"), (4, "closed_on"), (5, "closed_on")]
    assert told.is_empty


def test_a_whole_branch_closes_in_one_list(world: World) -> None:
    told = load(
        "code,name,level,lao_kind,parent,closed_on\n"
        "7601,อำเภอเมืองเพชรบุรี,district,,76,2026-02-28\n"
        "6760113,องค์การบริหารส่วนตำบลบางจาน,lao,sao,7601,2026-02-28\n",
        world.system,
    )
    assert len(told.closed) == 2
    assert not told.refused


def test_a_list_in_the_old_thai_encoding_or_with_a_mark_in_front_is_read(world: World) -> None:
    assert len(load((HEAD + NEW).encode("cp874"), world.system, write_it=False).new) == 1
    assert len(load((HEAD + NEW).encode("utf-8-sig"), world.system, write_it=False).new) == 1
    thai = (HEAD + NEW).replace("6760699", "๖๗๖๐๖๙๙")
    assert load(thai, world.system, write_it=False).new[0].code == "6760699"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe\x00\x01\x02",
        b"%PDF-1.7\n\x80\x81",
        "ชื่อ,นามสกุล\nก,ข\n".encode(),
        b"code,district_code,name_th\n760601,7606,x\n",
        b'code,name,level,parent\n"' + b"x" * 200_000 + b'",a,b,c\n',
    ],
)
def test_what_is_no_list_is_refused_in_words(world: World, content: bytes) -> None:
    with pytest.raises(Refused) as refused:
        load(content, world.system, write_it=False)
    assert refused.value.code == "not_a_list"


def test_only_who_loads_lists_may_and_only_below(world: World) -> None:
    for by in (world.clerk, world.executive, world.neighbour_clerk):
        with pytest.raises(Refused) as refused:
            load(HEAD + NEW, by)
        assert refused.value.status == 403
    told = load(HEAD + NEW, world.administrator)
    assert told.is_empty
    assert reasons(told) == [(2, "parent")]
    assert len(load(HEAD + NEW, world.district_administrator).new) == 1
    assert reasons(load(HEAD + "16,กระทรวงอื่น,กอ.,ministry,,,\n", world.ministry_administrator))
    assert len(load(HEAD + "16,กระทรวงอื่น,กอ.,ministry,,,\n", world.system).new) == 1


def test_a_day_to_come_and_a_day_before_the_last_change_are_refused(world: World) -> None:
    with pytest.raises(Refused) as refused:
        load(HEAD + TOWN, world.system, as_of=date(2999, 1, 1))
    assert refused.value.code == "day_to_come"
    load(HEAD + TOWN, world.system)
    told = load(HEAD + THA_SEN, world.system, as_of=DAY - timedelta(days=1))
    assert reasons(told) == [(2, "on")]


def test_the_first_list_of_all_plants_the_tree(empty_tree: None) -> None:
    told = load_organisations(
        b"code,name_th,name_en\n76,\xe0\xb9\x80\xe0\xb8\x9e\xe0\xb8\x8a\xe0\xb8\xa3,Phet\n",
        by=INSTALLATION,
        as_of=DAY,
        write_it=True,
        before=(HEAD + "MOI,กระทรวงมหาดไทย,มท.,ministry,,,\n").encode(),
    )
    assert [node.path for node in told.new] == ["MOI/", "MOI/76/"]
    assert system_post_of().organisation.code == "MOI"
    with pytest.raises(Refused) as refused:
        load_organisations(b"", by=INSTALLATION, as_of=DAY, write_it=False)
    assert refused.value.code == "already_installed"


def test_the_official_lists_are_told_apart_by_their_headings(world: World) -> None:
    provinces = "code,name_th,name_en\n10,กรุงเทพมหานคร,Bangkok\n20,ชลบุรี,Chon Buri\n"
    districts = (
        "code,province_code,name_th,name_en,postcode\n"
        "1001,10,พระนคร,Phra Nakhon,10200\n2004,20,บางละมุง,Bang Lamung,20150\n"
    )
    lao = (
        LAO_HEAD
        + "10,,BMA,กทม.,กรุงเทพมหานคร,กรุงเทพมหานคร,Bangkok Metropolitan,10,,,,,,,,\n"
        + "2096,,PATTAYA,พัทยา,เมืองพัทยา,พัทยา,Pattaya City,20,2004,,,,,,,\n"
        + "200050,2200101,PAO,อบจ.,องค์การบริหารส่วนจังหวัดชลบุรี,ชลบุรี,Chon Buri,20,,,,,,,,\n"
        + "2099,,ThesabanTambon,ทต.,เทศบาลตำบลโป่ง,โป่ง,Pong,20,2004,200401~ 200402,,,,,,\n"
        + "2098,,Kingdom,x,x,x,x,20,2004,,,,,,,\n"
    )
    for text in (provinces, districts, lao):
        load(text, world.system)
    for text in (provinces, districts, lao):
        assert load(text, world.system).is_empty
    bangkok = organisation_for(world.clerk, "10")
    assert (bangkok.level, bangkok.lao_kind, bangkok.parent) == (
        Level.LAO,
        LaoKind.SPECIAL,
        world.ministry,
    )
    assert organisation_for(world.clerk, "1001").name == "เขตพระนคร"
    assert organisation_for(world.clerk, "1001").path == "MOI/10/1001/"
    assert organisation_for(world.clerk, "2096").short_name == "เมืองพัทยา"
    assert organisation_for(world.clerk, "2200101").path == "MOI/20/2200101/"
    assert organisation_for(world.clerk, "2099").covers == ["200401", "200402"]
    assert load(lao, world.system).refused[0].line == 6
    missing = {node.code for node in load(provinces, world.system).missing}
    assert missing == {"76"}


def test_a_local_government_keeps_its_code_when_the_list_finds_another(world: World) -> None:
    line = "7695,,ThesabanTambon,ทต.,เทศบาลตำบลใหม่,ใหม่,Mai,76,7606,,,,,,,\n"
    load(LAO_HEAD + line, world.system)
    told = load(LAO_HEAD + line.replace("7695,,", "7695,5760699,"), world.system)
    assert told.is_empty
    assert told.same == 1


SQUARE = "[[[99.9,13.0],[99.9,13.1],[100.0,13.1],[99.9,13.0]]]"


def feature(code: str, name: str = "บ้านลาด", shape: str = "") -> str:
    geometry = shape or f'{{"type":"Polygon","coordinates":{SQUARE}}}'
    return (
        f'{{"type":"Feature","properties":{{"code":"{code}","th":"{name}"}},"geometry":{geometry}}}'
    )


def collection(*features: str) -> bytes:
    return f'{{"type":"FeatureCollection","features":[{",".join(features)}]}}'.encode()


def test_boundaries_are_told_written_and_then_the_same(world: World) -> None:
    content = collection(feature("7606"), feature("76", "เพชรบุรี"))
    assert load_boundaries(content, by=world.system, write_it=False).new == 2
    assert not Boundary.objects.exists()
    assert load_boundaries(content, by=world.system, write_it=True).new == 2
    again = load_boundaries(content, by=world.system, write_it=True)
    assert (again.new, again.changed, again.same) == (0, (), 2)
    other = collection(feature("7606", "บ้านลาดใหม่"))
    assert load_boundaries(other, by=world.system, write_it=True).changed == ("บ้านลาดใหม่",)
    assert [each.code for each in boundaries_seen_by(world.clerk, within="76")] == ["76", "7606"]
    assert history_of(world.ministry).filter(verb="boundaries:loaded").count() == 2


def test_outlines_that_are_none_are_refused_one_by_one(world: World) -> None:
    told = load_boundaries(
        collection(
            feature("7606"),
            feature("7606"),
            feature("760"),
            feature("7607", ""),
            feature("7607", "ก", '{"type":"Point","coordinates":[1,2]}'),
            feature("7607", "ก", '{"type":"Polygon","coordinates":[[[1,2],[1,"x"]]]}'),
            feature("7607", "ก", '{"type":"Polygon","coordinates":[[[1,2],[NaN,3],[2,2],[1,2]]]}'),
            feature("7607", "ก", '{"type":"MultiPolygon","coordinates":' + SQUARE + "}"),
            "5",
        ),
        by=world.system,
        write_it=True,
    )
    assert told.new == 1
    assert [row.line for row in told.refused] == [2, 3, 4, 5, 6, 7, 8, 9]


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"features":1,"type":"x"}', b"\xff"])
def test_what_is_no_map_is_refused_in_words(world: World, content: bytes) -> None:
    with pytest.raises(Refused) as refused:
        load_boundaries(content, by=world.system, write_it=True)
    assert refused.value.code == "not_a_map"


def test_only_who_loads_lists_loads_boundaries(world: World) -> None:
    with pytest.raises(Refused) as refused:
        load_boundaries(collection(), by=world.clerk, write_it=True)
    assert refused.value.status == 403
