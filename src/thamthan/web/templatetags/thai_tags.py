"""How pages write dates, times, years and numbers in Thai, and draw their icons."""

from datetime import date, datetime

from django import template
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from thamthan.projects.rules import in_digits
from thamthan.thai.dates import be_year as to_be_year
from thamthan.thai.dates import format_date
from thamthan.thai.digits import to_thai

register = template.Library()


def _day(when: date | datetime) -> date:
    return timezone.localtime(when).date() if isinstance(when, datetime) else when


@register.filter
def thai_date(when: date | datetime | None, style: str = "full") -> str:
    """20 มีนาคม 2569; `short` 20 มี.ค. 2569; `list` 20 มี.ค. 69; `weekday` ศ. 20 มี.ค. 2569."""
    if not when:
        return ""
    if style == "weekday":
        return format_date(_day(when), style="short", weekday=True)
    if style == "full_weekday":
        return format_date(_day(when), weekday=True)
    if style == "list":
        return format_date(_day(when), style="list")
    return format_date(_day(when), style="short" if style == "short" else "full")


@register.filter
def thai_time(when: datetime | None) -> str:
    """14.00 น."""
    return f"{timezone.localtime(when):%H.%M} น." if when else ""


@register.filter
def be_year(when: date | datetime | int | None) -> str:
    """พ.ศ. of a day or of a year of the Christian era."""
    if not when:
        return ""
    return str(when + 543 if isinstance(when, int) else to_be_year(_day(when)))


@register.filter
def thai_digits(text: object) -> str:
    return to_thai(str(text))


@register.filter
def thousands(number: int | None) -> str:
    return "" if number is None else f"{number:,}"


@register.filter
def degrees(millionths: int | None) -> str:
    """13.043500: degrees as maps write them, of whole millionths."""
    if millionths is None:
        return ""
    sign = "-" if millionths < 0 else ""
    return f"{sign}{abs(millionths) // 1_000_000}.{abs(millionths) % 1_000_000:06d}"


@register.filter
def milli(number: int | None) -> str:
    """ตัวเลขที่เก็บเป็นส่วนในพัน: 1,234.5; empty where there is none."""
    return "" if number is None else in_digits(number)


@register.filter
def per_cent(share: int | None) -> str:
    """ร้อยละ that is kept in hundredths of a per cent: 12.34."""
    return "" if share is None else f"{share / 100:.2f}"


@register.simple_tag
def icon(name: str) -> SafeString:
    """An icon beside words that say the same; it is never read aloud."""
    return format_html(
        '<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>',
        static("img/icons.svg"),
        name,
    )
