"""แหล่งเงิน: what is known of each funding channel, and how surely it is known."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from django.db import models

from thamthan.organisations.rules import LaoKind
from thamthan.projects.rules.states import PlanStanding
from thamthan.thai.dates import FiscalYear

Kind = TypeVar("Kind")


class Checked(models.TextChoices):
    """ตรวจแล้วเพียงใด: only what the named source itself says counts as checked."""

    SAID = "S", "แหล่งอ้างอิงกล่าวไว้"
    INFERRED = "I", "อนุมานหรืออ้างต่อจากแหล่งอื่น"
    KNOWN = "B", "ความรู้ทั่วไป ยังไม่ได้ตรวจ"


class ChannelGroup(models.TextChoices):
    """หมวดของแหล่งเงิน."""

    NONE = "none", "ไม่ใช้เงินเพิ่ม"
    OWN = "own", "เงินของหน่วยงานเอง"
    STATE = "state", "เงินอุดหนุนและงบจังหวัด"
    PAO = "pao", "อบจ."
    FUND = "fund", "กองทุน"
    OTHER = "other", "หน่วยงานอื่น"


class Work(models.TextChoices):
    """ลักษณะงาน: what the project is about, for channels that pay only for some of it."""

    LIVELIHOOD = "livelihood", "อาชีพ ผลิตภัณฑ์ชุมชน และตลาด"
    TOURISM = "tourism", "ท่องเที่ยวและอัตลักษณ์"
    ENERGY = "energy", "พลังงาน"
    WELFARE = "welfare", "สวัสดิการและกลุ่มเปราะบาง"
    HOUSING = "housing", "ซ่อมหรือสร้างที่อยู่อาศัย"
    HEALTH = "health", "สุขภาพและป้องกันโรค"
    EDUCATION = "education", "การศึกษา เด็ก และเยาวชน"
    WASTEWATER = "wastewater", "น้ำเสีย"
    WASTE = "waste", "ขยะมูลฝอย"
    GREEN = "green", "พื้นที่สีเขียวและสวนสาธารณะ"
    INFRASTRUCTURE = "infrastructure", "ถนน แหล่งน้ำ และสิ่งก่อสร้างพื้นฐาน"
    DISASTER = "disaster", "สาธารณภัย"
    SAFETY = "safety", "ความปลอดภัยและยาเสพติด"
    OTHER = "other", "อื่น ๆ"


class Shape(models.TextChoices):
    """รูปแบบของรายจ่าย: what the money buys, which decides some of the papers."""

    ACTIVITY = "activity", "จัดกิจกรรม อบรม หรือจ้างบริการ"
    EQUIPMENT = "equipment", "ซื้อครุภัณฑ์"
    CONSTRUCTION = "construction", "ก่อสร้างหรือปรับปรุง"


class Need(models.TextChoices):
    """ต้องมีหรือไม่: unknown is an answer of its own and never read as no."""

    YES = "yes", "ต้อง"
    NO = "no", "ไม่ต้อง"
    UNKNOWN = "unknown", "ยังไม่ทราบ"


class OrdinanceNeed(models.TextChoices):
    """ในข้อบัญญัติปีนี้: whether the item must stand in this year's ordinance, or must not."""

    THERE = "there", "ต้องมีรายการแล้ว"
    ABSENT = "absent", "ยังไม่มีรายการ"
    ANY = "any", "มีหรือไม่มีก็ได้"
    UNKNOWN = "unknown", "ยังไม่ทราบ"


class WindowKind(models.TextChoices):
    """ช่วงเวลาที่รับคำขอ."""

    ANY_TIME = "any_time", "ยื่นได้ตลอด"
    BY_MEETING = "by_meeting", "ตามรอบประชุม"
    DATED = "dated", "มีวันเปิดปิด"
    ANNOUNCED = "announced", "ตามประกาศแต่ละรอบ"
    CLOSED = "closed", "ปิดแล้ว"
    UNKNOWN = "unknown", "ยังไม่ทราบ"


class MoneyRule(models.TextChoices):
    """เงินมาได้เร็วที่สุดเมื่อใด: in the order in which money comes."""

    NOW = "now", "มีเงินแล้ว"
    AFTER_APPROVAL = "after_approval", "หลังอนุมัติ"
    FISCAL_YEAR = "fiscal_year", "ต้นปีงบประมาณ"
    UNKNOWN = "unknown", "ยังไม่ทราบ"


