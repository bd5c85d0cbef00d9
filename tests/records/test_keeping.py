"""Files are kept once under what they hold; history is added to and never changed."""

import hashlib

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from tests.world import World
from thamthan.errors import NotFound, Refused
from thamthan.records.actions import record, record_each, store_file
from thamthan.records.models import HistoryEntry, StoredFile
from thamthan.records.queries import content_of, history_of
from thamthan.records.rules import Verb
from thamthan.records.storage import WholeFileStorage

pytestmark = pytest.mark.django_db

LETTER = "ที่ พบ ๐๖๑๘/๖๖๕".encode()


def test_a_file_is_kept_under_its_hash(world: World) -> None:
    file = store_file(LETTER, by=world.clerk)
    assert file.sha256 == hashlib.sha256(LETTER).hexdigest()
    assert file.size == len(LETTER)
    assert content_of(file) == LETTER


def test_the_same_bytes_are_one_file(world: World) -> None:
    first = store_file(LETTER, by=world.clerk)
    assert store_file(LETTER, by=world.neighbour_clerk) == first
    assert StoredFile.objects.count() == 1


def test_an_empty_file_is_refused(world: World) -> None:
    with pytest.raises(Refused) as refused:
        store_file(b"", by=world.clerk)
    assert refused.value.code == "empty_file"
    assert not StoredFile.objects.exists()


def test_bytes_that_a_killed_process_left_without_a_row_are_taken_over(world: World) -> None:
    path = StoredFile(sha256=hashlib.sha256(LETTER).hexdigest()).path
    default_storage.save(path, ContentFile(LETTER))
    file = store_file(LETTER, by=world.clerk)
    assert file.path == path
    assert content_of(file) == LETTER


def test_a_lost_file_is_told_in_words_and_comes_back_with_its_bytes(world: World) -> None:
    file = store_file(LETTER, by=world.clerk)
    default_storage.delete(file.path)
    with pytest.raises(NotFound) as refused:
        content_of(file)
    assert refused.value.code == "file_lost"
    assert store_file(LETTER, by=world.clerk) == file
    assert content_of(file) == LETTER


def test_a_full_disk_is_told_in_words_and_leaves_no_row(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*args: object, **words: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(WholeFileStorage, "_save", full)
    with pytest.raises(Refused) as refused:
        store_file(LETTER, by=world.clerk)
    assert (refused.value.code, refused.value.status) == ("storage_full", 507)
    assert not StoredFile.objects.exists()


def test_history_keeps_who_acted_in_the_words_of_that_day(world: World) -> None:
    words = world.clerk.words()
    record(Verb.LETTER_RECEIVED, world.nong_kapu, by=world.clerk, note="ทดสอบ", number=614)
    person = world.clerk.person
    assert person is not None
    person.name = "ชื่อใหม่"
    person.save()
    entry = history_of(world.nong_kapu).get(verb=Verb.LETTER_RECEIVED)
    assert (entry.post_words, entry.post_id, entry.note) == (words, world.clerk.pk, "ทดสอบ")
    assert entry.facts == {"number": 614}


def test_many_rows_get_a_line_each(world: World) -> None:
    rows = [(world.nong_kapu, {"n": 1}), (world.tha_sen, {"n": 2})]
    record_each(Verb.ORGANISATION_CHANGED, rows, by=world.system)
    assert history_of(world.tha_sen).get(verb=Verb.ORGANISATION_CHANGED).facts == {"n": 2}
    assert history_of(world.neighbour).filter(verb=Verb.ORGANISATION_CHANGED).count() == 0


def test_what_is_written_once_is_not_changed_or_removed(world: World) -> None:
    entry = record(Verb.LETTER_READ, world.nong_kapu, by=world.clerk)
    file = store_file(LETTER, by=world.clerk)
    for row in (entry, file):
        for deed in (
            row.save,
            row.delete,
            type(row).objects.filter(pk=row.pk).delete,
            lambda row=row: type(row).objects.filter(pk=row.pk).update(pk=0),
            lambda row=row: type(row).objects.bulk_update([row], ["pk"]),
        ):
            with pytest.raises(Refused) as refused:
                deed()
            assert refused.value.code == "written_once"
    assert HistoryEntry.objects.filter(pk=entry.pk).exists()


def test_an_unknown_verb_is_not_kept(world: World) -> None:
    from django.db import IntegrityError, transaction

    with pytest.raises(IntegrityError), transaction.atomic():
        record("letter:eaten", world.nong_kapu, by=world.clerk)  # type: ignore[arg-type]
