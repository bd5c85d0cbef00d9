"""Numbers as a Thai office writes them: ๐–๙, words, and baht and satang in words."""

import re

_TO_ARABIC = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_TO_THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")

_NAMES = ("ศูนย์", "หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า")
_PLACES = ("", "สิบ", "ร้อย", "พัน", "หมื่น", "แสน")
_MILLION = 1_000_000
# No office writes a number of more words; without a bound, ล้านล้านล้าน… would take for ever.
_LONGEST = 400

_DIGIT_WORDS = {name: digit for digit, name in enumerate(_NAMES)} | {"เอ็ด": 1, "ยี่": 2}
_PLACE_WORDS = {name: 10**place for place, name in enumerate(_PLACES) if place}
_WORD = re.compile("|".join([*_DIGIT_WORDS, *_PLACE_WORDS, "ล้าน"]))


def to_arabic(text: str) -> str:
    """เลขไทยเป็นเลขอารบิก: character for character, so that offsets stay."""
    return text.translate(_TO_ARABIC)


def to_thai(text: str) -> str:
    """เลขอารบิกเป็นเลขไทย: character for character, so that offsets stay."""
    return text.translate(_TO_THAI)


def number_in_words(number: int) -> str:
    """จำนวนเป็นตัวหนังสือ: 21 is ยี่สิบเอ็ด."""
    if number < 0:
        return "ลบ" + number_in_words(-number)
    if number == 0:
        return _NAMES[0]
    groups: list[int] = []
    while number:
        number, group = divmod(number, _MILLION)
        groups.append(group)
    words = _group_in_words(groups.pop(), leading=True)
    while groups:
        words += "ล้าน" + _group_in_words(groups.pop(), leading=False)
    return words


def _group_in_words(group: int, *, leading: bool) -> str:
    """Says up to six digits; a last 1 with anything before it is เอ็ด."""
    words = ""
    for place in range(len(_PLACES) - 1, -1, -1):
        digit = group // 10**place % 10
        if digit == 0:
            continue
        if place == 0 and digit == 1 and (words or not leading):
            words += "เอ็ด"
        elif place == 1 and digit <= 2:
            words += ("", "ยี่")[digit - 1] + "สิบ"
        else:
            words += _NAMES[digit] + _PLACES[place]
    return words


def number_from_words(words: str) -> int | None:
    """ตัวหนังสือเป็นจำนวน: สามสิบ is 30; None for anything that is not a number in words.

    A place without its digit counts once, as people say it: ร้อยห้าสิบ is 150.
    """
    rest = "".join(words.split())
    if len(rest) > _LONGEST:
        return None
    negative = rest.startswith("ลบ")
    said = _spoken(rest.removeprefix("ลบ"))
    if not said:
        return None
    if said == [_NAMES[0]]:
        return 0
    total = group = 0
    digit: int | None = None
    below = _MILLION
    for word in said:
        if word == "ล้าน":
            group += digit or 0
            if not group and not total:
                group = 1
            total, group, digit, below = (total + group) * _MILLION, 0, None, _MILLION
        elif word in _PLACE_WORDS:
            place = _PLACE_WORDS[word]
            if place >= below:
                return None
            group += place if digit is None else digit * place
            digit, below = None, place
        else:
            digit_said = _DIGIT_WORDS[word]
            if digit is not None or digit_said == 0:
                return None
            digit = digit_said
    total += group + (digit or 0)
    return -total if negative else total


def _spoken(words: str) -> list[str]:
    """Cuts a number in words into its words; empty when something else is among them."""
    said: list[str] = []
    at = 0
    while at < len(words):
        found = _WORD.match(words, at)
        if found is None:
            return []
        said.append(found.group())
        at = found.end()
    return said


def baht_in_words(satang: int) -> str:
    """จำนวนเงินเป็นตัวหนังสือ: 110000000 satang are หนึ่งล้านหนึ่งแสนบาทถ้วน."""
    if satang < 0:
        return "ลบ" + baht_in_words(-satang)
    baht, rest = divmod(satang, 100)
    if rest == 0:
        return number_in_words(baht) + "บาทถ้วน"
    return (number_in_words(baht) + "บาท" if baht else "") + number_in_words(rest) + "สตางค์"


def baht_figures(satang: int) -> str:
    """จำนวนเงินเป็นตัวเลข: 233,000, with its satang only where there are any (1,234.50)."""
    baht, rest = divmod(abs(satang), 100)
    sign = "-" if satang < 0 else ""
    return f"{sign}{baht:,}.{rest:02d}" if rest else f"{sign}{baht:,}"
