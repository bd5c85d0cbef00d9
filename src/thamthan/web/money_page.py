"""The page of a project's money laid out: each source with its forms, the next one apart."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from thamthan.errors import Refused
from thamthan.projects.rules import FourAmounts, MoneyStep, ProjectState, baht, in_baht
from thamthan.web.money_forms import MoneyField, MoneyForm

if TYPE_CHECKING:
    from thamthan.projects.models import BudgetLine, FundingChannel, Project
    from thamthan.projects.queries import Bound, ProjectMoney, Source

# The bar is drawn in so many parts of its length.
BAR = 1000
_LIVE = {ProjectState.DRAFT, ProjectState.APPROVED, ProjectState.UNDER_WAY}
_BINDING = {ProjectState.APPROVED, ProjectState.UNDER_WAY}
NEXT_WORDS: dict[MoneyStep, str] = {
    "plan": "เริ่มจากบอกว่าโครงการนี้คาดว่าจะใช้เงินเท่าใด จากไหน",
    "allot": "มีแต่เงินที่คาดไว้ จัดสรรจากรายการงบประมาณเมื่อได้รับอนุมัติแล้ว",
    "approve": "จัดสรรเงินแล้ว ก่อหนี้ผูกพันได้เมื่ออนุมัติโครงการ",
    "commit": "ก่อหนี้ผูกพันเมื่อลงนามสัญญาหรือออกใบสั่งซื้อ/จ้าง",
    "pay": "บันทึกเมื่อเบิกจ่ายตามสัญญา",
    "release": "โครงการยกเลิกแล้ว คืนส่วนที่ผูกพันไว้",
    "done": "เบิกจ่ายครบตามที่ผูกพันแล้ว",
    "none": "",
}


@dataclass(frozen=True, slots=True)
class Choices:
    """สิ่งที่เลือกได้ในแบบฟอร์ม: lines with money left, and ways money may come by."""

    lines: "tuple[BudgetLine, ...]" = ()
    channels: "tuple[FundingChannel, ...]" = ()


@dataclass(frozen=True, slots=True)
class BoundPart:
    """สัญญาหนึ่งฉบับบนหน้า, with the forms for it."""

    bound: "Bound"
    forms: tuple[MoneyForm, ...]


@dataclass(frozen=True, slots=True)
class SourcePart:
    """แหล่งเงินหนึ่งแหล่งบนหน้า, with the forms for it and its contracts."""

    source: "Source"
    forms: tuple[MoneyForm, ...]
    bound: tuple[BoundPart, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """แถบเงิน: how far each amount reaches, in thousandths of the longer of plan and approval."""

    planned: int
    approved: int
    committed: int
    paid: int
    percent: int


def bar_of(amounts: FourAmounts) -> Bar | None:
    """แถบเงินของสี่จำนวน; none where there is no money at all."""
    if not amounts.whole:
        return None
    planned, approved, committed, paid = (
        satang * BAR // amounts.whole
        for satang in (amounts.planned, amounts.approved, amounts.committed, amounts.paid)
    )
    percent = amounts.paid * 100 // amounts.approved if amounts.approved else 0
    return Bar(planned, approved, committed, paid, percent)


@dataclass
class MoneyPage:
    """What the template shows: the form that is next stands apart, every other with its row."""

    project: "Project"
    money: "ProjectMoney"
    choices: Choices
    step: MoneyStep
    may_work: bool
    may_decide: bool
    typed: Mapping[str, str] = field(default_factory=dict)
    refused: Refused | None = None

    @property
    def next_words(self) -> str:
        if self.step == "allot" and not self.free_lines:
            return "ยังไม่มีรายการงบประมาณที่เหลือเงิน เพิ่มรายการได้ที่หน้างบประมาณ"
        return NEXT_WORDS[self.step]

    @cached_property
    def next_form(self) -> MoneyForm | None:
        """The form of the one thing to do next, if this person may do it."""
        if not self.may_work:
            return None
        for form in self._in_turn():
            title = f"{form.title} – {form.of}" if form.of else form.title
            return replace(form, title=title, is_open=True)
        return None

    @cached_property
    def free_lines(self) -> "list[BudgetLine]":
        """Lines that this project uses nothing of yet: more of one in use is a raise of its own."""
        used = {source.allotment.line_id for source in self.money.sources}
        return [line for line in self.choices.lines if line.pk not in used]

    @cached_property
    def sources(self) -> list[SourcePart]:
        return [self._source(source) for source in self.money.sources]

    @cached_property
    def adding(self) -> list[MoneyForm]:
        """More sources: hoped for, or from a line."""
        if not self.may_work or self.project.state not in _LIVE:
            return []
        forms = [self._plan()]
        if self.may_decide and self.free_lines:
            forms.append(self._allot())
        return self._besides_next(forms)

    def _in_turn(self) -> list[MoneyForm]:
        """What may be next, the first first."""
        if self.step == "plan":
            return [self._plan()]
        if self.step == "allot":
            if not (self.may_decide and self.free_lines):
                return []
            hoped = [self._come_true(one) for one in self.money.sources if one.is_hoped]
            return hoped or [self._allot()]
        if self.step == "commit":
            return [self._commit(one) for one in self.money.sources if one.to_commit]
        unpaid = [one for one in self.money.bound if one.left]
        if self.step == "pay":
            return [self._pay(one) for one in unpaid]
        return [self._release(one) for one in unpaid] if self.step == "release" else []

    def _besides_next(self, forms: list[MoneyForm]) -> list[MoneyForm]:
        chosen = self.next_form.name if self.next_form else ""
        return [form for form in forms if form.name != chosen]

    def _source(self, source: "Source") -> SourcePart:
        forms: list[MoneyForm] = []
        state = self.project.state
        if self.may_work and state in _BINDING and source.to_commit:
            forms.append(self._commit(source))
        if self.may_decide and source.is_hoped and state in _LIVE and self.free_lines:
            forms.append(self._come_true(source))
        if self.may_decide and not source.is_hoped:
            forms.append(self._raise(source))
            others = [one for one in self.choices.lines if one.pk != source.allotment.line_id]
            if source.to_commit and others and state in _LIVE:
                forms.append(self._move(source, others))
        if self.may_work and state in _LIVE:
            forms.append(self._change(source))
        bound = tuple(self._bound(one) for one in source.bound)
        return SourcePart(source, tuple(self._besides_next(forms)), bound)

    def _bound(self, bound: "Bound") -> BoundPart:
        forms: list[MoneyForm] = []
        if self.may_work and bound.left:
            if self.project.state != ProjectState.CANCELLED:
                forms.append(self._pay(bound))
            forms.append(self._release(bound))
        if self.may_work and bound.commitment.paid_satang:
            forms.append(self._back(bound))
        return BoundPart(bound, tuple(self._besides_next(forms)))

    def _plan(self) -> MoneyForm:
        fields = [
            MoneyField("amount", "คาดว่าจะใช้ (บาท)", is_short=True),
            MoneyField("source", "คาดว่าจะได้จาก", hint="เช่น ข้อบัญญัติงบประมาณ ปี 2569"),
        ]
        if self.choices.channels:
            named = tuple((str(one.pk), one.name) for one in self.choices.channels)
            fields.append(
                MoneyField(
                    "channel", "แหล่งงบประมาณ", choices=(("", "ไม่ระบุ"), *named), is_needed=False
                )
            )
        return self._form("plan", "new", "เพิ่มแหล่งเงินที่คาดไว้", "เพิ่มแหล่งเงิน", fields)

    def _allot(self) -> MoneyForm:
        fields = [
            MoneyField("line", "รายการงบประมาณ", choices=self._lines(self.free_lines)),
            MoneyField("amount", "ให้โครงการใช้ได้ (บาท)", is_short=True),
        ]
        return self._form(
            "allot", "new", "จัดสรรจากรายการงบประมาณ", "จัดสรรเงิน", fields, ("seen", "0")
        )

    def _come_true(self, source: "Source") -> MoneyForm:
        row = source.allotment
        fields = [
            MoneyField("line", "รายการงบประมาณ", choices=self._lines(self.free_lines)),
            MoneyField("amount", "ให้โครงการใช้ได้ (บาท)", baht(row.planned_satang), is_short=True),
        ]
        return self._form(
            "allot", str(row.pk), "จัดสรรจากรายการงบประมาณ", "จัดสรรเงิน", fields,
            ("hoped", str(row.pk)), ("seen", "0"), of=source.name,
        )  # fmt: skip

    def _raise(self, source: "Source") -> MoneyForm:
        row = source.allotment
        least = f" ไม่ต่ำกว่าที่ผูกพันแล้ว {baht(row.committed_satang)}" if row.committed_satang else ""
        fields = [
            MoneyField(
                "amount", "ให้โครงการใช้ได้ทั้งหมด (บาท)", baht(row.approved_satang),
                hint=f"แทนจำนวนเดิม{least}", is_short=True,
            ),
        ]  # fmt: skip
        hidden = (("line", str(row.line_id)), ("seen", str(row.approved_satang)))
        return self._form(
            "allot", f"of{row.pk}", "เพิ่มหรือลดเงินที่จัดสรร", "บันทึกจำนวนใหม่", fields, *hidden
        )

    def _move(self, source: "Source", others: "list[BudgetLine]") -> MoneyForm:
        fields = [
            MoneyField("line", "ย้ายไปใช้จาก", choices=self._lines(others)),
            MoneyField(
                "amount",
                "จำนวนที่ย้าย (บาท)",
                hint=f"ย้ายได้ไม่เกิน {baht(source.to_commit)}",
                is_short=True,
            ),
        ]
        return self._form(
            "move", str(source.allotment.pk), "ย้ายไปใช้เงินจากรายการอื่น", "ย้ายเงิน", fields
        )

    def _change(self, source: "Source") -> MoneyForm:
        row = source.allotment
        hint = "ใส่ 0 เพื่อเอาแหล่งเงินนี้ออก" if source.is_hoped else ""
        fields = [
            MoneyField("amount", "เงินตามแผน (บาท)", baht(row.planned_satang), hint, is_short=True)
        ]
        if source.is_hoped:
            fields.append(
                MoneyField("source", "คาดว่าจะได้จาก", row.source_words, is_needed=not row.channel_id)
            )
        return self._form(
            "change", str(row.pk), "แก้เงินตามแผน", "บันทึก", fields,
            ("seen", str(row.planned_satang)),
        )  # fmt: skip

    def _commit(self, source: "Source") -> MoneyForm:
        fields = [
            MoneyField(
                "amount", "ผูกพัน (บาท)", hint=f"เหลือให้ผูกพัน {baht(source.to_commit)}", is_short=True
            ),
            MoneyField("on", "วันที่", hint="เช่น 15 มี.ค. 69", is_short=True),
            MoneyField("words", "สัญญาหรือใบสั่งซื้อ/จ้าง", hint="เลขที่และคู่สัญญา"),
        ]
        return self._form(
            "commit", str(source.allotment.pk), "ก่อหนี้ผูกพัน", "บันทึกการก่อหนี้ผูกพัน", fields,
            of=source.name,
        )  # fmt: skip

    def _pay(self, bound: "Bound") -> MoneyForm:
        fields = [
            MoneyField(
                "amount", "เบิกจ่าย (บาท)", hint=f"เหลือให้เบิกจ่าย {baht(bound.left)}", is_short=True
            ),
            MoneyField("on", "วันที่จ่าย", hint="เช่น 15 มี.ค. 69", is_short=True),
            MoneyField("words", "ฎีกาหรือเอกสาร", hint="เช่น ฎีกา 112/2569"),
        ]
        return self._form(
            "pay", str(bound.commitment.pk), "เบิกจ่าย", "บันทึกการเบิกจ่าย", fields,
            of=bound.commitment.words,
        )  # fmt: skip

    def _release(self, bound: "Bound") -> MoneyForm:
        fields = [
            MoneyField("amount", "คืน (บาท)", hint=f"คืนได้ไม่เกิน {baht(bound.left)}", is_short=True),
            MoneyField("words", "เหตุที่คืน", hint="เช่น ราคาที่ประมูลได้ต่ำกว่าวงเงิน"),
        ]
        return self._form(
            "release", str(bound.commitment.pk), "คืนเงินผูกพันที่ไม่ใช้", "คืนเงินผูกพัน", fields
        )

    def _back(self, bound: "Bound") -> MoneyForm:
        most = baht(bound.commitment.paid_satang)
        fields = [
            MoneyField("amount", "รับคืน (บาท)", hint=f"เบิกจ่ายไปแล้ว {most}", is_short=True),
            MoneyField("on", "วันที่", hint="เช่น 15 มี.ค. 69", is_short=True),
            MoneyField("words", "เอกสารหรือเหตุที่รับคืน"),
        ]
        return self._form(
            "back", str(bound.commitment.pk), "รับเงินคืน หรือแก้ที่เบิกเกิน", "บันทึกรับเงินคืน", fields
        )

    def _lines(
        self, lines: "list[BudgetLine] | tuple[BudgetLine, ...]"
    ) -> tuple[tuple[str, str], ...]:
        """Lines to choose from, each with what is left of it."""
        named = []
        for line in lines:
            left = in_baht(line.approved_satang - line.allotted_satang)
            year = f" (ปี {line.be_year})" if line.be_year != self.project.be_year else ""
            named.append((str(line.pk), f"{line.name[:90]}{year} – เหลือ {left}"))
        return tuple(named) if len(named) == 1 else (("", "เลือกรายการ"), *named)

    def _form(
        self,
        deed: str,
        key: str,
        title: str,
        button: str,
        fields: list[MoneyField],
        *hidden: tuple[str, str],
        of: str = "",
    ) -> MoneyForm:
        """The form; with what was typed into it, where it is the one that was sent and refused."""
        form = MoneyForm(deed, key, title, button, tuple(fields), hidden, of=of)
        if (self.typed.get("deed"), self.typed.get("form")) != (deed, key):
            return form
        wrong = str(self.refused.facts.get("field", "")) if self.refused else ""
        told = self.refused.message if self.refused else ""
        if self.refused is not None and self.refused.code == "changed_meanwhile":
            # What stands there now is seen now, and may be sent again.
            typed_hidden = hidden
        else:
            typed_hidden = tuple((name, self.typed.get(name, value)) for name, value in hidden)
        return replace(
            form,
            fields=tuple(
                replace(
                    one,
                    value=self.typed.get(one.name, ""),
                    problem=told if one.name == wrong else "",
                )
                for one in fields
            ),
            hidden=typed_hidden,
            press=self.typed.get("press") or form.press,
            is_open=True,
        )
