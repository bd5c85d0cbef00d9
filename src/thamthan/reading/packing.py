"""What a packed Office file says of itself, looked at before anything of it is unpacked."""

import io
import zipfile

from thamthan.reading.parsed import Unparsed

# A letter in DOCX or a plan in XLSX unpacks to some MB of XML, and to its pictures.
MOST_PARTS = 2_000
MOST_UNPACKED = 200 * 1024 * 1024
MOST_TEXT_PART = 40 * 1024 * 1024
# XML packs 10 to 30 times; only zeros by the million pack much better.
MOST_RATIO = 100
RATIO_COUNTS_FROM = 10 * 1024 * 1024

DAMAGED = "ชำรุดหรือมาไม่ครบ จึงเปิดอ่านไม่ได้ กรุณาขอไฟล์ใหม่"
_TOO_MUCH = "มีข้อมูลอัดไว้มากผิดปกติ จึงไม่เปิด กรุณาขอไฟล์ใหม่"


def opened(content: bytes) -> zipfile.ZipFile:
    """เปิดแฟ้มที่อัดไว้, nothing unpacked yet; raises `Unparsed` for one that is broken."""
    try:
        return zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as fault:
        # NotImplementedError: it asks for a later zip than Python knows, as damaged ones do.
        raise Unparsed(DAMAGED) from fault


def check_packing(content: bytes) -> None:
    """ตรวจก่อนคลี่ไฟล์: raises `Unparsed` for an archive that is broken, locked or a bomb."""
    with opened(content) as archive:
        parts = archive.infolist()
    if any(part.flag_bits & 0x1 for part in parts):
        raise Unparsed("ถูกใส่รหัสผ่าน จึงเปิดอ่านไม่ได้ กรุณาขอฉบับที่ไม่มีรหัสผ่าน")
    unpacked = sum(part.file_size for part in parts)
    if (
        len(parts) > MOST_PARTS
        or unpacked > MOST_UNPACKED
        or (unpacked > RATIO_COUNTS_FROM and unpacked > MOST_RATIO * len(content))
        or any(
            part.file_size > MOST_TEXT_PART
            for part in parts
            if part.filename.endswith((".xml", ".rels"))
        )
    ):
        raise Unparsed(_TOO_MUCH)
