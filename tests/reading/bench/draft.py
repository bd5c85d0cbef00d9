"""A letter in the making: number, date, stamp, text, signature, and the truth of each."""

from datetime import date, timedelta
from random import Random
from typing import Any

from tests.reading.bench.dues import EVERY_WAY, Due, Moment, fixed
from tests.reading.bench.matters import (
    ASKING,
    DECOYS,
    EXPLAINING,
    OPENING_WORDS,
    REPORTING,
)
from tests.reading.bench.offices import Office, an_office
from tests.reading.bench.paper import Part, Stamp, by_hand
from tests.reading.bench.words import long_day, short_day, telephone, written

KINDS = (
    "external",
    "external",
    "memo",
    "external",
    "stamped",
    "external",
    "order",
    "memo",
    "external",
    "notice",
)
INKS = ("#2b3f9e", "#5b2a86", "#a32020", "#30343a", "#1d4ea0")
SYLLABLES = "ban nong khao tha mae chum wang doi sri phra klong".split()


class Draft:
    """What stands on most letters, part by part; `Maker` puts the parts together."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.chance = Random(70_000 + seed)
        self.kind = KINDS[seed % len(KINDS)]
        self.thai = self.chance.random() < 0.8
        self.office: Office = an_office(self.chance, turn=seed + seed // 9)
        self.day = date(2012, 1, 5) + timedelta(days=self.chance.randint(0, 5200))
        while self.day.weekday() > 4:
            self.day += timedelta(days=1)
        self.hand: list[str] = []
        self.parts: list[Part] = []
        self.truth: dict[str, Any] = {
            "id": f"{seed:03d}-{self.kind}",
            "kind": self.kind,
            "speed": None,
            "secrecy": None,
            "addressees": [],
            "references": [],
            "enclosures": [],
            "deadlines": [],
            "not_deadlines": [],
            "missing": [],
            "receipt": {"number": None, "date_text": None, "time": None},
            "signer": None,
            "position": None,
        }
        # Half of the numbers and days on paper are filled in by hand.
        self.fills_in = self.chance.random() < 0.35

    def _told(self, number: object) -> str:
        return written(number, thai=self.thai)

    def _put(self, style: str, *cells: str) -> None:
        self.parts.append(Part(style, cells))

    def _pick(self, *ways: str) -> str:
        return self.chance.choice(ways)

    def _number(self) -> str:
        """The letter number as it is printed; its truth beside it."""
        office = self.office
        running = self._running()
        circular = self.chance.random() < 0.3
        sign = self._pick("ว ", "ว", "ว ") if circular else ""
        told = running if running == "-" else self._told(running)
        if self.fills_in and running != "-":
            self.hand.append("number")
            told = by_hand(told)
        stroke = self._pick("/", "/", "/", "/ ", " / ")
        self.truth["number"] = (
            f"{office.letters} {office.code}/{sign.strip() and 'ว '}{running}".rstrip("-")
        )
        return f"{office.letters} {self._told(office.code)}{stroke}{sign}{told}"

    def _running(self) -> str:
        if self.chance.random() < 0.05:
            return "-"
        return str(
            self.chance.choice(
                [
                    self.chance.randint(1, 99),
                    self.chance.randint(100, 999),
                    self.chance.randint(1000, 19999),
                ]
            )
        )

    def _date(self) -> str:
        self.truth["date_iso"] = self.day.isoformat()
        whole = long_day(self.day, thai=self.thai)
        self.truth["date_text"] = whole
        day, month, year = whole.split()
        if self.fills_in:
            self.hand.append("dated_on")
            day = by_hand(day)
        gap = self._pick(" ", " ", "  ", "   ")
        return gap.join([day, month, year])

    def _subject(self) -> str:
        year = self.day.year + 543 + (self.day.month > 9)
        subject = self.matter.subject.replace("{fy}", self._told(year))
        self.truth["subject"] = subject
        return subject

    def _fill(self, sentence: str, **more: str) -> str:
        place = self.office.place
        area = self._pick(
            f"อำเภอ{place.district}", f"ตำบล{place.subdistrict}", f"จังหวัด{place.province}"
        )
        number = self._told(self.chance.choice([2, 3, 4, 5, 6, 8, 10, 12, 15, 24, 30, 45]))
        return sentence.format(area=area, n=number, itself=self.office.itself, fy="", **more)

    def _stamp(self) -> Stamp | None:
        self.received: date | None = None
        if self.chance.random() > 0.4:
            return None
        received = self.day + timedelta(days=self.chance.randint(1, 6))
        while received.weekday() > 4:
            received += timedelta(days=1)
        self.received = received
        place = self.office.place
        organisation = self._pick(
            f"องค์การบริหารส่วนตำบล{place.subdistrict}",
            f"เทศบาลตำบล{place.subdistrict}",
            f"ที่ว่าการอำเภอ{place.district}",
            f"อบต.{place.subdistrict}",
        )
        number, hour = (
            self.chance.randint(3, 4200),
            f"{self.chance.randint(8, 16):02d}.{self.chance.choice(['05', '15', '30', '45'])}",
        )
        day = short_day(received, thai=self.thai, four=self.chance.random() < 0.5)
        values = [self._told(number), day, self._told(hour)]
        if self.chance.random() < 0.6:
            self.hand += ["receipt.number", "receipt.received_on", "receipt.time"]
            values = [by_hand(value) for value in values]
        label = self._pick("เลขรับ", "เลขรับที่", "รับที่", "เลขที่รับ")
        lines = (organisation, f"{label} {values[0]}", f"วันที่ {values[1]}", f"เวลา {values[2]} น.")
        self.truth["receipt"] = {
            "organisation": organisation,
            "number": str(number),
            "date_text": day,
            "date_iso": received.isoformat(),
            "time": hour.replace(".", ":"),
        }
        return Stamp(
            lines,
            self.chance.choice(INKS),
            left=self.chance.choice([132.0, 138.0, 126.0, 24.0]),
            top=self.chance.uniform(7, 15),
            turn=self.chance.uniform(-3, 3),
        )

    def _due(self, way: int = 0) -> Due:
        self.received = getattr(self, "received", None)
        moment = Moment(self.chance, self.day, self.received, self.thai)
        return EVERY_WAY[(self.seed + way) % len(EVERY_WAY)](moment)

    def _references(self) -> None:
        count = self.chance.choice([0, 1, 1, 2])
        for at in range(count):
            day = self.day - timedelta(days=self.chance.randint(4, 80))
            code = self.office.code if at == 0 else "0017.2"
            letters = self.office.letters
            circular = self._pick("ว ", "ว", "")
            running = self.chance.randint(12, 18999)
            speed = self._pick("", "", "ด่วนที่สุด ", "ด่วนมาก ")
            number = f"{letters} {self._told(code)}/{circular}{self._told(running)}"
            order = f"{self._told(at + 1)}. " if count > 1 else ""
            agency = self.office.itself if at == 0 else f"จังหวัด{self.office.place.province}"
            told = f"{order}หนังสือ{agency} {speed}ที่ {number} ลงวันที่ {long_day(day, thai=self.thai)}"
            self._put("label", "" if at else "อ้างถึง", told)
            self.truth["references"].append(
                {
                    "number": f"{letters} {code}/{'ว ' if circular else ''}{running}",
                    "date_iso": day.isoformat(),
                    "where": "อ้างถึง",
                }
            )

    def _enclosures(self) -> None:
        kept = self.matter.enclosures[: self.chance.randint(0, len(self.matter.enclosures))]
        for at, (name, unit) in enumerate(kept):
            order = f"{self._told(at + 1)}. " if len(kept) > 1 else ""
            quantity = f"จำนวน {self._told(self.chance.randint(1, 5))} {unit}"
            self._put("enclosure", "" if at else "สิ่งที่ส่งมาด้วย", f"{order}{name}", quantity)
            self.truth["enclosures"].append(f"{name} {quantity}")

    def _background(self) -> None:
        told = self._fill(self.matter.background)
        if self.truth["references"] or self.chance.random() < 0.3:
            start = "ตามหนังสือที่อ้างถึง " if self.truth["references"] else "ตามที่"
            decoy = ""
            if self.chance.random() < 0.5:
                months = self._told(self.chance.choice([2, 3, 6]))
                decoy = f" {self.chance.choice(DECOYS).format(n=months)}"
                self.truth["not_deadlines"].append(decoy.strip())
            elif self.truth["references"] and self.chance.random() < 0.3:
                decoy = self._reminder()
            self._put("p", f"{start}{self.office.itself}ได้แจ้งว่า {told}{decoy} นั้น")
        else:
            self._put("p", f"{self._pick(*OPENING_WORDS)}{told}")
        if self.chance.random() < 0.3:
            for sentence in self.chance.sample(EXPLAINING, self.chance.randint(2, 5)):
                self._put("p", self._fill(sentence))

    def _reminder(self) -> str:
        """A day that has passed without an answer; it is still told as a deadline."""
        day = self.day - timedelta(days=self.chance.randint(2, 9))
        phrase = f"ภายในวันที่ {long_day(day, thai=self.thai)}"
        self.truth["deadlines"].append({"phrase": phrase, "date_iso_or_rule": day.isoformat()})
        return f" และขอให้รายงานผล{phrase} บัดนี้ได้ล่วงเลยกำหนดเวลาแล้วยังไม่ได้รับรายงาน"

    def _request(self) -> None:
        """What is asked, in points or in one sentence, and by when."""
        why = f"เพื่อ{self._fill(self.matter.why)}"
        asks = [self._fill(ask) for ask in self.matter.asks]
        due, wanted = self._due()
        if len(asks) > 2 or self.chance.random() < 0.5:
            self._put("p", f"{self.office.itself}พิจารณาแล้ว {why} {self._pick(*ASKING)}")
            second = self.chance.random() < 0.25
            for at, ask in enumerate(asks, start=1):
                if second and at == 1:
                    more, also = fixed(Moment(self.chance, self.day, None, self.thai))
                    ask = f"{ask} {more}"
                    self.truth["deadlines"].append(also)
                self._put("item", f"{self._told(at)}. {ask}")
        else:
            self._put("p", f"ดังนั้น {why} {self.office.itself}จึงขอให้{asks[0]} และ{asks[1]}")
        told = self._pick(*REPORTING).format(
            result=self.matter.result, itself=self.office.itself, due=due
        )
        self._put("p", told)
        self.truth["deadlines"].append(wanted)

    def _foot(self) -> None:
        lines = [*self.chance.choice(self.office.units)]
        self.truth["owner_unit"] = " ".join(lines)
        phone = telephone(self.chance, self.office.place.area, thai=self.thai)
        self.truth["phone"] = phone
        lines.append(f"{self._pick('โทร.', 'โทร.', 'โทรศัพท์')} {phone}")
        if self.chance.random() < 0.4:
            lines.append(f"โทรสาร {telephone(self.chance, self.office.place.area, thai=self.thai)}")
        if self.chance.random() < 0.4:
            house = "".join(self.chance.sample(SYLLABLES, 2))
            mail = f"{self.office.mail.split('@')[0]}@{house}.example.go.th"
            self.truth["email"] = mail
            lines.append(f"{self._pick('ไปรษณีย์อิเล็กทรอนิกส์', 'E-mail :', 'อีเมล')} {mail}")
        self._put("foot", *lines)

    def _signature(self, name: str, positions: tuple[str, ...]) -> None:
        self.truth["signer"] = name
        self.truth["position"] = " ".join(positions)
        shown = name if self.chance.random() < 0.7 else name.replace(" ", "  ")
        self._put("sign", f"({shown})", *positions)
