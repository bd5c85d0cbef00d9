"""Makes letters of every kind by seed: the same seed, the same letter."""

from datetime import timedelta

from tests.reading.bench.draft import Draft
from tests.reading.bench.matters import MATTERS, PURPOSES, REPORTING
from tests.reading.bench.paper import Letter, by_hand
from tests.reading.bench.words import long_day, person, telephone, written

FONTS = (
    "Laksaman",
    "Laksaman",
    "Garuda",
    "Laksaman",
    "Norasi",
    "Laksaman",
    "Kinnari",
    "Umpush",
    "Laksaman",
    "Loma",
)
SPEEDS = (None, "ด่วน", None, "ด่วนมาก", None, "ด่วนที่สุด", None)


def letters(count: int) -> list[Letter]:
    return [Maker(seed).letter() for seed in range(count)]


class Maker(Draft):
    """The kinds of letter, each in the order of its form."""

    def letter(self) -> Letter:
        stamp = self._stamp() if self.kind in ("external", "memo", "stamped") else None
        self.matter = self.chance.choice(MATTERS)
        getattr(self, f"_{self.kind}")()
        return Letter(
            self.truth["id"],
            self.seed,
            self.kind,
            FONTS[self.seed % len(FONTS)] if self.chance.random() < 0.8 else "Laksaman",
            tuple(self.parts),
            self.truth,
            stamp,
            tuple(self.hand),
            {
                "garuda": self.chance.random() < 0.85,
                "justify": self.chance.random() < 0.6,
                "signed": self.chance.random() < 0.8,
                "round_stamp": self.kind == "stamped" or self.chance.random() < 0.15,
            },
        )

    def _external(self) -> None:
        office = self.office
        speed = self.chance.choice(SPEEDS)
        self.truth["speed"] = speed
        if speed:
            self._put("speed", speed)
        self.truth["agency"] = office.letterhead
        self._put("across", f"ที่ {self._number()}", office.letterhead)
        for line in office.address:
            self._put("across", "", written(line, thai=self.thai))
        self._put("date", self._date())
        self._put("label", "เรื่อง", self._subject())
        addressees = self.chance.choice(office.below)
        self.truth["addressees"] = list(addressees)
        self._put(
            "label",
            "เรียน",
            self._pick(" และ", " / ", " และ").join(addressees)
            if len(addressees) > 1
            else addressees[0],
        )
        self._references()
        self._enclosures()
        self._background()
        self._request()
        self._put("p", self._pick(*PURPOSES))
        self._put("closing", "ขอแสดงความนับถือ")
        self._signature(person(self.chance), self.chance.choice(office.positions))
        self._foot()

    def _memo(self) -> None:
        office = self.office
        unit = self.chance.choice(office.memo_units)
        phone = telephone(self.chance, office.place.area, thai=self.thai)
        self.truth |= {"agency": unit, "phone": phone, "owner_unit": None}
        self._put("title", "บันทึกข้อความ")
        self._put("memo", "ส่วนราชการ", f"{unit} {self._pick('โทร.', 'โทร')} {phone}")
        self._put("memo", "ที่", self._number(), "วันที่", self._date())
        self._put("memo", "เรื่อง", self._subject())
        to = self.chance.choice(office.above)
        self.truth["addressees"] = [to]
        self._put("label", "เรียน", to)
        self._background()
        if self.chance.random() < 0.6:
            self._request()
        else:
            self._put(
                "p",
                f"ในการนี้ {unit.split()[0]}ได้จัดทำ{self.matter.result}เสร็จเรียบร้อยแล้ว รายละเอียดปรากฏตามเอกสารที่แนบ",
            )
        self._put(
            "p",
            self._pick("จึงเรียนมาเพื่อโปรดทราบ", "จึงเรียนมาเพื่อโปรดพิจารณา", "จึงเรียนมาเพื่อโปรดพิจารณาอนุมัติ"),
        )
        self._signature(person(self.chance), (self.chance.choice(office.officers),))
        if self.chance.random() < 0.4:
            self._put(
                "approval",
                self._pick("- ทราบ", "- อนุมัติ", "- เห็นชอบ"),
                f"({person(self.chance)})",
                to,
            )

    def _stamped(self) -> None:
        office = self.office
        self.truth["agency"] = office.itself
        self._put("across", f"ที่ {self._number()}", "")
        to = self._pick(
            f"ที่ว่าการอำเภอ{office.place.district}",
            "อำเภอทุกอำเภอ",
            f"องค์การบริหารส่วนตำบล{office.place.subdistrict}",
            "สำนักงานเทศบาลทุกแห่ง",
        )
        self.truth["addressees"] = [to]
        self._put("label", "ถึง", to)
        subject_like = self._fill(self.matter.background)
        self._put(
            "p",
            f"ด้วย{subject_like} {office.itself}จึงขอส่ง{self.matter.enclosures[0][0]}มาเพื่อประกอบการดำเนินงาน รายละเอียดตามที่แนบมาพร้อมนี้",
        )
        due, wanted = self._due()
        self._put(
            "p",
            self._pick(*REPORTING).format(result=self.matter.result, itself=office.itself, due=due),
        )
        self.truth["deadlines"].append(wanted)
        self.truth["subject"] = None
        self._put("sign", office.itself, self._date())
        self._foot()

    def _order(self) -> None:
        office = self.office
        self._heading("คำสั่ง")
        self._put(
            "p",
            f"{self._pick('เพื่อ', 'โดยที่เห็นสมควร')}{self._fill(self.matter.why)} อาศัยอำนาจตามกฎหมายว่าด้วยระเบียบบริหารราชการ จึงมีคำสั่งดังต่อไปนี้",
        )
        for at, ask in enumerate(self.matter.asks, start=1):
            officer = self.chance.choice(office.officers)
            self._put(
                "item",
                f"ข้อ {self._told(at)} ให้ {person(self.chance)} ตำแหน่ง {officer} มีหน้าที่{self._fill(ask)}",
            )
        self._put(
            "p",
            self._pick(
                "ทั้งนี้ ตั้งแต่บัดนี้เป็นต้นไป",
                f"ทั้งนี้ ตั้งแต่วันที่ {long_day(self.day + timedelta(days=1), thai=self.thai)} เป็นต้นไป",
            ),
        )
        self._close("สั่ง")

    def _notice(self) -> None:
        self._heading("ประกาศ")
        first, last = (
            self.day + timedelta(days=days)
            for days in (self.chance.randint(3, 8), self.chance.randint(14, 30))
        )
        told = [long_day(day, thai=self.thai) for day in (first, last)]
        phrase = f"ตั้งแต่วันที่ {told[0]} ถึงวันที่ {told[1]}"
        self._put(
            "p",
            f"ด้วย{self.office.itself}มีความประสงค์จะดำเนินการ{self.matter.subject.replace('{fy}', self._told(self.day.year + 543)).removeprefix('การ').removeprefix('ขอ')} เพื่อ{self._fill(self.matter.why)}",
        )
        self._put(
            "p", f"ผู้สนใจยื่นเอกสารด้วยตนเองที่{self.office.memo_units[0]} {phrase} ในวันและเวลาราชการ"
        )
        self.truth["deadlines"].append({"phrase": phrase, "date_iso_or_rule": last.isoformat()})
        self._put("p", "จึงประกาศมาให้ทราบโดยทั่วกัน")
        self._close("ประกาศ")

    def _heading(self, word: str) -> None:
        self.truth["agency"] = self.office.itself
        self._put("title", f"{word}{self.office.itself}")
        if word == "คำสั่ง":
            running = f"{self.chance.randint(4, 999)}/{self.day.year + 543}"
            self.truth["number"] = running
            told = self._told(running)
            if self.fills_in:
                self.hand.append("number")
                first, _, year = told.partition("/")
                told = f"{by_hand(first)}/{year}"
            self._put("centre", f"ที่ {told}")
        else:
            self.truth["number"] = None
        self._put("centre", f"เรื่อง {self._subject()}")
        self._put("rule", "-" * 30)

    def _close(self, word: str) -> None:
        whole = long_day(self.day, thai=self.thai, era=True)
        self.truth |= {"date_iso": self.day.isoformat(), "date_text": whole}
        day, rest = whole.split(" ", 1)
        if self.fills_in:
            self.hand.append("dated_on")
            day = by_hand(day)
        self._put("date", f"{word} ณ วันที่ {day} {rest}")
        self._signature(person(self.chance), self.chance.choice(self.office.positions))
