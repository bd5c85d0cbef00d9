"""The form of a draft: its fields become the parts, and the parts its fields."""

import re
from collections.abc import Mapping
from typing import Any

from thamthan.letters.rules import (
    WRITTEN_KINDS,
    DraftEnclosure,
    DraftParts,
    DraftReference,
)
from thamthan.thai.correspondence import OPENINGS, LetterKind, Secrecy, Urgency

MOST_ROWS = 30
_WORDS = ("subject", "opening", "addressee", "closing", "signatory", "owner_unit")
_LINES = ("body", "position", "contacts", "copies_to")


def parts_given(values: Mapping[str, str]) -> DraftParts:
    """What was typed, kept as typed but for the line ends of browsers."""
    words = {name: _line(values, name) for name in _WORDS}
    lines = {name: _text(values, name) for name in _LINES}
    return DraftParts(
        kind=_one_of(WRITTEN_KINDS, values.get("kind", ""), LetterKind.EXTERNAL),
        urgency=_one_of(tuple(Urgency), values.get("urgency", ""), Urgency.NORMAL),
        secrecy=_one_of(tuple(Secrecy), values.get("secrecy", ""), Secrecy.OPEN),
        is_circular=bool(values.get("is_circular")),
        references=tuple(
            row
            for at in _rows(values, "references")
            if (row := _reference(values, at)) != DraftReference(urgency=row.urgency)
        ),
        enclosures=tuple(
            one
            for at in _rows(values, "enclosures")
            if (
                one := DraftEnclosure(
                    **_row(values, "enclosures", at, ("name", "quantity", "unit"))
                )
            )
            != DraftEnclosure()
        ),
        **words,
        **lines,
    )


def form_of(parts: DraftParts) -> dict[str, Any]:
    """What the form shows: the parts, an empty row more in each list, and the choices."""
    return {
        "parts": parts,
        "references": list(enumerate([*parts.references, DraftReference()])),
        "enclosures": list(enumerate([*parts.enclosures, DraftEnclosure()])),
        "kinds": [(kind.value, kind.label) for kind in WRITTEN_KINDS],
        "urgencies": [(one.value, one.label) for one in Urgency],
        "secrecies": [(one.value, one.label) for one in Secrecy],
        "openings": list(dict.fromkeys(one.opening for one in OPENINGS)),
        "closings": list(dict.fromkeys(one.closing for one in OPENINGS)),
    }


def _text(values: Mapping[str, str], name: str) -> str:
    return values.get(name, "").replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n")


def _line(values: Mapping[str, str], name: str) -> str:
    return _text(values, name).replace("\n", " ")[:2000]


def _row(values: Mapping[str, str], name: str, at: int, fields: tuple[str, ...]) -> dict[str, str]:
    return {field: _line(values, f"{name}-{at}-{field}").strip() for field in fields}


def _reference(values: Mapping[str, str], at: int) -> DraftReference:
    speed = values.get(f"references-{at}-urgency", "")
    return DraftReference(
        **_row(values, "references", at, ("agency", "number", "dated")),
        urgency=_one_of(tuple(Urgency), speed, Urgency.NORMAL),
    )


def _rows(values: Mapping[str, str], name: str) -> list[int]:
    found = {
        int(match[1])
        for key in values
        if (match := re.fullmatch(rf"{name}-(\d{{1,3}})-[a-z]+", key))
    }
    return sorted(found)[:MOST_ROWS]


def _one_of(known: tuple[Any, ...], given: str, otherwise: Any) -> Any:
    return next((one for one in known if one.value == given), otherwise)
