"""เติมข้อเท็จจริงลงแบบ: one teller for each fact, which says it in words and says what it lacks."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from thamthan.thai.dates import MONTHS_SHORT, FiscalYear
from thamthan.thai.digits import baht_figures
from thamthan.thai.text import squeeze
from thamthan.writing.proposal_facts import ProposalFacts, ProposedSource, ProposedStep
from thamthan.writing.proposal_parts import (
    DOTS,
    Calendar,
    CalendarRow,
    Part,
    Words,
    baht_told_twice,
)
from thamthan.writing.tables import Column, Table
from thamthan.writing.wording import day_in_words

Label = Callable[[int], str]
# A plan of work that is longer than this was typed wrongly.
_MOST_YEARS = 10


@dataclass(frozen=True, slots=True)
class Told:
    """What a fact says on paper; nothing where it is not known; and what it still lacks."""

    parts: tuple[Part, ...] = ()
    gaps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Teller:
    """A fact's name in a form, how it is told, and how many lines it takes to write by hand."""

    name: str
    tell: Callable[[ProposalFacts, Label], Told]
    lines: int = 1


def paragraphs(text: str) -> tuple[Words, ...]:
    """ย่อหน้า: one for each line that says anything."""
    return tuple(Words(line) for line in map(squeeze, text.splitlines()) if line)


def listed(lines: Sequence[str], label: Label) -> tuple[Words, ...]:
    """รายการ: one alone stands without a number."""
    kept = [line for line in map(squeeze, lines) if line]
    if len(kept) == 1:
        return (Words(kept[0]),)
    return tuple(Words(line, label(at)) for at, line in enumerate(kept, 1))


def _name(facts: ProposalFacts, label: Label) -> Told:
    name = squeeze(facts.name)
    return Told((Words(name, beside=True),) if name else ())


def _office(facts: ProposalFacts, label: Label) -> Told:
    if not squeeze(facts.house):
        return Told()
    words = squeeze(" ".join((facts.unit, facts.house, facts.house_place)))
    return Told((Words(words, beside=True),))


def _plan(facts: ProposalFacts, label: Label) -> Told:
    plan = facts.plan
    if plan is None or not squeeze(plan.standing):
        return Told()
    lines = [squeeze(f"{plan.plan} {plan.standing}" if plan.plan else plan.standing)]
    lines += [f"{name}: {words}" if name else words for name, words in plan.links if squeeze(words)]
    return Told(listed(lines, label))


def _rationale(facts: ProposalFacts, label: Label) -> Told:
    return Told(paragraphs(facts.rationale))


def _targets(facts: ProposalFacts, label: Label) -> Told:
    lines, gaps = [], []
    for group in facts.targets:
        name = squeeze(group.name)
        if not name:
            continue
        count = DOTS if group.count is None else f"{group.count:,}"
        lines.append(f"{name} จำนวน {count} {group.unit}")
        if group.count is None:
            gaps.append(f"กลุ่มเป้าหมาย “{name}” ยังไม่ระบุจำนวน")
    return Told(listed(lines, label), tuple(gaps))


def _period(facts: ProposalFacts, label: Label) -> Told:
    """Of the project itself, and without that from its first step to its last."""
    begins = [step.begins_on for step in facts.steps if step.begins_on]
    ends = [step.ends_on or step.begins_on for step in facts.steps]
    starts_on = facts.starts_on or min(begins, default=None)
    ends_on = facts.ends_on or max((day for day in ends if day), default=None)
    if starts_on is None and ends_on is None:
        return Told()
    words = f"ตั้งแต่วันที่ {day_in_words(starts_on) or DOTS} ถึงวันที่ {day_in_words(ends_on) or DOTS}"
    gaps = []
    if starts_on is None or ends_on is None:
        gaps.append(f"ยังไม่ระบุวัน{'เริ่ม' if starts_on is None else 'สิ้นสุด'}โครงการ")
    elif starts_on > ends_on:
        gaps.append("วันเริ่มโครงการอยู่หลังวันสิ้นสุด")
    return Told((Words(words, beside=True),), tuple(gaps))


def _steps(facts: ProposalFacts, label: Label) -> Told:
    named = [step for step in facts.steps if squeeze(step.name)]
    spans = [_span(step) for step in named]
    gaps = [
        f"ขั้นตอน “{squeeze(step.name)}” "
        + ("เริ่มหลังวันสิ้นสุด" if step.begins_on and step.ends_on else "ยังไม่ระบุเดือน")
        for step, span in zip(named, spans, strict=True)
        if span is None
    ]
    years = sorted({year for span in spans if span for year in _years(span)})
    if len(years) > _MOST_YEARS:
        gaps.append(f"ขั้นตอนยาวเกิน {_MOST_YEARS} ปีงบประมาณ แบบจึงแสดงเฉพาะ {_MOST_YEARS} ปีแรก")
    if not years and named:
        years = [facts.fiscal_year] if facts.fiscal_year else []
    method = paragraphs(facts.method)
    if not named and method:
        gaps.append("ยังไม่มีขั้นตอนพร้อมเดือนที่ทำ")
    if not years:
        return Told((*method, *listed([step.name for step in named], label)), tuple(gaps))
    calendars = (
        _calendar(year, named, spans, is_first=at == 0)
        for at, year in enumerate(years[:_MOST_YEARS])
    )
    return Told((*method, *calendars), tuple(gaps))


