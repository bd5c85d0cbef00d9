"""Files by pieces: true offsets after a cut, nothing twice, nobody else's, nothing left behind."""

import hashlib
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.core.management import call_command
from django.utils import timezone
from pytest_django import Settings

from tests.world import World
from thamthan.errors import NotFound, Refused
from thamthan.organisations.models import Post
from thamthan.records import uploading
from thamthan.records.models import StoredFile, Upload, UploadPart
from thamthan.records.queries import content_of
from thamthan.records.uploading import (
    BLOCK,
    KEPT_FOR,
    begin_upload,
    clear_uploads,
    content_of_upload,
    continue_upload,
    drop_upload,
    take_upload,
    upload_for,
)

pytestmark = pytest.mark.django_db(transaction=True)

CONTENT = bytes(range(256)) * 5000  # more than two blocks


class Line:
    """Gives bytes as a connection does: little by little, and none after it is cut."""

    def __init__(self, content: bytes, *, cut_after: int | None = None) -> None:
        self.content = content
        self.at = 0
        self.cut_after = cut_after

    def __call__(self, most: int) -> bytes:
        if self.cut_after is not None:
            most = min(most, self.cut_after - self.at)
            if most <= 0:
                raise OSError("connection reset")
        piece = self.content[self.at : self.at + min(most, 10_000)]
        self.at += len(piece)
        return piece


def begun(by: Post, content: bytes = CONTENT) -> UUID:
    return begin_upload("สวน.jpg", size=len(content), by=by).ref


def finished(by: Post, content: bytes = CONTENT) -> Upload:
    return continue_upload(begun(by, content), at=0, read=Line(content), by=by)


def files_left(settings: Settings) -> list[Path]:
    folder = Path(settings.MEDIA_ROOT) / "uploads"
    return list(folder.iterdir()) if folder.exists() else []


def test_a_whole_file_becomes_a_stored_file_when_it_is_taken(
    world: World, settings: Settings
) -> None:
    upload = finished(world.clerk)
    assert upload.sha256 == hashlib.sha256(CONTENT).hexdigest()
    assert not StoredFile.objects.exists()
    file = take_upload(upload, by=world.clerk)
    assert file.sha256 == upload.sha256
    assert content_of(file) == CONTENT
    assert files_left(settings) == []
    assert take_upload(upload, by=world.clerk) == file
    assert content_of_upload(upload_for(upload.ref, by=world.clerk)) == CONTENT


@pytest.mark.parametrize("cut_after", [0, 1, 30_000, BLOCK, BLOCK + 7, len(CONTENT) - 1])
def test_what_came_before_the_line_was_cut_is_kept(world: World, cut_after: int) -> None:
    ref = begun(world.clerk)
    continue_upload(ref, at=0, read=Line(CONTENT, cut_after=cut_after), by=world.clerk)
    received = upload_for(ref, by=world.clerk).received
    assert received == cut_after
    upload = continue_upload(ref, at=received, read=Line(CONTENT[received:]), by=world.clerk)
    assert content_of_upload(upload) == CONTENT


