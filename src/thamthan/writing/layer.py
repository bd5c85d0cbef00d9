"""The text layer of a written PDF: what guided the breaking of lines is taken out of it again."""

import re
from io import BytesIO

_SAID = re.compile(rb"/ActualText\s?<([0-9A-F]+)>")
_MEANT = re.compile(rb"<([0-9A-F]{4})> <([0-9A-F]+)>")
_GUIDES = ("200B", "2060")


def cleaned(pdf: bytes) -> bytes:
    """ล้างชั้นข้อความ: the same PDF, whose words hold neither U+200B nor U+2060."""
    import pikepdf

    with pikepdf.open(BytesIO(pdf)) as document:
        for item in document.objects:
            if not isinstance(item, pikepdf.Stream) or "/Subtype" in item:
                continue
            content = item.read_bytes()
            if b"/ActualText" in content or b"begincmap" in content:
                item.write(_MEANT.sub(_without, _SAID.sub(_without, content)))
        out = BytesIO()
        document.save(out, deterministic_id=True)
    return out.getvalue()


def _without(found: re.Match[bytes]) -> bytes:
    words = found[found.lastindex or 1].decode()
    units = [words[at : at + 4] for at in range(0, len(words), 4)]
    kept = "".join(unit for unit in units if unit not in _GUIDES)
    return found[0].replace(words.encode(), kept.encode())
