"""The index of words is made true again; posts keep and forget their searches."""

from django.db import transaction

from thamthan.errors import Refused
from thamthan.letters.backends import search_backend
from thamthan.letters.indexing import entry_of, index_letter, is_same, words_in
from thamthan.letters.models import Letter, SavedSearch, SearchEntry
from thamthan.organisations.models import Post
from thamthan.organisations.rules import Duty
from thamthan.records.actions import record
from thamthan.records.rules import Verb
from thamthan.thai.clusters import EDITION
from thamthan.thai.correspondence import Secrecy
from thamthan.thai.text import squeeze

_AT_ONCE = 500
_MOST_SAVED = 50


@transaction.atomic
def rebuild_search(*, by: Post, is_whole: bool = False) -> int:
    """สร้างดัชนีค้นหาใหม่ of the whole installation where it is not what the letters say.

    Gives how many letters were put in or taken out: none when all was true. With `is_whole`, or
    after words have come to be cut otherwise, everything is put in anew.
    """
    if not by.has_duty(Duty.LOAD_LISTS):
        raise Refused("ตำแหน่งนี้ไม่มีหน้าที่ดูแลดัชนีค้นหา", code="not_allowed", status=403)
    backend = search_backend()
    if is_whole or SearchEntry.objects.exclude(edition=EDITION).exists():
        backend.clear()
        SearchEntry.objects.all().delete()
    kept, entered = backend.kept(), set(SearchEntry.objects.values_list("pk", flat=True))
    if kept - entered:
        # Words of which nothing is known any more cannot be taken out one by one.
        backend.clear()
        kept = set()
    count = 0
    rows = list(Letter.objects.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(rows), _AT_ONCE):
        count += _put_right(rows[start : start + _AT_ONCE], kept)
    return count


def _put_right(keys: list[int], kept: set[int]) -> int:
    letters = Letter.objects.filter(pk__in=keys).prefetch_related("readings").order_by("pk")
    entries = SearchEntry.objects.in_bulk(keys)
    fresh, missing = [], []
    count = 0
    for letter in letters:
        entry, wanted = entries.get(letter.pk), entry_of(letter)
        if entry is None and wanted is not None:
            fresh.append((wanted, letter.organisation_id))
        elif entry is not None and wanted is not None and is_same(entry, wanted):
            if letter.pk not in kept:
                missing.append((entry, letter.organisation_id))
        else:
            count += index_letter(letter)
    SearchEntry.objects.bulk_create([entry for entry, _ in fresh])
    added = [words_in(entry, house=house) for entry, house in [*fresh, *missing]]
    search_backend().add(added)
    return count + len(added)


def is_search_true(*, by: Post) -> bool:
    """ดัชนีค้นหาน่าจะตรง: no open letter that was read lacks its entry, none is of another edition.

    A quick look before serving; `rebuild_search` compares every word.
    """
    if SearchEntry.objects.exclude(edition=EDITION).exists():
        return False
    read = Letter.objects.filter(secrecy=Secrecy.OPEN).exclude(subject="", number="")
    return not read.filter(search_entry=None).exists()


@transaction.atomic
def save_search(*, by: Post, name: str, asked: str) -> SavedSearch:
    """บันทึกการค้น under a name of this post's; the same name again takes its place."""
    if not by.has_duty(Duty.READ_LETTERS):
        raise Refused("ตำแหน่งนี้ไม่มีหน้าที่ดูหนังสือของหน่วยงาน", code="not_allowed", status=403)
    name = squeeze(name.replace("\x00", ""))[:80]
    if not name:
        raise Refused("โปรดตั้งชื่อให้การค้นนี้ เช่น “เรื่องผู้สูงอายุที่ยังไม่เสร็จ”", code="no_name", status=400)
    if not asked or len(asked) > 1000:
        raise Refused("โปรดค้นก่อน แล้วจึงบันทึกการค้นนั้น", code="nothing_asked", status=400)
    mine = SavedSearch.objects.filter(post=by)
    if mine.count() >= _MOST_SAVED and not mine.filter(name=name).exists():
        raise Refused(
            f"บันทึกไว้ครบ {_MOST_SAVED} รายการแล้ว โปรดลบรายการที่ไม่ใช้ก่อน", code="too_many_saved"
        )
    saved, _ = SavedSearch.objects.update_or_create(post=by, name=name, defaults={"asked": asked})
    record(Verb.SEARCH_SAVED, saved, by=by, name=name)
    return saved


@transaction.atomic
def forget_search(saved: SavedSearch, *, by: Post) -> None:
    """ลบการค้นที่บันทึกไว้; only the post that keeps it may."""
    if saved.post_id != by.pk:
        raise Refused("การค้นนี้เป็นของตำแหน่งอื่น", code="not_allowed", status=403)
    record(Verb.SEARCH_FORGOTTEN, saved, by=by, name=saved.name)
    saved.delete()
