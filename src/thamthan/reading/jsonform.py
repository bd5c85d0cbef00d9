"""Frozen dataclasses as plain JSON values and back; what does not fit is refused, never guessed."""

import math
import re
from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from thamthan.errors import Refused

T = TypeVar("T")

# Called with each built value: the name of the field at fault and why, or None.
Check = Callable[[object], tuple[str, str] | None]

# Orders nest two or three deep; a thousand deep is an attack on the stack.
_DEEPEST = 24
_LARGEST = 2**63 - 1
_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Malformed(Refused):
    """ข้อมูลผิดรูปแบบ: what was given does not fit; the message says where and why."""

    def __init__(self, where: str, why: str) -> None:
        place = f" “{where}”" if where else ""
        super().__init__(
            f"ข้อมูลผลการอ่านผิดรูปแบบ{place}: {why}", code="malformed_reading", status=422, field=where
        )


def to_plain(value: object) -> object:
    """Dataclasses become objects in the order of their fields, tuples lists, dates ISO text."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, tuple):
        return [to_plain(part) for part in value]
    if is_dataclass(value):
        return {part.name: to_plain(getattr(value, part.name)) for part in fields(value)}
    return value


def from_plain(kind: type[T], given: object, *, check: Check) -> T:
    """Builds `kind` from plain values by its declared types, or raises `Malformed`."""
    return cast("T", _built(kind, given, "", 0, check))


def _built(hint: Any, given: object, where: str, depth: int, check: Check) -> object:
    if depth > _DEEPEST:
        raise Malformed(where, "ซ้อนกันลึกเกินไป")
    origin, choices = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        if given is None and NoneType in choices:
            return None
        return _built(_choice(choices, given), given, where, depth, check)
    if origin is tuple:
        return _listed(choices, given, where, depth, check)
    if origin is Literal:
        if not isinstance(given, str) or given not in choices:
            raise Malformed(where, "ไม่ใช่ค่าที่ใช้ได้")
        return given
    if is_dataclass(origin or hint):
        return _structured(hint, given, where, depth, check)
    return _single(hint, given, where)


def _choice(choices: tuple[Any, ...], given: object) -> Any:
    """Of several kinds (only a suggestion has them) the one that the value came in."""
    wanted = [choice for choice in choices if choice is not NoneType]
    return next((choice for choice in wanted if type(given) is choice), wanted[0])


def _listed(
    kinds: tuple[Any, ...], given: object, where: str, depth: int, check: Check
) -> tuple[object, ...]:
    is_open = kinds[1:] == (...,)
    if given is None and is_open:
        return ()
    if not isinstance(given, list | tuple):
        raise Malformed(where, "ต้องเป็นรายการ")
    wanted = (kinds[0],) * len(given) if is_open else kinds
    if len(wanted) != len(given):
        raise Malformed(where, f"ต้องมี {len(wanted)} ค่า")
    return tuple(
        _built(kind, part, f"{where}[{index}]", depth + 1, check)
        for index, (kind, part) in enumerate(zip(wanted, given, strict=True))
    )


def _structured(hint: Any, given: object, where: str, depth: int, check: Check) -> object:
    kind = get_origin(hint) or hint
    if not isinstance(given, dict):
        raise Malformed(where, "ต้องเป็นวัตถุ JSON")
    hints = _hints(hint)
    for name in given:
        if name not in hints:
            raise Malformed(_inside(where, str(name)), "ผลการอ่านไม่มีข้อมูลชื่อนี้")
    values = {}
    for part in fields(kind):
        wanted, inner = hints[part.name], _inside(where, part.name)
        if part.name in given:
            values[part.name] = _built(wanted, given[part.name], inner, depth + 1, check)
        elif part.default is MISSING:
            if not _may_be_absent(wanted):
                raise Malformed(inner, "ต้องมีข้อมูลนี้")
            values[part.name] = _built(wanted, None, inner, depth + 1, check)
    built = kind(**values)
    fault = check(built)
    if fault:
        raise Malformed(_inside(where, fault[0]), fault[1])
    return built


def _inside(where: str, name: str) -> str:
    return f"{where}.{name}".strip(".")


def _may_be_absent(hint: Any) -> bool:
    choices = get_args(hint)
    return NoneType in choices or (get_origin(hint) is tuple and choices[1:] == (...,))


@cache
def _hints(hint: Any) -> dict[str, Any]:
    """The declared types of a dataclass, with a generic one's parameter put in: Finding[date]."""
    kind = get_origin(hint) or hint
    hints = get_type_hints(kind)
    aliases = [hint, *getattr(kind, "__orig_bases__", ())]
    filled = next((args[0] for alias in aliases if (args := get_args(alias))), None)
    return {
        name: filled if isinstance(wanted, TypeVar) else wanted for name, wanted in hints.items()
    }


def _single(kind: type, given: object, where: str) -> object:
    if kind is date:
        return _date(given, where)
    if issubclass(kind, StrEnum):
        if not isinstance(given, str) or given not in [member.value for member in kind]:
            raise Malformed(where, "ไม่ใช่ค่าที่ใช้ได้")
        return kind(given)
    if kind is str:
        return _text(given, where)
    if kind is bool:
        if not isinstance(given, bool):
            raise Malformed(where, "ต้องเป็น true หรือ false")
        return given
    if isinstance(given, bool) or not isinstance(given, int | float):
        raise Malformed(where, "ต้องเป็นจำนวน")
    # A float that is no number, or an integer no database keeps, would fail only later.
    if not math.isfinite(given) or abs(given) > _LARGEST:
        raise Malformed(where, "จำนวนนี้ใช้ไม่ได้")
    if kind is float:
        return float(given)
    if not isinstance(given, int):
        raise Malformed(where, "ต้องเป็นจำนวนเต็ม")
    return given


def _date(given: object, where: str) -> date:
    try:
        if isinstance(given, str) and _ISO_DATE.fullmatch(given):
            return date.fromisoformat(given)
    except ValueError:
        pass
    raise Malformed(where, "ต้องเป็นวันที่แบบ 2026-03-15")


def _text(given: object, where: str) -> str:
    if not isinstance(given, str):
        raise Malformed(where, "ต้องเป็นข้อความ")
    # Neither can be stored: half of a UTF-16 pair, and NUL.
    if "\x00" in given or any("\ud800" <= letter <= "\udfff" for letter in given):
        raise Malformed(where, "มีอักขระที่ใช้ไม่ได้")
    return given
