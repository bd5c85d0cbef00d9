"""Evidence: attached by one, judged by another; what does not fit is told, no byte is changed."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine

from tests.projects.evidence import PARK, PDF, attached, photo, under_way
from tests.reading.test_photographs import BAN_LAT
from tests.web.conftest import BANGKOK
from tests.world import World
from thamthan.errors import NotFound, Refused
from thamthan.organisations.actions import give_post
from thamthan.organisations.models import Post
from thamthan.projects.actions import (
    attach_evidence,
    attach_link,
    attach_upload,
    explain_evidence,
    judge_evidence,
    move_project,
    show_project,
    withdraw_evidence,
)
from thamthan.projects.models import Evidence, PictureMark, Project
from thamthan.projects.queries import (
    evidence_for,
    evidence_of,
    evidence_to_judge,
    public_picture,
    public_pictures,
    told_doubts,
    withdrawn_evidence,
)
from thamthan.projects.rules import EvidenceKind, EvidenceState, ProjectState
from thamthan.records.models import StoredFile, Upload
from thamthan.records.photographs import SmallSide
from thamthan.records.queries import content_of, history_of
from thamthan.records.rules import Verb
from thamthan.records.uploading import begin_upload, continue_upload

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 20, 14, 0, tzinfo=BANGKOK)
DAYS: dict[str, Any] = {"begins_on": date(2026, 2, 1), "ends_on": date(2026, 4, 30)}


@pytest.fixture(autouse=True)
def friday() -> Any:
    with time_machine.travel(NOW):
        yield


@pytest.fixture
def project(world: World) -> Project:
    return under_way(world.clerk, **DAYS)


def told(post: Post, evidence: Evidence) -> list[str]:
    fresh = evidence_for(post, evidence.pk)
    return [line.words for line in told_doubts(post, [fresh])[fresh.pk]]


def codes(post: Post, evidence: Evidence) -> list[str]:
    fresh = evidence_for(post, evidence.pk)
    return [line.code for line in told_doubts(post, [fresh])[fresh.pk]]


def test_a_photograph_is_kept_as_it_came_with_its_time_and_place(
    world: World, project: Project
) -> None:
    evidence = attached(project, world.officer, caption="หลังปรับปรุง")
    assert evidence.file is not None
    assert content_of(evidence.file) == photo()
    assert evidence.taken_at == datetime(2026, 3, 10, 2, 15, tzinfo=UTC)
    assert (evidence.latitude_e6, evidence.longitude_e6) == PARK
    assert (evidence.state, evidence.made_by) == (EvidenceState.WAITING, world.officer)
    assert evidence.marks.count() == 16
    assert told(world.clerk, evidence) == []
    entry = history_of(evidence).get()
    assert (entry.verb, entry.facts["sha256"]) == (Verb.EVIDENCE_ATTACHED, evidence.file.sha256)


def test_the_same_file_attached_again_is_the_same_evidence(world: World, project: Project) -> None:
    first = attached(project, world.officer)
    assert attached(project, world.clerk) == first
    assert Evidence.objects.count() == 1


def test_a_file_that_came_in_pieces_is_attached(world: World, project: Project) -> None:
    content = photo(2)
    ref = begin_upload("สวน.jpg", size=len(content), by=world.officer).ref
    pieces = iter([content, b""])
    continue_upload(ref, at=0, read=lambda most: next(pieces), by=world.officer)
    for _ in range(2):
        evidence = attach_upload(project, EvidenceKind.BEFORE, ref, by=world.officer)
    assert evidence.file is not None
    assert (content_of(evidence.file), evidence.file_name) == (content, "สวน.jpg")
    assert Evidence.objects.count() == 1
    with pytest.raises(NotFound):
        attach_upload(project, EvidenceKind.BEFORE, ref, by=world.clerk)


def test_half_an_upload_and_no_photograph_leave_nothing(world: World, project: Project) -> None:
    ref = begin_upload("สวน.jpg", size=1000, by=world.officer).ref
    with pytest.raises(Refused) as refused:
        attach_upload(project, EvidenceKind.AFTER, ref, by=world.officer)
    assert refused.value.code == "upload_unfinished"
    with pytest.raises(Refused) as refused:
        attach_evidence(project, EvidenceKind.AFTER, PDF, by=world.officer)
    assert refused.value.code == "not_photograph"
    assert not Evidence.objects.exists()
    assert not StoredFile.objects.exists()
    assert Upload.objects.get().taken is None


def test_papers_and_links_are_evidence_too(world: World, project: Project) -> None:
    paper = attach_evidence(project, EvidenceKind.PAPER, PDF, by=world.officer, name="ใบตรวจรับ.pdf")
    link = attach_link(project, " https://example.go.th/park ", by=world.officer, caption="ข่าว")
    assert link == attach_link(project, "https://example.go.th/park", by=world.officer)
    assert {one.pk for one in evidence_of(world.clerk, project)} == {paper.pk, link.pk}
    assert not PictureMark.objects.exists()


@pytest.mark.parametrize("url", ["javascript:alert(1)", "park", "ftp://example.go.th/x", ""])
def test_what_is_no_address_is_refused(world: World, project: Project, url: str) -> None:
    with pytest.raises(Refused) as refused:
        attach_link(project, url, by=world.officer)
    assert refused.value.code == "wrong_link"


def test_a_paper_that_runs_is_refused(world: World, project: Project) -> None:
    for content in (b"MZ\x00\x00", b"#!/bin/sh\n", b"<html><script>x</script></html>"):
        with pytest.raises(Refused) as refused:
            attach_evidence(project, EvidenceKind.PAPER, content, by=world.officer)
        assert refused.value.code == "wrong_paper"


def test_only_the_house_attaches_and_not_to_what_is_given_up(
    world: World, project: Project
) -> None:
    for stranger in (world.tha_sen_clerk, world.neighbour_clerk, world.administrator):
        with pytest.raises(Refused) as refused:
            attached(project, stranger)
        assert refused.value.status == 403
    move_project(project, ProjectState.CANCELLED, by=world.clerk, why="ไม่มีงบ")
    with pytest.raises(Refused) as refused:
        attached(project, world.officer)
    assert refused.value.code == "project_closed"
    assert not Evidence.objects.exists()


# Doubts


def test_a_picture_far_from_the_place_says_how_far(world: World, project: Project) -> None:
    far = BAN_LAT | {2: (13.0, 9.0, 6.0)}
    evidence = attached(project, world.officer, photo(3, place=tuple(far.items())))
    assert told(world.clerk, evidence) == ["ถ่ายห่างจาก “สวนสาธารณะหมู่ที่ 3” ประมาณ 12 กม."]


def test_without_a_place_of_the_project_that_is_said_mildly(world: World) -> None:
    evidence = attached(under_way(world.clerk, has_place=False, **DAYS), world.officer)
    line = told_doubts(world.clerk, [evidence])[evidence.pk][0]
    assert (line.code, line.is_mild) == ("no_place", True)


@pytest.mark.parametrize(
    ("kind", "taken", "expected"),
    [
        (EvidenceKind.BEFORE, "2026:01:20 09:00:00", []),
        (EvidenceKind.BEFORE, "2024:12:01 09:00:00", ["stale"]),
        (EvidenceKind.BEFORE, "2026:03:01 09:00:00", ["too_late"]),
        (EvidenceKind.DURING, "2026:03:01 09:00:00", []),
        (EvidenceKind.DURING, "2026:01:31 23:00:00", ["too_early"]),
        (EvidenceKind.AFTER, "2026:01:15 09:00:00", ["too_early"]),
        (EvidenceKind.AFTER, "2026:03:25 09:00:00", ["future"]),
    ],
)
def test_a_picture_of_the_wrong_time_is_doubted(
    world: World, project: Project, kind: EvidenceKind, taken: str, expected: list[str]
) -> None:
    evidence = attached(project, world.officer, photo(4, taken=taken), kind)
    assert codes(world.clerk, evidence) == expected


def test_a_picture_taken_long_after_the_end_is_doubted(world: World) -> None:
    ended = under_way(world.clerk, begins_on=date(2025, 10, 5), ends_on=date(2025, 12, 1))
    evidence = attached(ended, world.officer, photo(4), EvidenceKind.DURING)
    assert codes(world.clerk, evidence) == ["too_late"]


def test_a_picture_without_time_and_place_is_doubted_mildly(world: World, project: Project) -> None:
    evidence = attached(project, world.officer, photo(5, change="left 2 %"))
    lines = told_doubts(world.clerk, [evidence])[evidence.pk]
    assert [line.is_mild for line in lines] == [True, True]


@pytest.mark.parametrize("change", ["", "all sides 5 %", "left 5 %, 640 dots at 60"])
def test_the_same_picture_in_another_project_of_the_house_is_named_on_both(
    world: World, project: Project, change: str
) -> None:
    first = attached(project, world.officer)
    other = under_way(world.clerk, name="ซ่อมถนนหมู่ที่ 5", **DAYS)
    second = attached(other, world.officer, photo(change=change) if change else photo())
    code = "like" if change else "same"
    assert code in codes(world.clerk, first)
    assert code in codes(world.clerk, second)
    assert any("ปรับปรุงสวนสาธารณะหมู่ที่ 3" in words for words in told(world.clerk, second))
    assert any("ซ่อมถนนหมู่ที่ 5" in words for words in told(world.clerk, first))
    withdraw_evidence(second, by=world.officer)
    assert code not in codes(world.clerk, first)


def test_another_houses_project_is_not_named(world: World, project: Project) -> None:
    theirs = under_way(world.tha_sen_clerk, name="โครงการลับของท่าเสน", **DAYS)
    attached(theirs, world.tha_sen_clerk)
    mine = attached(project, world.officer)
    near = attached(project, world.officer, photo(change="all sides 5 %"))
    words = [*told(world.clerk, mine), *told(world.clerk, near)]
    assert any("ในโครงการของหน่วยงานอื่น" in each for each in words)
    assert not any("ท่าเสน" in each for each in words)
    lines = told_doubts(world.clerk, [mine])[mine.pk]
    assert all(line.twin is None for line in lines)


def test_nearly_the_same_is_looked_for_in_the_district_and_the_very_same_everywhere(
    world: World, project: Project
) -> None:
    theirs = under_way(world.neighbour_clerk, **DAYS)
    attached(theirs, world.neighbour_clerk)
    assert codes(world.clerk, attached(project, world.officer)) == ["same"]
    near = attached(project, world.officer, photo(change="all sides 5 %"), EvidenceKind.AFTER)
    assert "like" not in codes(world.clerk, near)


def test_one_picture_for_before_and_after_is_doubted_and_a_burst_is_not(
    world: World, project: Project
) -> None:
    attached(project, world.officer, photo(6), EvidenceKind.AFTER)
    burst = attached(project, world.officer, photo(6, change="left 2 %"), EvidenceKind.AFTER)
    assert "repeated" not in codes(world.clerk, burst)
    before = attached(project, world.officer, photo(6, change="bottom 3 %"), EvidenceKind.BEFORE)
    assert "repeated" in codes(world.clerk, before)


def test_doubts_are_held_against_the_project_as_it_is_now(world: World, project: Project) -> None:
    evidence = attached(project, world.officer, photo(4, taken="2026:01:15 09:00:00"))
    assert codes(world.clerk, evidence) == ["too_early"]
    Project.objects.filter(pk=project.pk).update(begins_on=date(2026, 1, 5))
    assert codes(world.clerk, evidence) == []


# Judging


def test_someone_else_says_adequate_and_it_stays_so(world: World, project: Project) -> None:
    evidence = attached(project, world.officer)
    assert list(evidence_to_judge(world.chief_clerk)) == [evidence]
    judge_evidence(evidence, is_adequate=True, by=world.chief_clerk)
    judge_evidence(evidence, is_adequate=True, by=world.clerk)
    evidence.refresh_from_db()
    assert (evidence.state, evidence.judged_by) == (EvidenceState.ADEQUATE, world.chief_clerk)
    with pytest.raises(Refused) as refused:
        judge_evidence(evidence, is_adequate=False, by=world.clerk, note="ไม่ชัด")
    assert refused.value.code == "judged_already"
    attached(under_way(world.clerk, name="อีกโครงการ", **DAYS), world.officer)
    evidence.refresh_from_db()
    assert evidence.state == EvidenceState.ADEQUATE
    assert codes(world.clerk, evidence) == ["same"]
    assert history_of(evidence).filter(verb=Verb.EVIDENCE_JUDGED).count() == 1


def test_the_author_cannot_judge_in_this_post_or_in_another(world: World, project: Project) -> None:
    evidence = attached(project, world.officer)
    assert world.officer.person is not None
    other = give_post(
        world.officer.person,
        world.nong_kapu,
        role="clerk",
        title="รักษาการธุรการ",
        from_on=date(2026, 1, 1),
        until_on=None,
        by=world.administrator,
    )
    assert list(evidence_to_judge(world.officer)) == list(evidence_to_judge(other)) == []
    for post in (world.officer, other):
        with pytest.raises(Refused) as refused:
            judge_evidence(evidence, is_adequate=True, by=post)
        assert refused.value.code == "own_evidence"
    evidence.refresh_from_db()
    assert evidence.state == EvidenceState.WAITING


def test_strangers_cannot_judge(world: World, project: Project) -> None:
    evidence = attached(project, world.officer)
    for post in (world.administrator, world.tha_sen_clerk):
        with pytest.raises(NotFound):
            evidence_for(post, evidence.pk)
    with pytest.raises(Refused) as refused:
        judge_evidence(evidence, is_adequate=True, by=world.administrator)
    assert refused.value.code == "not_allowed"


def test_sending_back_needs_a_note_and_an_explanation_brings_it_back(
    world: World, project: Project
) -> None:
    evidence = attached(project, world.officer)
    with pytest.raises(Refused) as refused:
        judge_evidence(evidence, is_adequate=False, by=world.clerk)
    assert refused.value.code == "no_note"
    judge_evidence(evidence, is_adequate=False, by=world.clerk, note="ไม่เห็นป้ายโครงการ")
    with pytest.raises(Refused):
        explain_evidence(evidence, by=world.officer, caption=" ")
    explain_evidence(evidence, by=world.officer, caption="ป้ายอยู่มุมขวาบน")
    evidence.refresh_from_db()
    assert (evidence.state, evidence.caption) == (EvidenceState.WAITING, "ป้ายอยู่มุมขวาบน")
    judge_evidence(evidence, is_adequate=True, by=world.clerk)
    notes = list(history_of(evidence).values_list("note", flat=True))
    assert "ไม่เห็นป้ายโครงการ" in notes


def test_the_author_takes_back_until_it_is_adequate(world: World, project: Project) -> None:
    evidence = attached(project, world.officer)
    with pytest.raises(Refused):
        withdraw_evidence(evidence, by=world.tha_sen_clerk)
    withdraw_evidence(evidence, by=world.officer)
    withdraw_evidence(evidence, by=world.officer)
    assert list(evidence_of(world.clerk, project)) == []
    assert list(withdrawn_evidence(world.clerk, project)) == [evidence]
    again = attached(project, world.officer)
    assert again != evidence
    judge_evidence(again, is_adequate=True, by=world.clerk)
    with pytest.raises(Refused) as refused:
        withdraw_evidence(again, by=world.officer)
    assert refused.value.code == "not_allowed"
    with pytest.raises(Refused) as refused:
        withdraw_evidence(again, by=world.chief_clerk)
    assert refused.value.code == "no_reason"
    withdraw_evidence(again, by=world.chief_clerk, why="มีหน้าเด็กในภาพ")
    assert not evidence_of(world.clerk, project).exists()


# The public


def test_the_public_sees_adequate_pictures_of_a_public_project_alone(
    world: World, project: Project
) -> None:
    good = attached(project, world.officer, photo(7))
    attached(project, world.officer, photo(8))
    attach_evidence(project, EvidenceKind.PAPER, PDF, by=world.officer)
    judge_evidence(good, is_adequate=True, by=world.clerk)
    assert list(public_pictures(None, project)) == []
    with pytest.raises(NotFound):
        public_picture(None, project, good.pk, SmallSide.PAGE)
    show_project(project, by=world.clerk, is_public=True)
    assert list(public_pictures(None, project)) == [good]
    picture = public_picture(None, project, good.pk, SmallSide.PAGE)
    assert b"Exif" in photo(7)
    assert b"Exif" not in picture.content
    waiting = Evidence.objects.get(state=EvidenceState.WAITING, kind=EvidenceKind.AFTER)
    with pytest.raises(NotFound):
        public_picture(None, project, waiting.pk, SmallSide.PAGE)
    withdraw_evidence(good, by=world.clerk, why="ขอถอน")
    with pytest.raises(NotFound):
        public_picture(None, project, good.pk, SmallSide.PAGE)