def test_a_process_killed_between_blocks_goes_on_at_the_true_offset(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    ref = begun(world.clerk)
    kept = uploading._keep

    def dies(upload: Upload, block: bytes) -> Upload:
        if upload.received:
            raise Killed
        return kept(upload, block)

    monkeypatch.setattr(uploading, "_keep", dies)
    with pytest.raises(Killed):
        continue_upload(ref, at=0, read=Line(CONTENT), by=world.clerk)
    monkeypatch.undo()
    assert upload_for(ref, by=world.clerk).received == BLOCK
    upload = continue_upload(ref, at=BLOCK, read=Line(CONTENT[BLOCK:]), by=world.clerk)
    assert content_of_upload(upload) == CONTENT


def test_the_same_piece_twice_is_there_once(world: World, settings: Settings) -> None:
    ref = begun(world.clerk)
    continue_upload(ref, at=0, read=Line(CONTENT[:50_000]), by=world.clerk)
    with pytest.raises(Refused) as refused:
        continue_upload(ref, at=0, read=Line(CONTENT[:50_000]), by=world.clerk)
    assert (refused.value.code, refused.value.facts) == ("wrong_offset", {"received": 50_000})
    assert upload_for(ref, by=world.clerk).received == 50_000
    assert len(files_left(settings)) == 1


def test_of_two_at_once_one_is_kept_and_the_other_takes_its_bytes_back(
    world: World, settings: Settings
) -> None:
    ref = begun(world.clerk)
    first = Line(CONTENT[:50_000])

    def slower(most: int) -> bytes:
        if first.at == 0:
            continue_upload(ref, at=0, read=first, by=world.clerk)
        return inner(most)

    inner: Callable[[int], bytes] = Line(CONTENT[:50_000])
    with pytest.raises(Refused) as refused:
        continue_upload(ref, at=0, read=slower, by=world.clerk)
    assert refused.value.code == "wrong_offset"
    assert UploadPart.objects.count() == len(files_left(settings)) == 1


def test_nobody_else_can_see_go_on_with_take_or_drop_it(world: World) -> None:
    upload = finished(world.clerk)
    for stranger in (world.officer, world.neighbour_clerk, world.system):
        for deed in (
            lambda by: upload_for(upload.ref, by=by),
            lambda by: continue_upload(upload.ref, at=0, read=Line(b""), by=by),
            lambda by: take_upload(upload, by=by),
            lambda by: drop_upload(upload.ref, by=by),
        ):
            with pytest.raises(NotFound):
                deed(stranger)
    assert upload_for(upload.ref, by=world.clerk) == upload


def test_half_a_file_is_not_taken(world: World) -> None:
    ref = begun(world.clerk)
    upload = continue_upload(ref, at=0, read=Line(CONTENT[:50_000]), by=world.clerk)
    with pytest.raises(Refused) as refused:
        take_upload(upload, by=world.clerk)
    assert refused.value.code == "upload_unfinished"
    assert not StoredFile.objects.exists()


def test_what_is_too_large_empty_or_too_much_is_refused(world: World, settings: Settings) -> None:
    settings.MAX_FILE_BYTES = 1000
    for size, code in ((0, "empty_file"), (-1, "empty_file"), (1001, "file_too_large")):
        with pytest.raises(Refused) as refused:
            begin_upload("สวน.jpg", size=size, by=world.clerk)
        assert refused.value.code == code
    for _ in range(20):
        begin_upload("สวน.jpg", size=1000, by=world.clerk)
    with pytest.raises(Refused) as refused:
        begin_upload("สวน.jpg", size=1, by=world.clerk)
    assert refused.value.code == "too_many_uploads"
    begin_upload("สวน.jpg", size=1000, by=world.officer)


def test_a_dropped_upload_leaves_nothing(world: World, settings: Settings) -> None:
    upload = finished(world.clerk)
    drop_upload(upload.ref, by=world.clerk)
    assert not Upload.objects.exists()
    assert files_left(settings) == []


def test_what_nobody_goes_on_with_is_cleared_after_days(world: World, settings: Settings) -> None:
    old, fresh = finished(world.clerk), finished(world.clerk)
    taken = finished(world.clerk)
    file = take_upload(taken, by=world.clerk)
    past = timezone.now() - KEPT_FOR - timedelta(minutes=1)
    Upload.objects.filter(pk__in=[old.pk, taken.pk]).update(last_at=past)
    with pytest.raises(NotFound):
        upload_for(old.ref, by=world.clerk)
    call_command("tick")
    assert list(Upload.objects.all()) == [fresh]
    assert len(files_left(settings)) == fresh.parts.count()
    assert content_of(file) == CONTENT
    assert clear_uploads(by=world.system, now=timezone.now()) == 0


def test_a_full_disk_is_told_in_words_and_loses_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    ref = begun(world.clerk)
    continue_upload(ref, at=0, read=Line(CONTENT[:50_000]), by=world.clerk)

    def full(*args: object, **words: object) -> str:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("thamthan.records.storage.WholeFileStorage._save", full)
        with pytest.raises(Refused) as refused:
            continue_upload(ref, at=50_000, read=Line(CONTENT[50_000:]), by=world.clerk)
    assert (refused.value.code, refused.value.status) == ("storage_full", 507)
    upload = continue_upload(ref, at=50_000, read=Line(CONTENT[50_000:]), by=world.clerk)
    assert content_of_upload(upload) == CONTENT
