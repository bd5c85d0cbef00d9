"""All of the letters on a disposal list in one ZIP: files, register as CSV, facts as JSON."""

import json
import tempfile
import zipfile
from typing import TYPE_CHECKING, Any

from django.http import FileResponse

from thamthan.errors import NotFound, Refused
from thamthan.letters.queries import disposal_lines, file_for, files_of, readings_of
from thamthan.letters.rules import DisposalState
from thamthan.organisations.rules import Duty
from thamthan.reading.model import to_json
from thamthan.records.queries import history_of
from thamthan.web.keeping_lists import disposal_list
from thamthan.writing import write_table

if TYPE_CHECKING:
    from thamthan.letters.models import Disposal, Letter
    from thamthan.organisations.models import Post

_CHUNK = 1024 * 1024


def exported(post: "Post", disposal: "Disposal") -> FileResponse:
    """ส่งออกก่อนทำลาย. Secret letters never stand on such a list."""
    if not post.has_duty(Duty.REGISTER_LETTERS) and not post.has_duty(Duty.APPROVE_DISPOSAL):
        raise Refused("ตำแหน่งนี้ไม่มีหน้าที่ส่งออกหนังสือ", code="not_allowed", status=403)
    if disposal.state == DisposalState.DESTROYED:
        raise NotFound("ทำลายแล้ว ไม่มีไฟล์ให้ส่งออก")
    lines = [line for line in disposal_lines(post, disposal) if not line.letter.is_secret]
    packed = tempfile.TemporaryFile()  # noqa: SIM115 – the answer closes it when it is sent
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as archive:
        table = disposal_list(disposal, lines)
        archive.writestr("register.csv", write_table(table, form="csv"))
        facts = []
        for line in lines:
            facts.append(_facts(post, line.letter))
            _put_files(archive, post, line.letter)
        words = json.dumps({"letters": facts}, ensure_ascii=False, indent=1)
        archive.writestr("letters.json", words)
    packed.seek(0)
    name = f"หนังสือขอทำลาย {disposal.year + 543}.zip"
    return FileResponse(packed, as_attachment=True, filename=name, content_type="application/zip")


def _folder(letter: "Letter") -> str:
    return f"{letter.receipt_year}-{letter.receipt_number:06d}"


def _put_files(archive: zipfile.ZipFile, post: "Post", letter: "Letter") -> None:
    for row in files_of(post, letter):
        kept, stream = file_for(post, letter.pk, row.position)
        # A name from outside must not lead out of the folder that it is unpacked into.
        plain = "".join(
            "_" if sign in '/\\:*?"<>|' or ord(sign) < 32 else sign for sign in kept.name
        )
        path = f"{_folder(letter)}/{row.position:02d} {plain.strip('. ') or 'file'}"
        with stream, archive.open(path, "w", force_zip64=True) as target:
            while block := stream.read(_CHUNK):
                target.write(block)


def _facts(post: "Post", letter: "Letter") -> dict[str, Any]:
    reading = readings_of(post, letter).reading
    return {
        "ref": str(letter.ref),
        "receipt_year": letter.receipt_year,
        "receipt_number": letter.receipt_number,
        "received_at": letter.received_at.isoformat(),
        "number": letter.number,
        "dated_on": letter.dated_on.isoformat() if letter.dated_on else None,
        "sender": letter.sender,
        "addressee": letter.addressee,
        "subject": letter.subject,
        "files": [
            {"name": row.name, "size": row.file.size, "sha256": row.file.sha256}
            for row in files_of(post, letter)
        ],
        "reading": to_json(reading) if reading is not None else None,
        "history": [
            {
                "at": entry.at.isoformat(),
                "verb": entry.verb,
                "by": entry.post_words,
                "note": entry.note,
            }
            for entry in history_of(letter)
        ],
    }
