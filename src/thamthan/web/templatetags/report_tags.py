"""How pages write what reports come to: totals with their unit, sentences with who said them.

Written here and not in a template, for a district's page has two hundred of them.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from thamthan.projects.rules import in_digits
from thamthan.reports.rules import QuestionKind
from thamthan.web.templatetags.thai_tags import per_cent

if TYPE_CHECKING:
    from thamthan.reports.models import Question, Report
    from thamthan.reports.queries import Sentence
    from thamthan.reports.rules import Sum

register = template.Library()


@register.simple_tag
def total_told(question: "Question", total: "Sum") -> SafeString:
    """ยอดรวมของคำถาม: its number and unit, a share with both parts, what was taken out once."""
    if not total.given:
        return SafeString('<span class="quiet">ยังไม่มีตัวเลข</span>')
    unit, is_share = question.unit, question.kind == QuestionKind.SHARE
    value = total.value_milli(question.over_places)
    if is_share:
        told = format_html(
            '<span class="total-value">ร้อยละ {}</span>'
            ' <span class="small quiet">{} จาก {} {}</span>',
            per_cent(total.per_ten_thousand),
            in_digits(total.sum_milli),
            in_digits(total.of_milli),
            unit,
        )
    elif value is None:
        told = SafeString('<span class="quiet">ไม่รวมเป็นยอดเดียว ดูรายแห่ง</span>')
    else:
        told = format_html('<span class="total-value">{}</span> {}', in_digits(value), unit)
    if not total.less_milli:
        return told
    of = f"จาก {in_digits(total.less_of_milli)} " if is_share else ""
    less = f"หักซ้ำแล้ว {in_digits(total.less_milli)} {of}{unit}"
    return told + format_html(' <span class="small quiet">{}</span>', less)


@register.simple_tag
def told_list(sentences: Iterable["Sentence"]) -> SafeString:
    """คำบอกเล่า: every sentence with how many said it, and the report of each who did."""
    links: dict[int, SafeString] = {}
    return format_html(
        '<ul class="told">{}</ul>',
        format_html_join(
            "",
            '<li>{}{} <span class="by">– {}</span></li>',
            (
                (
                    one.text,
                    _how_many(len(one.reports)),
                    format_html_join(", ", "{}", ((_link(each, links),) for each in one.reports)),
                )
                for one in sentences
            ),
        ),
    )


def _how_many(count: int) -> SafeString:
    if count < 2:
        return SafeString("")
    return format_html(' <span class="tag doubt">{} แห่ง</span>', count)


def _link(report: "Report", links: dict[int, SafeString]) -> SafeString:
    if report.pk not in links:
        links[report.pk] = format_html(
            '<a href="{}">{}</a>',
            reverse("report-review", args=[report.pk]),
            report.organisation.short_name,
        )
    return links[report.pk]