class ProposalForm(models.TextChoices):
    """แบบของข้อเสนอ: which sections the proposal for this channel has."""

    MEMO = "memo", "บันทึกข้อความ"
    STANDARD = "standard", "แบบเสนอโครงการมาตรฐาน"
    ENVIRONMENT = "environment", "แบบกองทุนสิ่งแวดล้อม"
    HEALTH = "health", "แบบ กปท."
    PROVINCE = "province", "สรุปย่อโครงการของจังหวัด"


class PaperNeed(models.TextChoices):
    """เอกสารนี้จำเป็นหรือไม่."""

    REQUIRED = "required", "ต้องมี"
    OPTIONAL = "optional", "มีก็ดี"
    UNKNOWN = "unknown", "ยังไม่ทราบว่าต้องใช้"


class Condition(models.TextChoices):
    """ข้อเท็จจริงที่แหล่งเงินบางแห่งถาม: a person says yes or no; nobody is asked to guess."""

    EMERGENCY = "emergency", "เป็นเหตุฉุกเฉินหรือสาธารณภัย"
    EMERGENCY_ITEM_SPENT = "emergency_item_spent", "ใช้เงินสำรองจ่ายและโอนงบประมาณแล้วยังไม่พอ"
    MONEY_LEFT = "money_left", "มีรายการอื่นที่เหลือให้โอนมา"
    REVENUE_OVER = "revenue_over", "มีรายได้พอตั้งงบเพิ่มเติม"
    OWN_DUTY = "own_duty", "อยู่ในอำนาจหน้าที่ หรือบำบัดความเดือดร้อน"
    RESERVE_LEFT = "reserve_left", "เงินสะสมเหลือพอหลังกันเงิน"
    KEPT_FROM_LAST_YEAR = "kept_from_last_year", "กันเงินของปีก่อนไว้แล้ว"
    OVER_CAPACITY = "over_capacity", "เกินศักยภาพของหน่วยงาน"
    PROVINCE_PLAN = "province_plan", "อยู่ในแผนพัฒนาจังหวัด"
    MORE_PROVINCES = "more_provinces", "ให้ผลมากกว่าหนึ่งจังหวัด"
    PROVINCE_ENVIRONMENT_PLAN = "province_environment_plan", "อยู่ในแผนสิ่งแวดล้อมระดับจังหวัด"
    POWER_AREA = "power_area", "อยู่ในพื้นที่ประกาศรอบโรงไฟฟ้า"
    VILLAGE_FORUM = "village_forum", "ผ่านเวทีหมู่บ้านและตำบลแล้ว"
    ENERGY_REGISTERED = "energy_registered", "ลงทะเบียนกับกองทุนอนุรักษ์พลังงานแล้ว"
    HOUSE_OF_VULNERABLE = "house_of_vulnerable", "เป็นบ้านของคนพิการหรือผู้สูงอายุ"
    SUPPORTER_AGREED = "supporter_agreed", "มีหน่วยงานที่ตกลงสนับสนุนแล้ว"


class Otherwise(models.TextChoices):
    """ถ้าไม่เป็นเช่นนั้น: the channel is closed to the project, or something comes first."""

    NO = "no", "ขอทางนี้ไม่ได้"
    FIRST = "first", "ต้องทำก่อน"


@dataclass(frozen=True, slots=True)
class Among(Generic[Kind]):
    """ประเภทที่ขอได้ (`kinds`) และที่ยังไม่แน่ (`unsure`); what is in neither may not."""

    kinds: frozenset[Kind]
    unsure: frozenset[Kind]
    words: str
    mark: Checked


@dataclass(frozen=True, slots=True)
class Window:
    """ช่วงเวลา; a day is (month, day) and comes round every year."""

    kind: WindowKind
    opens: tuple[int, int] | None
    closes: tuple[int, int] | None
    words: str
    mark: Checked

    def closing_after(self, today: date) -> date | None:
        """วันปิดรับครั้งถัดไป, today counted in; None where no day is known."""
        return None if self.closes is None else _next_day(self.closes, today)

    def opening_after(self, today: date) -> date | None:
        """วันเปิดรับครั้งถัดไป, or None where it is open today or no day is known."""
        closing = self.closing_after(today)
        if self.opens is None or closing is None:
            return None
        opening = _next_day(self.opens, today)
        return opening if today < opening < closing else None


@dataclass(frozen=True, slots=True)
class LegalGround:
    """ฐานกฎหมายหรือแหล่งอ้างอิง, and the day on which someone looked at it."""

    words: str
    source: str
    mark: Checked
    checked_on: date | None


