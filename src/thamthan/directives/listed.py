"""Policies and indicators as a data file has them: read, and refused in words where it is wrong."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import Any

from thamthan.directives.rules import Better, Measure, PolicyKind
from thamthan.errors import Refused
from thamthan.organisations.rules import Level

# Only what the named source itself says counts as checked; inferred or known is shown as not.
_CHECKED = "S"
_MARKS = frozenset({"S", "I", "B"})


@dataclass(frozen=True, slots=True)
class ListedPolicy:
    """นโยบายหนึ่งแถวในไฟล์, with its themes in order."""

    code: str
    organisation: str
    columns: Mapping[str, Any]
    themes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ListedIndicator:
    """ตัวชี้วัดหนึ่งแถวในไฟล์; `policy` is a code, `theme` a number of that policy."""

    code: str
    from_on: date | None
    policy: str
    theme: str
    columns: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class PolicyList:
    """ไฟล์นโยบายและตัวชี้วัด."""

    policies: tuple[ListedPolicy, ...] = ()
    indicators: tuple[ListedIndicator, ...] = ()


def shipped_policies() -> PolicyList:
    """นโยบายและตัวชี้วัดที่มากับระบบ, from `policies.toml` and `indicators.toml`."""
    folder = files("thamthan") / "data"
    policies = read_policies((folder / "policies.toml").read_bytes())
    indicators = read_policies((folder / "indicators.toml").read_bytes())
    return PolicyList(policies.policies, indicators.indicators)


def read_policies(content: bytes) -> PolicyList:
    """อ่านไฟล์ TOML of `[[policy]]` and `[[indicator]]` rows."""
    try:
        given = tomllib.loads(content.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        raise _wrong(f"ไฟล์นี้ไม่ใช่ TOML ที่อ่านได้ ({problem})") from None
    if not given.keys() & {"policy", "indicator"}:
        raise _wrong("ไฟล์นี้ไม่มีแถว [[policy]] หรือ [[indicator]]")
    return PolicyList(
        tuple(_policy(row) for row in given.get("policy", [])),
        tuple(_indicator(row) for row in given.get("indicator", [])),
    )


def _policy(row: Mapping[str, Any]) -> ListedPolicy:
    code = _words(row, "code", most=40)
    kind = _one_of(row, "kind", PolicyKind.values)
    if kind == PolicyKind.OWN:
        raise _wrong(f"{code}: นโยบายของหน่วยงานบันทึกที่หน้านโยบาย ไม่ใช่ในไฟล์")
    from_on, until_on = _day(row, "from_on"), _day(row, "until_on")
    if from_on is not None and until_on is not None and until_on < from_on:
        raise _wrong(f"{code}: วันสิ้นสุดอยู่ก่อนวันเริ่ม")
    called = [str(one).strip() for one in row.get("called", [])]
    themes = tuple(
        (_words(one, "number", most=20), _words(one, "name", most=300))
        for one in row.get("theme", [])
    )
    return ListedPolicy(
        code=code,
        organisation=_words(row, "organisation", most=20),
        columns={
            "kind": kind,
            "name": _words(row, "name", most=300),
            "short_name": _words(row, "short_name", most=80),
            "from_on": from_on,
            "until_on": until_on,
            "called": "\n".join(one for one in called if one),
            "source": str(row.get("source", "")).strip(),
            "is_checked": _one_of(row, "mark", _MARKS) == _CHECKED,
        },
        themes=themes,
    )


def _indicator(row: Mapping[str, Any]) -> ListedIndicator:
    return ListedIndicator(
        code=_words(row, "code", most=20),
        from_on=_day(row, "from_on"),
        policy=str(row.get("policy", "")),
        theme=str(row.get("theme", "")),
        columns={
            "name": _words(row, "name", most=400),
            "measure": _one_of(row, "measure", Measure.values),
            "unit": _words(row, "unit", most=60),
            "better": _one_of(row, "better", {"", *Better.values}),
            "level": _one_of(row, "level", Level.values),
            "method": str(row.get("method", "")).strip(),
            "until_on": _day(row, "until_on"),
            "source": str(row.get("source", "")).strip(),
            "is_checked": _one_of(row, "mark", _MARKS) == _CHECKED,
        },
    )


def _words(row: Mapping[str, Any], name: str, *, most: int) -> str:
    words = str(row.get(name, "")).strip()
    if not words or len(words) > most:
        raise _wrong(f"{row.get('code', 'แถวหนึ่ง')}: ต้องมี {name} ยาวไม่เกิน {most} ตัวอักษร")
    return words


def _one_of(row: Mapping[str, Any], name: str, known: Any) -> str:
    value = str(row.get(name, ""))
    if value not in known:
        raise _wrong(f"{row.get('code', 'แถวหนึ่ง')}: ไม่รู้จัก {name} “{value}”")
    return value


def _day(row: Mapping[str, Any], name: str) -> date | None:
    value = row.get(name)
    if value is not None and type(value) is not date:
        raise _wrong(f"{row.get('code', 'แถวหนึ่ง')}: {name} ต้องเป็นวันที่ เช่น 2026-03-08")
    return value


def _wrong(message: str) -> Refused:
    return Refused(message, code="bad_policy_list", status=400)
