"""What of a letter can be searched is written beside it, in the transaction that changes it.

Whoever writes a letter's words – a reading that settles, a person who confirms, types, corrects or
gives a number or a class of secrecy – calls `index_letter` last. States of a letter are asked of
the letter itself, so that finishing it or setting it aside changes nothing here.
"""

from collections.abc import Sequence

from thamthan.letters.backends import Words, search_backend, words_of
from thamthan.letters.models import Letter, Reading, SearchEntry
from thamthan.letters.rules import Maker, ReadingState
from thamthan.reading.model import LetterReading, from_json
from thamthan.thai.clusters import EDITION, readable, tokens

_TEXTS = ("number", "subject", "sender", "people", "body")


def index_letter(letter: Letter) -> bool:
    """ปรับสิ่งที่ค้นได้ของหนังสือ to what the letter and its readings say now; says whether it changed.

    A secret letter, and one of which nothing is known yet, has nothing in the index.
    """
    wanted = entry_of(letter)
    kept = SearchEntry.objects.filter(pk=letter.pk).first()
    if kept is not None and wanted is not None and is_same(kept, wanted):
        return False
    if kept is None and wanted is None:
        return False
    backend = search_backend()
    if kept is not None:
        backend.remove(words_in(kept, house=letter.organisation_id))
        kept.delete()
    elif not SearchEntry.objects.exists():
        # What an emptied database left in the index belongs to nobody.
        backend.clear()
    if wanted is not None:
        wanted.save(force_insert=True)
        backend.add([words_in(wanted, house=letter.organisation_id)])
    return True


def is_same(one: SearchEntry, other: SearchEntry) -> bool:
    return all(getattr(one, name) == getattr(other, name) for name in ("edition", "keys", *_TEXTS))


def words_in(entry: SearchEntry, *, house: int) -> Words:
    return words_of(entry.pk, house, entry.keys, [getattr(entry, name) for name in _TEXTS])


def entry_of(letter: Letter) -> SearchEntry | None:
    """The entry that this letter ought to have; none for a secret one or one without words."""
    if letter.is_secret:
        return None
    rows = list(letter.readings.filter(state=ReadingState.DONE).order_by("-pk"))
    machine = next((row for row in rows if row.maker == Maker.MACHINE), None)
    person = next((row for row in rows if row.maker == Maker.PERSON), None)
    best = person or machine
    if best is None and not (letter.subject or letter.number):
        return None
    reading = from_json(best.result) if best is not None else None
    return SearchEntry(
        letter=letter,
        edition=EDITION,
        keys=_keys(letter),
        number=readable(f"{letter.number} / {letter.number_key}")[:260],
        subject=readable(letter.subject),
        sender=readable(letter.sender),
        people=readable(" / ".join([letter.addressee, *_people(reading)])),
        body=readable(" / ".join([*(machine.pages if machine else ()), *_body(reading, machine)])),
    )


def _keys(letter: Letter) -> str:
    """The whole number, its running part, and the receipt number, each marked by its letter."""
    keys = []
    if letter.number_key:
        keys += [f"k{key_of(letter.number_key)}", f"x{key_of(letter.number_key.split('/')[-1])}"]
        if letter.number_key.count("/") > 1 or letter.number_key[0].isdigit():
            keys.append(f"x{key_of(letter.number_key.split('/')[-2])}")
    if letter.receipt_number is not None:
        keys.append(f"r{letter.receipt_number}")
    return " ".join(keys)[:400]


def key_of(number_key: str) -> str:
    """A number as one run of letters and digits, as an index keeps it."""
    return "z".join(tokens(number_key))


def _people(reading: LetterReading | None) -> Sequence[str]:
    if reading is None:
        return ()
    found = (reading.signatory, reading.position, reading.owner_unit, reading.address)
    return [finding.value for finding in found if finding is not None]


def _body(reading: LetterReading | None, machine: Reading | None) -> Sequence[str]:
    """What a person confirmed and no page of the machine's may hold."""
    if reading is None:
        return ()
    parts = [enclosure.value for enclosure in reading.enclosures]
    for reference in reading.references:
        parts += [reference.text, reference.number or ""]
    if machine is None or not machine.pages:
        parts += [obligation.text for obligation in reading.obligations]
        parts += [item.text for item in reading.items]
    return parts