@dataclass(frozen=True, slots=True)
class Asked:
    """เงื่อนไขของแหล่งเงิน, as this channel words it."""

    fact: Condition
    otherwise: Otherwise
    words: str
    mark: Checked


@dataclass(frozen=True, slots=True)
class AskedPaper:
    """เอกสารประกอบคำขอ; `when` is the shape of spending that calls for it, none for always.

    Papers of one code are the same paper for every channel that asks for it.
    """

    code: str
    name: str
    need: PaperNeed
    when: Shape | None
    why: str
    form: str
    mark: Checked


@dataclass(frozen=True, slots=True)
class ChannelFacts:
    """แหล่งเงินหนึ่งแห่งตามไฟล์ข้อเท็จจริง: every fact with its own mark of how far it was checked."""

    code: str
    name: str
    short_name: str
    group: ChannelGroup
    form: ProposalForm
    about: str
    is_closed: bool
    who: Among[LaoKind]
    # None where the channel pays for any kind of work.
    work: Among[Work] | None
    plan: Need
    plan_words: str
    plan_mark: Checked
    ordinance: OrdinanceNeed
    ordinance_words: str
    ordinance_mark: Checked
    standings: frozenset[PlanStanding]
    window: Window
    money: MoneyRule
    money_words: str
    money_mark: Checked
    signed_by: str
    sent_to: str
    signing_mark: Checked
    legal: tuple[LegalGround, ...]
    conditions: tuple[Asked, ...]
    papers: tuple[AskedPaper, ...]
    # None where nothing is known of what the money may not buy.
    shape: Among[Shape] | None = None
    ceiling_baht: int | None = None
    ceiling_per: str = ""
    ceiling_words: str = ""
    ceiling_mark: Checked | None = None
    co_funding_percent: int | None = None
    co_funding_words: str = ""
    co_funding_mark: Checked | None = None

    def marks(self) -> Iterator[tuple[str, Checked]]:
        """ข้อเท็จจริงแต่ละข้อกับเครื่องหมายตรวจสอบ, in the order in which a page tells them."""
        yield "ผู้มีสิทธิขอ", self.who.mark
        if self.work is not None:
            yield "ลักษณะงาน", self.work.mark
        if self.shape is not None:
            yield "รูปแบบรายจ่าย", self.shape.mark
        yield "แผนพัฒนาท้องถิ่น", self.plan_mark
        yield "ข้อบัญญัติ", self.ordinance_mark
        yield "ช่วงเวลา", self.window.mark
        yield "วันที่เงินมา", self.money_mark
        yield "ผู้ลงนามและที่ส่ง", self.signing_mark
        if self.ceiling_mark is not None:
            yield "เพดานเงิน", self.ceiling_mark
        if self.co_funding_mark is not None:
            yield "เงินสมทบ", self.co_funding_mark
        for ground in self.legal:
            yield "ฐานกฎหมาย", ground.mark
        for asked in self.conditions:
            yield "เงื่อนไข", asked.mark
        for paper in self.papers:
            yield "เอกสาร", paper.mark

    @property
    def unverified(self) -> tuple[str, ...]:
        """เรื่องที่ยังไม่ได้ตรวจกับแหล่งอ้างอิง, each named once."""
        return tuple(dict.fromkeys(name for name, mark in self.marks() if mark != Checked.SAID))

    @property
    def is_verified(self) -> bool:
        """ตรวจแล้วทุกข้อ."""
        return not self.unverified

    def earliest_money(self, today: date) -> date | None:
        """วันแรกที่เงินอาจมา: a floor, never a promise; None where nobody knows.

        A fiscal year is the first that begins after the next closing day, or after today where
        no closing day is known.
        """
        if self.money == MoneyRule.UNKNOWN:
            return None
        if self.money != MoneyRule.FISCAL_YEAR:
            return today
        asked_on = self.window.closing_after(today) or today
        # The day after the last of the year in which the request closes.
        year = FiscalYear.containing(asked_on)
        return FiscalYear.containing(_day_after(year)).first_on


def _day_after(year: FiscalYear) -> date:
    return date.fromordinal(year.last_on.toordinal() + 1)


def _next_day(month_day: tuple[int, int], today: date) -> date:
    month, day = month_day
    this_year = date(today.year, month, day)
    return this_year if this_year >= today else date(today.year + 1, month, day)
