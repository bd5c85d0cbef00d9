"""Sets a form with its facts: one compiler for the whole process, forms in forms/*.typ."""

import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, Literal
from uuid import uuid4

from thamthan.errors import Refused
from thamthan.thai.text import repair
from thamthan.writing.breaking import breakable
from thamthan.writing.fonts import Face, face, letters_of, prepare
from thamthan.writing.layer import cleaned
from thamthan.writing.pictures import picture_kind

if TYPE_CHECKING:
    import typst

_FORMS = Path(__file__).resolve().parent / "forms"
# A document without a day of its own still needs one: the same facts give the same bytes.
_NO_DAY = date(2000, 1, 1)
_MOST_LETTERS = 2_000_000

Picture = Literal["png", "svg"]


@dataclass(frozen=True, slots=True)
class Attachment:
    """ไฟล์ที่ฝังในเอกสาร: machine-readable facts that travel inside the PDF."""

    name: str
    content: str
    description: str
    media_type: str = "application/xml"


@dataclass(slots=True)
class _Workshop:
    """A folder with the forms, the letters and the pictures, and the compiler that works in it."""

    face: Face
    folder: tempfile.TemporaryDirectory[str]
    compiler: "typst.Compiler"
    lock: Lock = field(default_factory=Lock)

    @property
    def root(self) -> Path:
        return Path(self.folder.name)


_workshops: dict[Face, _Workshop] = {}
_opening = Lock()


def typeset(
    form: str,
    data: Mapping[str, Any],
    *,
    title: str = "",
    author: str = "",
    pictures: Mapping[str, bytes] | None = None,
    passing: Mapping[str, bytes] | None = None,
    attachments: Sequence[Attachment] = (),
    dated_on: date | None = None,
    is_trial: bool = False,
) -> bytes:
    """เรียงพิมพ์: the PDF/A-3b that forms/<form>.typ makes of the data.

    - `data` is anything that JSON can hold. Every text in it is repaired and shown where Thai may
      break; it reaches the form as text, never as markup. The form finds it in `data` of
      forms/paper.typ, and the name of the face in `sys.inputs.face`.
    - `pictures` are PNG, JPEG or SVG files by the name under which the form asks for them:
      `picture("emblem")` of forms/paper.typ, none where there is no such picture.
    - `passing` are pictures of this document alone (photographs): gone from the disk behind it.
    - `title` and `author` are told in the file's properties.
    - `dated_on` is told as the day of the file, so that the same facts make the same bytes.
    - `is_trial`: for whoever tries a page and may not keep it. Its text layer, which costs as much
      again as the setting, still reads wrongly.

    Safe in threads; one document is set at a time. Refuses text that the face has no letters for,
    and pictures that cannot be drawn. Does not check what the form needs: that is its caller's.
    """
    workshop, inputs = _begun(
        data, title=title, author=author, pictures=pictures, attachments=attachments
    )
    with _passing(workshop, passing or {}) as there:
        inputs["pictures"] = json.dumps(json.loads(inputs["pictures"]) | there)
        raw = _compiled(workshop, form, inputs, dated_on or _NO_DAY)
    return raw if is_trial else cleaned(raw)


def drawn(form: str, data: Mapping[str, Any], *, kind: Picture) -> bytes:
    """วาดภาพ: the one page that forms/<form>.typ makes of the data, as PNG or SVG.

    A point of the form is a dot of the PNG. In the SVG letters are outlines, so that every machine
    shows them alike. Refuses as `typeset` does.
    """
    workshop, inputs = _begun(data)
    with workshop.lock:
        picture = workshop.compiler.compile(
            str(workshop.root / f"{form}.typ"), sys_inputs=inputs, format=kind, ppi=72
        )
    if not isinstance(picture, bytes):
        raise TypeError("a picture is one page")
    return picture


def _begun(
    data: Mapping[str, Any],
    *,
    title: str = "",
    author: str = "",
    pictures: Mapping[str, bytes] | None = None,
    attachments: Sequence[Attachment] = (),
) -> tuple["_Workshop", dict[str, str]]:
    """The workshop of the face in use, and what a form is given there."""
    chosen = face()
    text = json.dumps(_prepared(data, chosen), ensure_ascii=False)
    if len(text) > _MOST_LETTERS:
        raise Refused("เอกสารนี้ยาวเกินกว่าจะพิมพ์ในไฟล์เดียว ให้แบ่งเป็นหลายไฟล์", code="too_long", status=422)
    workshop = _workshop(chosen)
    shown = {name: _placed(workshop, content) for name, content in (pictures or {}).items()}
    return workshop, {
        "face": chosen.family,
        "title": repair(title),
        "author": repair(author),
        "data": text,
        "pictures": json.dumps(shown),
        "attachments": json.dumps(
            [
                {
                    "name": attachment.name,
                    "content": attachment.content,
                    "description": attachment.description,
                    "media_type": attachment.media_type,
                }
                for attachment in attachments
            ],
            ensure_ascii=False,
        ),
    }


