"""แหล่งเงินที่เหมาะ: what fits a project, why, what is missing, and when money may come."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import models

from thamthan.organisations.rules import LaoKind
from thamthan.projects.rules.channels import (
    Asked,
    AskedPaper,
    ChannelFacts,
    ChannelGroup,
    Condition,
    MoneyRule,
    Need,
    OrdinanceNeed,
    Otherwise,
    PaperNeed,
    Shape,
    WindowKind,
    Work,
)
from thamthan.projects.rules.states import PlanStanding
from thamthan.thai.dates import format_date

_MOST_OF_A_GROUP = 2
_MONEY_ORDER = list(MoneyRule)


class Verdict(models.TextChoices):
    """แหล่งเงินนี้เหมาะหรือไม่."""

    FITS = "fits", "เหมาะ"
    FITS_IF = "fits_if", "เหมาะ ถ้า"
    DOES_NOT = "does_not", "ไม่เหมาะ"


class Lack(models.TextChoices):
    """สิ่งที่ขาด: of what kind, so that a page can lead to where it is mended."""

    PLAN = "plan", "แผนพัฒนาท้องถิ่น"
    CONFIRM = "confirm", "ต้องยืนยัน"
    TELL = "tell", "ยังไม่ได้บอก"
    ASK = "ask", "ต้องถามก่อน"
    FIRST = "first", "ต้องทำก่อน"
    WINDOW = "window", "ช่วงเวลา"
    TIME = "time", "เงินมาช้า"
    CEILING = "ceiling", "เพดานเงิน"


# How much stands between the project and the money: one step of one's own weighs 1, asking others
# 2, and a fact that closes the channel if it is not so 3.
_WEIGHTS = {Lack.ASK: 2, Lack.FIRST: 2, Lack.CONFIRM: 3}
_MEANT_FOR_IT = 3


@dataclass(frozen=True, slots=True)
class Missing:
    """สิ่งที่ยังขาดหนึ่งข้อ, in a sentence."""

    kind: Lack
    words: str


@dataclass(frozen=True, slots=True)
class ProjectFacts:
    """ข้อเท็จจริงของโครงการ; what nobody has said is left out and never taken as no."""

    lao_kind: LaoKind | None
    standing: PlanStanding
    works: frozenset[Work] = frozenset()
    shapes: frozenset[Shape] = frozenset()
    answers: Mapping[Condition, bool] = field(default_factory=dict)
    papers: frozenset[str] = frozenset()
    needed_satang: int | None = None
    needed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Fit:
    """แหล่งเงินหนึ่งแห่งกับโครงการหนึ่ง: the verdict and everything it rests on, in sentences.

    `money_on` is the first day on which money could be there, a floor and no promise.
    """

    channel: ChannelFacts
    verdict: Verdict
    reasons: tuple[str, ...]
    against: tuple[str, ...]
    missing: tuple[Missing, ...]
    papers: tuple[AskedPaper, ...]
    money_on: date | None
    money_words: str
    doubt: str
    is_meant_for_it: bool

    @property
    def order(self) -> tuple[int, int, int, date, int, int, str]:
        """ลำดับ: better is less; by verdict, obstacles, how soon money comes, papers to get.

        A channel that is there for this very kind of work may have more obstacles than another.
        """
        weight = sum(_WEIGHTS.get(one.kind, 1) for one in self.missing)
        return (
            list(Verdict).index(self.verdict),
            weight - _MEANT_FOR_IT * self.is_meant_for_it,
            _MONEY_ORDER.index(self.channel.money),
            self.money_on or date.max,
            sum(paper.need == PaperNeed.REQUIRED for paper in self.papers),
            len(self.papers),
            self.channel.code,
        )


def channels_that_fit(
    facts: ProjectFacts, channels: Collection[ChannelFacts], today: date
) -> list[Fit]:
    """แหล่งเงินทุกแห่งกับโครงการนี้, the best first; none is left out and none chosen in silence."""
    return sorted((_fit(facts, one, today) for one in channels), key=lambda fit: fit.order)


def best_of(fits: Sequence[Fit], *, count: int = 3) -> list[Fit]:
    """แหล่งเงินที่ควรดูก่อน: the first that fit, at most two of one group while others fit too.

    One that is there for this very kind of work is among them, where there is such a one.
    """
    fitting = [fit for fit in fits if fit.verdict != Verdict.DOES_NOT]
    chosen: list[Fit] = []
    for fit in fitting:
        of_group = sum(one.channel.group == fit.channel.group for one in chosen)
        if of_group < _MOST_OF_A_GROUP and len(chosen) < count:
            chosen.append(fit)
    for fit in fitting:
        if fit not in chosen and len(chosen) < count:
            chosen.append(fit)
    meant = next((fit for fit in fitting if fit.is_meant_for_it), None)
    if meant is not None and count > 1 and not any(fit.is_meant_for_it for fit in chosen):
        chosen = [*chosen[: count - 1], meant]
    return sorted(chosen, key=lambda fit: fit.order)


def papers_asked(channel: ChannelFacts, shapes: Collection[Shape]) -> tuple[AskedPaper, ...]:
    """เอกสารที่ใช้กับรายจ่ายเช่นนี้; where the spending is not told, all that may be needed."""
    return tuple(
        paper
        for paper in channel.papers
        if paper.when is None or not shapes or paper.when in shapes
    )


def likely_works(text: str) -> frozenset[Work]:
    """ลักษณะงานที่น่าจะใช่, from words of the project; a suggestion that a person confirms."""
    return frozenset(work for work, words in _TELLING.items() if any(one in text for one in words))


_TELLING: dict[Work, tuple[str, ...]] = {
    Work.LIVELIHOOD: ("อาชีพ", "OTOP", "ผลิตภัณฑ์", "ตลาด", "รายได้", "กลุ่มสตรี"),
    Work.TOURISM: ("ท่องเที่ยว", "นักท่องเที่ยว", "อัตลักษณ์"),
    Work.ENERGY: ("พลังงาน", "โซลาร์", "แสงอาทิตย์", "ประหยัดไฟ"),
    Work.WELFARE: ("เปราะบาง", "ผู้สูงอายุ", "คนพิการ", "ผู้พิการ", "ผู้ด้อยโอกาส", "ยากไร้"),
    Work.HOUSING: ("ซ่อมบ้าน", "ซ่อมแซมบ้าน", "ที่อยู่อาศัย", "สร้างบ้าน"),
    Work.HEALTH: ("สุขภาพ", "ป้องกันโรค", "ควบคุมโรค", "ไข้เลือดออก", "สาธารณสุข"),
    Work.EDUCATION: ("การศึกษา", "โรงเรียน", "เด็กเล็ก", "เยาวชน"),
    Work.WASTEWATER: ("น้ำเสีย", "ถังดักไขมัน", "บ่อดักไขมัน"),
    Work.WASTE: ("ขยะ", "มูลฝอย"),
    Work.GREEN: ("สวนสาธารณะ", "พื้นที่สีเขียว", "ปลูกต้นไม้", "สวนสุขภาพ"),
    Work.INFRASTRUCTURE: ("ถนน", "ประปา", "แหล่งน้ำ", "ฝาย", "ท่อระบายน้ำ", "สะพาน", "ไฟฟ้าสาธารณะ"),
    Work.DISASTER: ("อุทกภัย", "น้ำท่วม", "ภัยแล้ง", "วาตภัย", "สาธารณภัย"),
    Work.SAFETY: ("ยาเสพติด", "กล้องวงจรปิด", "ความปลอดภัย", "อุบัติเหตุ"),
}  # fmt: skip


class _Weighing:
    """What speaks for and against one channel, gathered in the order in which it is asked."""

    def __init__(self, facts: ProjectFacts, channel: ChannelFacts, today: date) -> None:
        self.facts, self.channel, self.today = facts, channel, today
        self.money_on = channel.earliest_money(today)
        self.reasons: list[str] = []
        self.against: list[str] = []
        self.missing: list[Missing] = []

    def lack(self, kind: Lack, words: str) -> None:
        self.missing.append(Missing(kind, words))

    def who(self) -> None:
        kind, who = self.facts.lao_kind, self.channel.who
        if kind is None:
            self.against.append("ช่องทางเหล่านี้เป็นขององค์กรปกครองส่วนท้องถิ่น")
        elif kind in who.kinds:
            self.reasons.append(f"{kind.label}ขอได้")
        elif kind in who.unsure:
            more = f": {who.words}" if who.words else ""
            self.lack(Lack.ASK, f"ยังไม่แน่ว่า{kind.label}ขอเองได้หรือไม่{more}")
        else:
            self.against.append(f"{kind.label}ไม่อยู่ในกลุ่มผู้มีสิทธิขอ")

    def work(self) -> bool:
        """Whether the channel is there for this very kind of work."""
        wanted, works = self.channel.work, self.facts.works
        if wanted is None:
            return False
        if works & wanted.kinds:
            self.reasons.append(f"รับงานด้าน{_labels(works & wanted.kinds)}")
            return True
        if not works:
            self.lack(Lack.TELL, f"ยังไม่ได้บอกลักษณะงาน ช่องทางนี้รับงานด้าน{_labels(wanted.kinds)}")
        elif works & wanted.unsure:
            self.lack(Lack.ASK, f"ยังไม่แน่ว่ารับงานด้าน{_labels(works & wanted.unsure)} ต้องถามก่อน")
        else:
            self.against.append(f"รับเฉพาะงานด้าน{_labels(wanted.kinds)}")
        return False

    def shape(self) -> None:
        wanted, shapes = self.channel.shape, self.facts.shapes
        if wanted is None or not shapes or shapes & wanted.kinds:
            return
        told = ", ".join(shape.label for shape in Shape if shape in shapes)
        if shapes & wanted.unsure:
            self.lack(Lack.ASK, f"ยังไม่แน่ว่าใช้กับการ{told}ได้ ต้องถามก่อน")
        else:
            self.against.append(f"ใช้กับการ{told}ไม่ได้")

    def plan(self) -> None:
        standing, channel = self.facts.standing, self.channel
        if standing not in channel.standings:
            self.against.append(_wrong_standing(channel, standing))
            return
        if standing == PlanStanding.NONE and channel.plan == Need.YES:
            self.lack(Lack.PLAN, "ต้องเพิ่มโครงการในแผนพัฒนาท้องถิ่นก่อน")
        elif standing == PlanStanding.NONE and channel.plan == Need.UNKNOWN:
            self.lack(Lack.ASK, "ยังไม่ทราบว่าต้องอยู่ในแผนพัฒนาท้องถิ่นหรือไม่ ควรถามก่อน")
        elif standing == PlanStanding.NONE:
            self.reasons.append("ไม่ต้องอยู่ในแผนพัฒนาท้องถิ่นก่อน")
        elif standing == PlanStanding.PLAN:
            self.reasons.append("โครงการอยู่ในแผนพัฒนาท้องถิ่นแล้ว")
        elif standing == PlanStanding.ROUTINE:
            self.reasons.append("เป็นกิจกรรมในงานประจำ")
        else:
            self.in_ordinance()

    def in_ordinance(self) -> None:
        if self.channel.ordinance == OrdinanceNeed.THERE:
            self.reasons.append("โครงการมีรายการในข้อบัญญัติแล้ว")
        else:
            self.lack(Lack.ASK, "โครงการมีเงินในข้อบัญญัติแล้ว ทางนี้ขอได้เฉพาะส่วนที่ยังขาด")

    def condition(self, asked: Asked) -> None:
        answer = self.facts.answers.get(asked.fact)
        if answer:
            self.reasons.append(asked.words)
        elif answer is None:
            gate = asked.otherwise == Otherwise.NO
            self.lack(Lack.CONFIRM if gate else Lack.TELL, f"ต้องยืนยันว่า{asked.words}")
        elif asked.otherwise == Otherwise.NO:
            self.against.append(f"ใช้ได้เฉพาะเมื่อ{asked.words}")
        else:
            self.lack(Lack.FIRST, f"ต้องทำก่อน: {asked.words}")

    def window(self) -> None:
        window = self.channel.window
        if self.channel.is_closed or window.kind == WindowKind.CLOSED:
            self.against.append(window.words or "ปิดรับแล้ว")
            return
        closing, opening = window.closing_after(self.today), window.opening_after(self.today)
        if opening is not None:
            self.lack(Lack.WINDOW, f"ยังไม่เปิดรับ เปิด {format_date(opening, style='short')}")
        if closing is not None:
            self.reasons.append(f"ยื่นได้ถึง {format_date(closing, style='short')}")
        elif window.kind == WindowKind.ANNOUNCED:
            self.lack(Lack.WINDOW, f"ต้องรอประกาศเปิดรับ {window.words}".rstrip())
        elif window.kind == WindowKind.UNKNOWN:
            self.lack(Lack.WINDOW, f"ยังไม่ทราบวันเปิดปิดรับคำขอ {window.words}".rstrip())
        else:
            self.reasons.append(window.words or window.kind.label)

    def amounts(self) -> None:
        channel, needed = self.channel, self.facts.needed_satang
        if channel.ceiling_words:
            over = channel.ceiling_per == "โครงการ" and channel.ceiling_baht is not None
            if over and needed is not None and needed > (channel.ceiling_baht or 0) * 100:
                self.lack(Lack.CEILING, f"เกินเพดาน: {channel.ceiling_words} ส่วนที่เกินต้องหาจากที่อื่น")
            else:
                self.reasons.append(channel.ceiling_words)
        if channel.co_funding_words:
            own = ""
            if channel.co_funding_percent is not None and needed is not None:
                baht = -(-needed * channel.co_funding_percent // 10_000)
                own = f" (ของโครงการนี้ราว {baht:,} บาท)"
            self.reasons.append(f"{channel.co_funding_words}{own}")

    def time(self) -> None:
        needed_on = self.facts.needed_on
        if needed_on is not None and self.money_on is not None and self.money_on > needed_on:
            self.lack(
                Lack.TIME,
                f"เงินมาเร็วที่สุด {format_date(self.money_on, style='short')}"
                f" หลังวันเริ่มโครงการ {format_date(needed_on, style='short')} ต้องเลื่อนวันเริ่ม",
            )


def _fit(facts: ProjectFacts, channel: ChannelFacts, today: date) -> Fit:
    weighing = _Weighing(facts, channel, today)
    weighing.who()
    is_meant_for_it = weighing.work()
    weighing.shape()
    weighing.plan()
    for asked in channel.conditions:
        weighing.condition(asked)
    weighing.window()
    weighing.amounts()
    weighing.time()
    if weighing.against:
        verdict = Verdict.DOES_NOT
    else:
        verdict = Verdict.FITS_IF if weighing.missing else Verdict.FITS
    papers = papers_asked(channel, facts.shapes)
    return Fit(
        channel=channel,
        verdict=verdict,
        reasons=tuple(weighing.reasons),
        against=tuple(weighing.against),
        missing=tuple(weighing.missing),
        papers=tuple(one for one in papers if one.code not in facts.papers),
        money_on=weighing.money_on,
        money_words=_money_words(channel, weighing.money_on),
        doubt=_doubt(channel),
        is_meant_for_it=is_meant_for_it and verdict != Verdict.DOES_NOT,
    )


def _wrong_standing(channel: ChannelFacts, standing: PlanStanding) -> str:
    if channel.group == ChannelGroup.NONE:
        return "โครงการนี้ไม่ใช่งานประจำ จึงต้องมีแหล่งเงิน"
    if standing == PlanStanding.ROUTINE:
        return "เป็นกิจกรรมในงานประจำ ไม่ต้องขอเงินทางนี้"
    if standing == PlanStanding.ORDINANCE:
        return "โครงการมีรายการในข้อบัญญัติแล้ว จึงไม่ต้องขอทางนี้"
    return "ใช้ได้กับรายการที่อยู่ในข้อบัญญัติแล้วเท่านั้น"


def _money_words(channel: ChannelFacts, money_on: date | None) -> str:
    """วันที่เงินมา in words that promise nothing."""
    day = format_date(money_on, style="short") if money_on is not None else ""
    lead = {
        MoneyRule.NOW: "ใช้ได้ตั้งแต่วันนี้",
        MoneyRule.AFTER_APPROVAL: "หลังได้รับอนุมัติ ยังบอกวันไม่ได้",
        MoneyRule.FISCAL_YEAR: f"ไม่ก่อน {day}",
        MoneyRule.UNKNOWN: "ยังไม่ทราบว่าเงินมาเมื่อใด",
    }[channel.money]
    return f"{lead} ({channel.money_words})" if channel.money_words else lead


def _doubt(channel: ChannelFacts) -> str:
    if channel.is_verified:
        return ""
    return f"ยังไม่ได้ตรวจกับระเบียบ: {', '.join(channel.unverified)}"


def _labels(works: Collection[Work]) -> str:
    return ", ".join(work.label for work in Work if work in works)