def _span(step: ProposedStep) -> tuple[date, date] | None:
    begins = step.begins_on or step.ends_on
    ends = step.ends_on or step.begins_on
    return (begins, ends) if begins and ends and begins <= ends else None


def _years(span: tuple[date, date]) -> range:
    first, last = (FiscalYear.containing(day).be for day in span)
    # One more than is told, so that the page can say that some are not.
    return range(first, min(last, first + _MOST_YEARS) + 1)


def _calendar(
    year: int,
    steps: Sequence[ProposedStep],
    spans: Sequence[tuple[date, date] | None],
    *,
    is_first: bool,
) -> Calendar:
    """The steps of one year; those of no known month stand in the first, to be filled in."""
    # October of the year before, counted in months.
    october = (year - 544) * 12 + 9
    rows = []
    for number, (step, span) in enumerate(zip(steps, spans, strict=True), 1):
        if span is None:
            if is_first:
                rows.append(_row(number, step, "", (False,) * 12, None))
            continue
        first, last = (day.year * 12 + day.month - 1 - october for day in span)
        months = tuple(first <= at <= last for at in range(12))
        if any(months):
            at = last if step.is_milestone and 0 <= last < 12 else None
            rows.append(_row(number, step, _when(*span), months, at))
    return Calendar(year, tuple(rows))


def _row(
    number: int, step: ProposedStep, when: str, months: tuple[bool, ...], at: int | None
) -> CalendarRow:
    return CalendarRow(str(number), squeeze(step.name), when, squeeze(step.responsible), months, at)


def _when(begins: date, ends: date) -> str:
    """เดือนเริ่มถึงเดือนสิ้นสุด, so that a bar is read in words too."""
    first, last = (f"{MONTHS_SHORT[day.month - 1]} {day.year + 543}" for day in (begins, ends))
    if first == last:
        return first
    if begins.year == ends.year:
        first = MONTHS_SHORT[begins.month - 1]
    return f"{first} – {last}"


def _costs(facts: ProposalFacts, label: Label) -> Told:
    costs = [cost for cost in facts.costs if squeeze(cost.name)]
    if not costs:
        return Told()
    known = [cost.satang for cost in costs if cost.satang is not None]
    total = sum(known)
    reckoned = any(cost.reckoning for cost in costs)
    columns = [Column("ที่", 1, "center"), Column("รายการ", 6), Column("จำนวนเงิน (บาท)", 3, "right")]
    if reckoned:
        columns.insert(2, Column("วิธีคำนวณ", 5))
    rows = []
    for number, cost in enumerate(costs, 1):
        amount = DOTS if cost.satang is None else baht_figures(cost.satang)
        middle = (squeeze(cost.reckoning),) if reckoned else ()
        rows.append((str(number), squeeze(cost.name), *middle, amount))
    name = "รวมทั้งสิ้น" if len(known) == len(costs) else "รวมเฉพาะรายการที่ระบุจำนวนเงินแล้ว"
    rows.append(("", name, *(("",) if reckoned else ()), baht_figures(total)))
    gaps = tuple(
        f"รายการ “{squeeze(cost.name)}” ยังไม่ระบุจำนวนเงิน" for cost in costs if cost.satang is None
    )
    table = Table("", "", tuple(columns), tuple(rows))
    return Told((table, Words(f"{name} เป็นเงิน {baht_told_twice(total)}")), gaps)


def _sources(facts: ProposalFacts, label: Label) -> Told:
    sources = [source for source in facts.sources if squeeze(source.name)]
    gaps = [
        f"แหล่งงบประมาณ “{squeeze(source.name)}” ยังไม่ระบุจำนวนเงิน"
        for source in sources
        if source.satang is None
    ]
    costs = [cost.satang for cost in facts.costs]
    if sources and not gaps and costs and None not in costs:
        over = sum(source.satang or 0 for source in sources) - sum(cost or 0 for cost in costs)
        if over:
            more = "มากกว่า" if over > 0 else "น้อยกว่า"
            gaps.append(f"เงินจากทุกแหล่งรวมกัน{more}งบประมาณของโครงการ {baht_figures(abs(over))} บาท")
    return Told(listed([_source(source) for source in sources], label), tuple(gaps))


def _source(source: ProposedSource) -> str:
    amount = f"{DOTS} บาท" if source.satang is None else baht_told_twice(source.satang)
    return f"{squeeze(source.name)} เป็นเงิน {amount}"


