"""A person's signature as a picture: taken apart, and put together again from what draws alone."""

import struct
import zlib
from collections.abc import Iterator

from django.db import transaction

from thamthan.errors import Refused
from thamthan.organisations.models import Person, Post
from thamthan.records.actions import record, store_file
from thamthan.records.rules import Verb

MOST_BYTES = 500 * 1024
MOST_WIDE, MOST_HIGH = 2000, 1000
_MARK = b"\x89PNG\r\n\x1a\n"
# Dots of each kind of colour: grey, red-green-blue, palette, grey and clear, all and clear.
_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
# What draws; everything else – words, places, profiles, whatever was hidden – stays out.
_KEPT = (b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND")


@transaction.atomic
def keep_signature(person: Person, content: bytes, *, by: Post) -> None:
    """เก็บภาพลายมือชื่อของตน: from now on it stands beside what the person endorses.

    What was signed before keeps the picture, or none, that it had.
    """
    _check_own(person, by)
    file = store_file(cleaned_png(content), by=by)
    locked = Person.objects.select_for_update().get(pk=person.pk)
    if locked.signature_id == file.pk:
        return
    locked.signature = file
    locked.save(update_fields=["signature"])
    record(Verb.SIGNATURE_KEPT, locked, by=by, sha256=file.sha256)
    person.signature = file


@transaction.atomic
def drop_signature(person: Person, *, by: Post) -> None:
    """เลิกใช้ภาพลายมือชื่อ: from now on the typed name alone stands. Twice is once."""
    _check_own(person, by)
    locked = Person.objects.select_for_update().get(pk=person.pk)
    if locked.signature_id is not None:
        locked.signature = None
        locked.save(update_fields=["signature"])
        record(Verb.SIGNATURE_DROPPED, locked, by=by)
    person.signature = None


def _check_own(person: Person, by: Post) -> None:
    if by.person_id != person.pk:
        raise Refused("ลายมือชื่อเปลี่ยนได้เฉพาะของตนเอง", code="not_allowed", status=403)


def cleaned_png(content: bytes) -> bytes:
    """The same dots in a file that holds nothing else; refuses what is not such a picture.

    1. Size of the file, then of the picture as its head says, before anything is unpacked.
    2. Every part whole by its checksum; the dots unpack to exactly what the head promises.
    3. Only the parts that draw are written again, the dots packed anew.
    """
    if len(content) > MOST_BYTES:
        raise _wrong(f"ภาพใหญ่เกิน {MOST_BYTES // 1024} kB โปรดย่อภาพก่อน")
    if not content.startswith(_MARK):
        raise _wrong("ไฟล์นี้ไม่ใช่ภาพ PNG โปรดบันทึกภาพลายมือชื่อเป็น PNG")
    try:
        parts = list(_parts(content[len(_MARK) :]))
        head = dict(parts)[b"IHDR"]
        wide, high, depth, colour, packing, filtering, woven = struct.unpack(">IIBBBBB", head)
        channels = _CHANNELS[colour]
    except (KeyError, struct.error, ValueError):
        raise _damaged() from None
    if not (1 <= wide <= MOST_WIDE and 1 <= high <= MOST_HIGH):
        raise _wrong(f"ภาพต้องกว้างไม่เกิน {MOST_WIDE} และสูงไม่เกิน {MOST_HIGH} จุด")
    if packing or filtering or woven:
        raise _wrong("ภาพ PNG แบบนี้ใช้ไม่ได้ โปรดบันทึกใหม่โดยไม่เลือก interlace")
    if depth not in {1, 2, 4, 8, 16} or (colour == 3 and b"PLTE" not in dict(parts)):
        raise _damaged()
    row = (wide * channels * depth + 7) // 8 + 1
    dots = _unpacked(b"".join(body for name, body in parts if name == b"IDAT"), row * high)
    if any(dots[at] > 4 for at in range(0, len(dots), row)):
        raise _damaged()
    kept = dict(parts) | {b"IDAT": zlib.compress(dots, 9), b"IEND": b""}
    return _MARK + b"".join(_part(name, kept[name]) for name in _KEPT if name in kept)


def _parts(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 0
    while at < len(content):
        length, name = struct.unpack_from(">I4s", content, at)
        body = content[at + 8 : at + 8 + length]
        (checksum,) = struct.unpack_from(">I", content, at + 8 + length)
        if zlib.crc32(name + body) != checksum:
            raise ValueError
        yield name, body
        if name == b"IEND":
            return
        at += 12 + length


def _unpacked(packed: bytes, expected: int) -> bytes:
    # One byte more than promised is asked for, so that a bomb is stopped at once.
    opener = zlib.decompressobj()
    try:
        dots = opener.decompress(packed, expected + 1)
    except zlib.error:
        raise _damaged() from None
    if len(dots) != expected:
        raise _damaged()
    return dots


def _part(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def _damaged() -> Refused:
    return _wrong("ภาพชำรุดหรือมาไม่ครบ โปรดบันทึกเป็น PNG ใหม่แล้วส่งอีกครั้ง")


def _wrong(message: str) -> Refused:
    return Refused(message, code="wrong_picture", status=400, field="signature")