def check_letters(text: str) -> None:
    """ตรวจตัวอักษร: refuses what the face in use has no letter for, and control characters."""
    _check(text, face())


def _compiled(workshop: _Workshop, form: str, inputs: dict[str, str], day: date) -> bytes:
    import typst

    noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    try:
        with workshop.lock:
            pdf = workshop.compiler.compile(
                str(workshop.root / f"{form}.typ"),
                sys_inputs=inputs,
                format="pdf",
                pdf_standards=["a-3b"],
                timestamp=noon,
            )
    except typst.TypstError as fault:
        # A wrong form is ours to mend; all that people can give wrongly is checked before, but
        # for what a picture holds.
        if "image" in str(fault) or "svg" in str(fault).lower():
            raise Refused(
                "พิมพ์เอกสารไม่ได้ ไฟล์ภาพตราอาจเสียหาย ให้ใช้ไฟล์ PNG, JPEG หรือ SVG อื่น",
                code="bad_picture",
                status=422,
            ) from fault
        raise
    if not isinstance(pdf, bytes):
        raise TypeError("the compiler gave no bytes")
    return pdf


def _workshop(chosen: Face) -> _Workshop:
    with _opening:
        if chosen not in _workshops:
            import typst

            folder = tempfile.TemporaryDirectory(prefix="thamthan-writing-")
            root = Path(folder.name)
            for form in _FORMS.glob("*.typ"):
                (root / form.name).write_bytes(form.read_bytes())
            prepare(chosen, root / "fonts")
            compiler = typst.Compiler(
                root=root, font_paths=[str(root / "fonts")], ignore_system_fonts=True
            )
            _workshops[chosen] = _Workshop(chosen, folder, compiler)
        return _workshops[chosen]


def _placed(workshop: _Workshop, content: bytes) -> str:
    """Puts a picture where the compiler finds it, under a name that its bytes make."""
    digest = hashlib.sha256(content).hexdigest()
    with workshop.lock:
        known = next((workshop.root / "pictures").glob(f"{digest}.*"), None)
    if known is not None:
        return f"/pictures/{known.name}"
    name = f"{digest}.{picture_kind(content)}"
    path = workshop.root / "pictures" / name
    path.parent.mkdir(exist_ok=True)
    with workshop.lock:
        path.write_bytes(content)
    return f"/pictures/{name}"


@contextmanager
def _passing(workshop: _Workshop, pictures: Mapping[str, bytes]) -> Iterator[dict[str, str]]:
    """Pictures in a folder that is there only while one document is set."""
    if not pictures:
        yield {}
        return
    folder = workshop.root / "passing" / uuid4().hex
    folder.mkdir(parents=True)
    try:
        there = {}
        for at, (name, content) in enumerate(pictures.items()):
            path = folder / f"{at}.{picture_kind(content)}"
            path.write_bytes(content)
            there[name] = f"/passing/{folder.name}/{path.name}"
        yield there
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _prepared(value: Any, chosen: Face) -> Any:
    """The same data with every text made ready for breaking."""
    if isinstance(value, str):
        return breakable(_repaired(value, chosen))
    if isinstance(value, Mapping):
        return {key: _prepared(inner, chosen) for key, inner in value.items()}
    if isinstance(value, Sequence):
        return [_prepared(inner, chosen) for inner in value]
    return value


@lru_cache(maxsize=4096)
def _repaired(text: str, chosen: Face) -> str:
    text = repair(text)
    _check(text, chosen)
    return text


_ALWAYS = frozenset(map(ord, "\n\t \u00a0"))


def _check(text: str, chosen: Face) -> None:
    if text.isascii() and text.isprintable():
        return
    known = letters_of(chosen)
    for letter in text:
        if ord(letter) not in known and ord(letter) not in _ALWAYS:
            shown = f"“{letter}”" if letter.isprintable() else "ที่มองไม่เห็น"
            raise Refused(
                f"แบบอักษรที่ใช้พิมพ์หนังสือไม่มีอักขระ {shown} (U+{ord(letter):04X}) ให้ลบหรือใช้คำอื่นแทน",
                code="unknown_letter",
                status=422,
                letter=letter,
            )