def _asked(facts: ProposalFacts, label: Label) -> Told:
    asked = facts.asked
    if asked is None or not squeeze(asked.name):
        return Told()
    gaps = ("ยังไม่ระบุจำนวนเงินที่ขอรับการสนับสนุน",) if asked.satang is None else ()
    return Told((Words(f"ขอรับการสนับสนุนจาก{_source(asked)}"),), gaps)


def _indicators(facts: ProposalFacts, label: Label) -> Told:
    indicators = [indicator for indicator in facts.indicators if squeeze(indicator.name)]
    if not indicators:
        return Told()
    columns = [
        Column("ที่", 1, "center"),
        Column("ตัวชี้วัด", 6),
        Column("หน่วยนับ", 2, "center"),
        Column("ข้อมูลฐาน", 2.2, "center"),
        Column("ค่าเป้าหมาย", 2.2, "center"),
    ]
    measured = any(indicator.method for indicator in indicators)
    if measured:
        columns.append(Column("วิธีวัด", 3.5))
    rows, gaps = [], []
    for number, indicator in enumerate(indicators, 1):
        name = squeeze(indicator.name)
        cells = [squeeze(cell) for cell in (indicator.unit, indicator.baseline, indicator.target)]
        if measured:
            cells.append(squeeze(indicator.method))
        rows.append((str(number), name, *(cell or DOTS for cell in cells)))
        for words, value in (("ข้อมูลฐาน", cells[1]), ("ค่าเป้าหมาย", cells[2])):
            if not value:
                gaps.append(f"ตัวชี้วัด “{name}” ยังไม่มี{words}")
    return Told((Table("", "", tuple(columns), tuple(rows)),), tuple(gaps))


def _supporters(facts: ProposalFacts, label: Label) -> Told:
    lines, gaps = [], []
    for supporter in facts.supporters:
        agency, gives = squeeze(supporter.agency), squeeze(supporter.gives)
        if agency:
            lines.append(f"{agency} สนับสนุน: {gives or DOTS}")
            if not gives:
                gaps.append(f"ยังไม่ระบุว่า{agency}สนับสนุนสิ่งใด")
    return Told(listed(lines, label), tuple(gaps))


def _risks(facts: ProposalFacts, label: Label) -> Told:
    risks = [risk for risk in facts.risks if squeeze(risk.name)]
    if not risks:
        return Told()
    columns = (
        Column("ที่", 1, "center"),
        Column("ความเสี่ยง", 6),
        Column("ระดับ", 2, "center"),
        Column("แนวทางจัดการ", 7),
    )
    rows = tuple(
        (str(number), *(squeeze(cell) or DOTS for cell in (risk.name, risk.level, risk.answer)))
        for number, risk in enumerate(risks, 1)
    )
    gaps = tuple(
        f"ความเสี่ยง “{squeeze(risk.name)}” ยังไม่มีแนวทางจัดการ"
        for risk in risks
        if not squeeze(risk.answer)
    )
    return Told((Table("", "", columns, rows),), gaps)


TELLERS: Mapping[str, Teller] = {
    "name": Teller("ชื่อโครงการ", _name),
    "office": Teller("หน่วยงานเจ้าของโครงการ", _office),
    "plan": Teller("แผนพัฒนาท้องถิ่น", _plan),
    "answers": Teller(
        "ข้อสั่งการที่โครงการนี้ตอบ", lambda facts, label: Told(listed(facts.answers, label))
    ),
    "rationale": Teller("หลักการและเหตุผล", _rationale, lines=6),
    "objectives": Teller(
        "วัตถุประสงค์", lambda facts, label: Told(listed(facts.objectives, label)), lines=3
    ),
    "targets": Teller("กลุ่มเป้าหมาย", _targets, lines=2),
    "output": Teller(
        "ผลผลิตของโครงการ", lambda facts, label: Told(paragraphs(facts.output)), lines=2
    ),
    "steps": Teller("ขั้นตอนการดำเนินงาน", _steps, lines=4),
    "period": Teller("ระยะเวลาดำเนินการ", _period),
    "places": Teller("สถานที่", lambda facts, label: Told(listed(facts.places, label))),
    "costs": Teller("รายละเอียดงบประมาณ", _costs, lines=3),
    "sources": Teller("แหล่งงบประมาณ", _sources),
    "asked": Teller("เงินที่ขอรับการสนับสนุน", _asked),
    "indicators": Teller("ตัวชี้วัด", _indicators, lines=2),
    "supporters": Teller("หน่วยงานสนับสนุน", _supporters),
    "risks": Teller("ความเสี่ยง", _risks, lines=2),
    "evaluation": Teller(
        "การติดตามและประเมินผล", lambda facts, label: Told(paragraphs(facts.evaluation)), lines=2
    ),
    "results": Teller(
        "ผลที่คาดว่าจะได้รับ", lambda facts, label: Told(listed(facts.results, label)), lines=3
    ),
    "responsible": Teller(
        "ผู้รับผิดชอบโครงการ", lambda facts, label: Told(listed(facts.responsible, label))
    ),
}
