"""The body of a reading as form fields and back: items, what is asked, and by when."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from thamthan.reading.model import (
    Ask,
    Deadline,
    DeadlineReading,
    Item,
    ObligationFinding,
)
from thamthan.thai.dates import format_date
from thamthan.thai.text import squeeze
from thamthan.web.given import NOWHERE, Given

OWN = "own"
NO_DATE = "none"
OWN_REASON = "เจ้าหน้าที่กำหนดวันเอง"
NO_DATE_REASON = "เจ้าหน้าที่ระบุว่าไม่มีวันกำหนด"

Resolve = Callable[[str], Deadline]
Recount = Callable[[Deadline], Deadline]


def item_values(items: Sequence[Item], *, within: str = "items") -> dict[str, str]:
    values = {}
    for row, item in enumerate(items):
        at = f"{within}[{row}]"
        values[f"{at}.label"] = item.label
        values[f"{at}.text"] = item.text
        values[f"{at}.measures"] = "\n".join(squeeze(one.value) for one in item.measures)
        values.update(item_values(item.items, within=f"{at}.items"))
    return values


def confirmed_items(
    given: Given, items: Sequence[Item], *, within: str = "items"
) -> tuple[Item, ...]:
    kept: list[Item] = []
    for row in given.rows(within, len(items)):
        at = f"{within}[{row}]"
        was = items[row] if row < len(items) else None
        item = _item(given, at, was)
        if item is None:
            continue
        given.keep(within, row, at=len(kept))
        kept.append(item)
    return tuple(kept)


def _item(given: Given, at: str, was: Item | None) -> Item | None:
    if given.is_removed(at):
        given.changed.add(at)
        return None
    names = [f"{at}.label", f"{at}.text"]
    changed = [name for name in names if not given.is_same(name)]
    given.changed.update(changed)
    label = given.words(names[0]) if names[0] in changed or was is None else was.label
    text = given.values.get(names[1], "") if names[1] in changed or was is None else was.text
    if names[1] in changed:
        text = "\n".join(given.lines(names[1]))
    measures = given.findings(f"{at}.measures", was.measures if was else ())
    inner = confirmed_items(given, was.items if was else (), within=f"{at}.items")
    if not text.strip() and not measures and not inner and (was is None or changed):
        return None
    return Item(
        label=label, text=text, measures=measures, span=was.span if was else NOWHERE, items=inner
    )


def obligation_values(obligations: Sequence[ObligationFinding]) -> dict[str, str]:
    values = {}
    for row, asked in enumerate(obligations):
        at = f"obligations[{row}]"
        values[f"{at}.ask"] = asked.ask.value
        values[f"{at}.text"] = asked.text
        values[f"{at}.to"] = asked.to or ""
        values[f"{at}.deadline"] = "" if asked.deadline is None else str(asked.deadline)
    return values


def confirmed_obligations(
    given: Given, obligations: Sequence[ObligationFinding]
) -> tuple[ObligationFinding, ...]:
    """What is asked; read after the deadlines, whose rows may have moved."""
    kept: list[ObligationFinding] = []
    for row in given.rows("obligations", len(obligations)):
        was = obligations[row] if row < len(obligations) else None
        asked = _obligation(given, f"obligations[{row}]", was)
        if asked is not None:
            given.keep("obligations", row, at=len(kept))
            kept.append(asked)
    return tuple(kept)


def _obligation(given: Given, at: str, was: ObligationFinding | None) -> ObligationFinding | None:
    if given.is_removed(at):
        given.changed.add(at)
        return None
    names = {part: f"{at}.{part}" for part in ("ask", "text", "to", "deadline")}
    given.changed.update(name for name in names.values() if not given.is_same(name))
    text = given.words(names["text"])
    if was is not None and given.is_same(names["text"]):
        text = was.text
    if not text.strip() and (was is None or names["text"] in given.changed):
        return None
    to: str | None = given.words(names["to"]) or None
    if was is not None and given.is_same(names["to"]):
        to = was.to
    ask = given.words(names["ask"])
    row = given.words(names["deadline"])
    deadline = None
    if row.isascii() and row.isdigit():
        deadline = given.moves.get("deadlines", {}).get(int(row))
    return ObligationFinding(
        ask=Ask(ask) if ask in list(Ask) else Ask.ACT,
        text=text,
        to=to,
        deadline=deadline,
        span=was.span if was else NOWHERE,
    )


def chosen_reading(deadline: Deadline) -> str:
    """Which of the readings holds, as the form names them."""
    for row, reading in enumerate(deadline.readings):
        if (reading.opens, reading.closes) == (deadline.opens, deadline.closes):
            return str(row)
    return NO_DATE if deadline.closes is None else OWN


def deadline_values(deadlines: Sequence[Deadline]) -> dict[str, str]:
    values = {}
    for row, deadline in enumerate(deadlines):
        at = f"deadlines[{row}]"
        choice = chosen_reading(deadline)
        values[f"{at}.text"] = deadline.text
        values[f"{at}.choice"] = choice
        values[f"{at}.own"] = ""
        if choice == OWN and deadline.closes is not None:
            values[f"{at}.own"] = format_date(deadline.closes, style="short")
        values[f"{at}.time"] = (deadline.time or "").replace(":", ".")
    return values


def confirmed_deadlines(
    given: Given, deadlines: Sequence[Deadline], *, resolve: Resolve
) -> tuple[Deadline, ...]:
    kept: list[Deadline] = []
    for row in given.rows("deadlines", len(deadlines)):
        at = f"deadlines[{row}]"
        was = deadlines[row] if row < len(deadlines) else None
        deadline = None if given.is_removed(at) else _deadline(given, at, was, resolve)
        if deadline is None:
            given.changed.add(at)
            continue
        given.keep("deadlines", row, at=len(kept))
        kept.append(deadline)
    return tuple(kept)


def _deadline(given: Given, at: str, was: Deadline | None, resolve: Resolve) -> Deadline | None:
    text, choice, own, time = (f"{at}.{part}" for part in ("text", "choice", "own", "time"))
    changed = {name for name in (text, choice, own, time) if not given.is_same(name)}
    given.changed.update(changed)
    if was is not None and not changed:
        return was
    words = given.words(text)
    if not words and not given.words(own):
        return None
    deadline = was
    if deadline is None or text in changed:
        # New words are read anew; the row keeps its place in the letter.
        deadline = replace(resolve(words), text=words, span=was.span if was else NOWHERE)
    picked = given.words(choice)
    if picked == OWN or (own in changed and given.words(own)):
        deadline = _with_own_day(given, own, deadline)
    elif choice in changed and was is not None and text not in changed:
        deadline = _with_choice(deadline, picked)
    if time in changed:
        at_clock = given.clock(time)
        deadline = replace(deadline, time=f"{at_clock:%H:%M}" if at_clock else None)
    return deadline


def _with_own_day(given: Given, own: str, deadline: Deadline) -> Deadline:
    day = given.day(own, is_ahead=True)
    if day is None:
        given.problems.setdefault(own, "เลือก “กำหนดวันเอง” แล้ว โปรดพิมพ์วันที่")
        return deadline
    mine = DeadlineReading(opens=None, closes=day, reason=OWN_REASON)
    others = tuple(one for one in deadline.readings if one.reason != OWN_REASON)
    return replace(
        deadline,
        kind="date" if deadline.kind in ("undated", "urgent") else deadline.kind,
        opens=None,
        closes=day,
        reason=OWN_REASON,
        readings=(mine, *others),
    )


def _with_choice(deadline: Deadline, picked: str) -> Deadline:
    if picked == NO_DATE:
        return replace(deadline, opens=None, closes=None, reason=NO_DATE_REASON)
    if not (picked.isascii() and picked.isdigit() and int(picked) < len(deadline.readings)):
        return deadline
    mine = deadline.readings[int(picked)]
    others = tuple(one for one in deadline.readings if one is not mine)
    return replace(
        deadline,
        opens=mine.opens,
        closes=mine.closes,
        reason=mine.reason,
        readings=(mine, *others),
    )
