"""The pages of organisations and people: what each post sees, what its keeper does, refusals."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.world import World
from thamthan.organisations.actions import give_token
from thamthan.organisations.models import Organisation, Person, Post, Token
from thamthan.organisations.queries import post_with_token

pytestmark = pytest.mark.django_db

NEW_PASSWORD = "ฝนตกที่หนองกะปุ 2569"


def as_post(post: Post) -> Client:
    client = Client()
    assert post.person is not None
    client.force_login(post.person)
    session = client.session
    session["post"] = post.pk
    session.save()
    return client


def words(response: object) -> str:
    return str(response.content.decode())  # type: ignore[attr-defined]


def division_form(**other: str) -> dict[str, str]:
    return {
        "level": "division",
        "code": "6760607-06",
        "name": "กองสาธารณสุข",
        "short_name": "",
        "lao_kind": "",
        "agency_code": "",
        "covers": "",
        "english_name": "",
        "from_on": "1 มี.ค. 2569",
    } | other


def person_form(**other: str) -> dict[str, str]:
    return {
        "name": "นางใหม่ มาวันนี้",
        "email": "",
        "telephone": "",
        "login": "new.person",
        "new": NEW_PASSWORD,
        "organisation": "6760607-05",
        "role": "officer",
        "title": "นักพัฒนาชุมชน",
        "from_on": "1 มี.ค. 2569",
    } | other


def test_the_first_page_shows_ones_own_place(world: World) -> None:
    page = words(as_post(world.clerk).get("/organisations/"))
    for name in ("กระทรวงมหาดไทย", "อำเภอบ้านลาด", "องค์การบริหารส่วนตำบลท่าเสน", "กองช่าง"):
        assert name in page
    assert "องค์การบริหารส่วนตำบลบางจาน" not in page


def test_the_root_and_a_division_have_their_place_too(world: World) -> None:
    assert "จังหวัดเพชรบุรี" in words(as_post(world.ministry_officer).get("/organisations/"))
    page = words(as_post(world.officer).get("/organisations/"))
    assert "กองคลัง" in page
    assert "องค์การบริหารส่วนตำบลหนองกะปุ" in page


def test_organisations_are_searched_by_name_and_level(world: World) -> None:
    client = as_post(world.clerk)
    page = words(client.get("/organisations/", {"q": "บางจาน"}))
    assert "องค์การบริหารส่วนตำบลบางจาน" in page
    assert "พบ 1 หน่วยงาน" in page
    assert "พบ 2 หน่วยงาน" in words(client.get("/organisations/", {"level": "district"}))
    assert "ไม่พบหน่วยงาน" in words(client.get("/organisations/", {"q": "ไม่มีที่นี่\x00"}))


@pytest.mark.parametrize("address", ["/organisations/", "/organisations/7606/", "/people/"])
def test_lists_ask_the_same_number_of_questions_however_long(
    world: World, address: str, django_assert_max_num_queries: object
) -> None:
    client = as_post(world.ministry_administrator)
    with django_assert_max_num_queries(18):  # type: ignore[operator]
        client.get(address)


def test_people_of_another_house_are_not_shown_on_the_page_of_theirs(world: World) -> None:
    page = words(as_post(world.neighbour_clerk).get("/organisations/6760607/"))
    assert "องค์การบริหารส่วนตำบลหนองกะปุ" in page
    assert "สมใจ" not in page
    assert "สมใจ" in words(as_post(world.officer).get("/organisations/6760607/"))


def test_only_a_keeper_is_offered_to_change(world: World) -> None:
    assert "แก้ไขหน่วยงาน" in words(as_post(world.administrator).get("/organisations/6760607/"))
    for post in (world.clerk, world.neighbour_clerk, world.district_chief):
        page = words(as_post(post).get("/organisations/6760607/"))
        assert "แก้ไขหน่วยงาน" not in page
        assert "ยุบเลิกหน่วยงานนี้" not in page


@pytest.mark.parametrize("what", ["new", "change", "closing"])
def test_the_forms_of_an_organisation_are_for_its_keeper(world: World, what: str) -> None:
    address = f"/organisations/6760607/{what}/"
    assert as_post(world.administrator).get(address).status_code == 200
    for post in (world.clerk, world.executive, world.neighbour_clerk):
        assert as_post(post).get(address).status_code == 403
        assert as_post(post).post(address, division_form()).status_code == 403
    assert Client().get(address).status_code == 302
    assert as_post(world.administrator).get(f"/organisations/99/{what}/").status_code == 404


def test_a_division_is_added(world: World) -> None:
    client = as_post(world.administrator)
    response = client.post("/organisations/6760607/new/", division_form(), follow=True)
    assert "เพิ่มกองสาธารณสุขแล้ว" in words(response)
    made = Organisation.objects.get(code="6760607-06")
    assert made.parent == world.nong_kapu
    assert made.spans.get().from_on is not None


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"code": ""}, "โปรดกรอกช่องนี้"),
        ({"code": "6760607-01"}, "มีหน่วยงานรหัส 6760607-01 แล้ว"),
        ({"code": "กอง"}, "รหัสต้องเป็นเลข"),
        ({"name": ""}, "โปรดกรอกช่องนี้"),
        ({"lao_kind": "sao"}, "ประเภท อปท."),
        ({"from_on": "วันก่อน"}, "เป็นวันที่ไม่ได้"),
        ({"from_on": "1 ม.ค. 2599"}, "ยังมาไม่ถึง"),
    ],
)
def test_what_is_wrong_with_an_organisation_stands_beside_its_field(
    world: World, wrong: dict[str, str], told: str
) -> None:
    client = as_post(world.administrator)
    response = client.post("/organisations/6760607/new/", division_form(**wrong))
    assert response.status_code == 422
    assert told in words(response)
    assert 'aria-invalid="true"' in words(response)
    # Nothing typed is lost.
    assert division_form(**wrong)["name"] in words(response)


def test_an_upgrade_is_dated_and_the_old_name_stays_to_be_seen(world: World) -> None:
    client = as_post(world.district_administrator)
    form = {
        "name": "เทศบาลตำบลหนองกะปุ",
        "short_name": "ทต.หนองกะปุ",
        "lao_kind": "subdistrict_municipality",
        "parent": "7606",
        "on": "1 มี.ค. 2569",
    }
    page = words(client.post("/organisations/6760607/change/", form, follow=True))
    assert "บันทึกเทศบาลตำบลหนองกะปุแล้ว" in page
    assert "องค์การบริหารส่วนตำบลหนองกะปุ" in page
    wrong = client.post("/organisations/6760607/change/", form | {"parent": "9999"})
    assert "ไม่พบหน่วยงานรหัส 9999" in words(wrong)
    past = client.post(
        "/organisations/6760607/change/", form | {"name": "ชื่ออื่น", "on": "1 ม.ค. 2569"}
    )
    assert "แก้ย้อนหลัง" in words(past)


def test_an_organisation_is_closed_and_says_who_takes_over(world: World) -> None:
    client = as_post(world.district_administrator)
    form = {"closed_on": "1 มี.ค. 2569", "succeeded_by": "6760609"}
    page = words(client.post("/organisations/6760607/closing/", form, follow=True))
    assert "ยุบเลิกแล้ว" in page
    assert "องค์การบริหารส่วนตำบลท่าเสน" in page
    refused = client.post("/organisations/7606/closing/", form)
    assert refused.status_code == 422
    assert "ใต้สังกัด" in words(refused)


def test_people_are_listed_with_what_they_are_today(world: World) -> None:
    page = words(as_post(world.clerk).get("/people/"))
    assert "นางมาลี แก้วกระจ่าง" in page
    assert "รักษาราชการแทน ผู้อำนวยการกองการศึกษา" in page
    assert "กัญญา" not in page
    assert "เพิ่มบุคคล" not in page
    found = words(as_post(world.district_administrator).get("/people/", {"q": "กัญญา"}))
    assert "พบ 1 คน" in found


def test_a_person_of_another_house_is_not_found(world: World) -> None:
    address = f"/people/{world.clerk.person_id}/"
    assert as_post(world.officer).get(address).status_code == 200
    for post in (world.neighbour_clerk, world.tha_sen_clerk, world.district_officer):
        for part in ("", "change/", "password/"):
            assert as_post(post).get(address + part).status_code == 404
        assert as_post(post).post(address + "unlocking/").status_code == 404


def test_colleagues_look_and_do_not_touch(world: World) -> None:
    address = f"/people/{world.clerk.person_id}/"
    client = as_post(world.chief_clerk)
    assert "ตั้งรหัสผ่านใหม่ให้" not in words(client.get(address))
    for part in ("change/", "password/"):
        assert client.get(address + part).status_code == 403
    assert client.post(address + "unlocking/").status_code == 403
    assert client.post(address + "tokens/", {"name": "x"}).status_code == 403
    end = client.post(f"{address}posts/{world.clerk.pk}/end/", {"on": "1 มี.ค. 2569"})
    assert end.status_code == 403
    for page in ("/people/new/", "/people/posts/new/"):
        assert client.get(page).status_code == 403


def test_a_person_is_added_and_must_choose_a_password(world: World) -> None:
    client = as_post(world.administrator)
    response = client.post("/people/new/", person_form(), follow=True)
    assert "เพิ่มนางใหม่ มาวันนี้แล้ว" in words(response)
    person = Person.objects.get(login="new.person")
    assert person.must_change_password
    newcomer = Client()
    newcomer.post("/log-in/", {"login": "new.person", "password": NEW_PASSWORD})
    assert newcomer.get("/organisations/").headers["Location"] == "/account/"


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"login": "somjai"}, "มีผู้ใช้ชื่อนี้แล้ว"),
        ({"login": "สมใจ"}, "ชื่อผู้ใช้ใช้"),
        ({"new": "12345"}, "รหัสผ่าน"),
        ({"email": "ไม่ใช่"}, "อีเมลไม่ถูกต้อง"),
        ({"role": "governor"}, "บทบาทนี้ไม่มี"),
        ({"role": "system"}, "บทบาทนี้ไม่มี"),
        ({"organisation": "99"}, "ไม่พบหน่วยงานรหัสนี้"),
        ({"title": ""}, "โปรดกรอกช่องนี้"),
    ],
)
def test_what_is_wrong_with_a_person_stands_beside_its_field(
    world: World, wrong: dict[str, str], told: str
) -> None:
    response = as_post(world.administrator).post("/people/new/", person_form(**wrong))
    assert response.status_code == 422
    assert told in words(response)
    assert not Person.objects.filter(login="new.person").exists()


def test_nobody_is_added_to_an_organisation_one_does_not_keep(world: World) -> None:
    response = as_post(world.administrator).post(
        "/people/new/", person_form(organisation="6760609")
    )
    assert response.status_code == 403


def test_a_person_of_elsewhere_is_appointed_by_log_in(world: World) -> None:
    form = {
        "login": "somsak",
        "organisation": "6760607",
        "role": "clerk",
        "title": "ช่วยราชการ",
        "acting": "in_place",
        "from_on": "1 มี.ค. 2569",
        "until_on": "30 ก.ย. 2569",
    }
    client = as_post(world.administrator)
    page = words(client.post("/people/posts/new/", form, follow=True))
    assert "แต่งตั้งนายสมศักดิ์" in page
    # Only the post in one's own circle is shown.
    assert page.count("องค์การบริหารส่วนตำบลท่าเสน") == 0
    again = client.post("/people/posts/new/", form)
    assert "ดำรงตำแหน่งนี้" in words(again)
    unknown = client.post("/people/posts/new/", form | {"login": "nobody"})
    assert "ไม่พบบุคคล" in words(unknown)


def test_a_post_is_ended_on_the_persons_page(world: World) -> None:
    client = as_post(world.administrator)
    address = f"/people/{world.clerk.person_id}/posts/{world.clerk.pk}/end/"
    assert "เป็นวันที่ไม่ได้" in words(client.post(address, {"on": "เร็ว ๆ นี้"}, follow=True))
    assert "ก่อนวันเริ่ม" in words(client.post(address, {"on": "1 ม.ค. 2560"}, follow=True))
    assert "พ้นจากตำแหน่ง" in words(client.post(address, {"on": "1 มี.ค. 2569"}, follow=True))
    assert Post.objects.get(pk=world.clerk.pk).until_on is not None
    other = f"/people/{world.clerk.person_id}/posts/{world.officer.pk}/end/"
    assert client.post(other, {"on": "1 มี.ค. 2569"}).status_code == 404


def test_the_words_about_a_person_are_changed(world: World) -> None:
    client = as_post(world.administrator)
    address = f"/people/{world.clerk.person_id}/change/"
    form = {"name": "นางสมใจ ใหม่", "email": "a@b.go.th", "telephone": "", "is_active": "1"}
    assert "นางสมใจ ใหม่" in words(client.post(address, form, follow=True))
    assert client.post(address, form | {"name": ""}).status_code == 422
    client.post(address, {"name": "นางสมใจ ใหม่"})
    assert not Person.objects.get(pk=world.clerk.person_id).is_active


def test_a_password_is_reset_and_a_lock_taken_off(world: World) -> None:
    client = as_post(world.administrator)
    address = f"/people/{world.clerk.person_id}/"
    Person.objects.filter(pk=world.clerk.person_id).update(
        failed_logins=5, locked_until=timezone.now() + timedelta(minutes=9)
    )
    assert "ปลดระงับเดี๋ยวนี้" in words(client.get(address))
    assert "ปลดระงับ" in words(client.post(address + "unlocking/", follow=True))
    assert client.post(address + "password/", {"new": "123"}).status_code == 422
    client.post(address + "password/", {"new": NEW_PASSWORD})
    person = Person.objects.get(pk=world.clerk.person_id)
    assert person.check_password(NEW_PASSWORD)
    assert person.locked_until is None


def test_a_key_is_shown_once_and_revoked(world: World) -> None:
    client = as_post(world.clerk)
    address = f"/people/{world.clerk.person_id}/"
    page = words(client.post(address + "tokens/", {"name": "เครื่องสแกน"}))
    secret = page.split('class="secret">')[1].split("<")[0]
    assert post_with_token(secret, now=timezone.now()) == world.clerk
    again = words(client.get(address))
    assert secret not in again
    assert "เครื่องสแกน" in again
    assert client.post(address + "tokens/", {"name": ""}).status_code == 422
    token = Token.objects.get()
    assert as_post(world.officer).post(f"{address}tokens/{token.pk}/revocation/").status_code == 404
    assert "เพิกถอนแล้ว" in words(
        as_post(world.administrator).post(f"{address}tokens/{token.pk}/revocation/", follow=True)
    )
    assert post_with_token(secret, now=timezone.now()) is None


def test_a_key_goes_with_the_post_one_acts_in(world: World) -> None:
    client = as_post(world.ban_lat_officer)
    give_token(world.ban_lat_clerk, name="อีกดอก", by=world.ban_lat_clerk)
    client.post(f"/people/{world.ban_lat_officer.person_id}/tokens/", {"name": "ของกองคลัง"})
    assert Token.objects.get(name="ของกองคลัง").post == world.ban_lat_officer
