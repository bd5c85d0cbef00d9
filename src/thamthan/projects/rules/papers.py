"""How a project's numbers are said on its papers, and which form a channel takes."""

from collections.abc import Mapping
from typing import Any

_HOW_MUCH = {1: "น้อย", 2: "ปานกลาง", 3: "มาก"}
# Channels inside the house are asked by a memo, with the full proposal behind it.
_FORM_BEHIND = {"memo": "standard"}


def how_much(level: int) -> str:
    """ระดับ 1 ถึง 3 ของความเสี่ยง, in words."""
    return _HOW_MUCH[level]


def goal_words(milli: int | None, of_milli: int | None) -> str:
    """ค่าของตัวชี้วัด from thousandths; a share with both its parts, empty where not known."""
    if milli is None:
        return ""
    if of_milli is None:
        return _plain(milli)
    if of_milli == 0:
        return f"{_plain(milli)} จาก 0"
    hundredths = round(milli * 10_000 / of_milli)
    share = f"{hundredths / 100:.2f}".rstrip("0").rstrip(".")
    return f"{share} ({_plain(milli)} จาก {_plain(of_milli)})"


def _plain(milli: int) -> str:
    whole, part = divmod(abs(milli), 1000)
    sign = "-" if milli < 0 else ""
    rest = f".{part:03d}".rstrip("0") if part else ""
    return f"{sign}{whole:,}{rest}"


def form_of_channel(facts: Mapping[str, Any]) -> str:
    """แบบเสนอโครงการที่แหล่งงบนี้ใช้, as its row in the list of channels says."""
    form = str(facts.get("form") or "standard")
    return _FORM_BEHIND.get(form, form)


def is_asked_by_memo(facts: Mapping[str, Any]) -> bool:
    """Whether the channel lies in the house itself, so that no letter goes out."""
    return facts.get("form") == "memo"


def asked_of(facts: Mapping[str, Any]) -> str:
    """ผู้รับคำขอ as the list of channels names them; empty where nobody knows."""
    signing = facts.get("signing")
    return str(signing.get("sent_to") or "") if isinstance(signing, Mapping) else ""
