"""What the pages of a round write of totals and of what was told."""

import pytest
from django.template import Context, Template

from tests.reports.reports import accepted, opened, report_of, told
from tests.world import World
from thamthan.reports.models import Question
from thamthan.reports.queries import told_of_round
from thamthan.reports.rules import Sum

pytestmark = pytest.mark.django_db


def written(tag: str, **given: object) -> str:
    return Template("{% load report_tags %}{% " + tag + " %}").render(Context(given))


def test_a_sentence_leads_to_the_report_of_each_who_said_it_and_brings_no_tags(
    world: World,
) -> None:
    houses = [world.nong_kapu, world.tha_sen]
    round_, words = opened(world, houses), "งบประมาณ <b>ล่าช้า</b> & ไม่พอ"
    for house in houses:
        told(report_of(round_, house), {}, texts={"obstacles": words})
    accepted(round_, world.district_officer, *houses)
    question = round_.questions.get(key="obstacles")
    sentences = told_of_round(world.district_officer, round_, [question])[question.pk]
    page = written("told_list sentences", sentences=sentences)
    for house in houses:
        address = f"/reports/{report_of(round_, house).pk}/review/"
        assert f'<a href="{address}">{house.short_name}</a>' in page
    assert "งบประมาณ &lt;b&gt;ล่าช้า&lt;/b&gt; &amp; ไม่พอ" in page
    assert page.count("<li>") == 1
    assert "2 แห่ง" in page


@pytest.mark.parametrize(
    ("kind", "over", "total", "words"),
    [
        ("number", "sum", Sum(given=2, sum_milli=1_234_500), ["1,234.5</span> <คน>"]),
        ("number", "list", Sum(given=2, sum_milli=5000), ["ดูรายแห่ง"]),
        ("share", "share", Sum(given=1, sum_milli=1000, of_milli=4000), ["ร้อยละ 25.00", "1 จาก 4"]),
        ("number", "sum", Sum(given=1, sum_milli=9000, less_milli=4000), ["หักซ้ำแล้ว 4 <คน>"]),
        ("number", "sum", Sum(none=3), ["ยังไม่มีตัวเลข"]),
    ],
)
def test_a_total_says_its_unit_its_parts_and_what_was_taken_out(
    kind: str, over: str, total: Sum, words: list[str]
) -> None:
    question = Question(kind=kind, unit="<คน>", over_places=over)
    page = written("total_told question total", question=question, total=total)
    for one in words:
        assert one.replace("<คน>", "&lt;คน&gt;") in page
    assert "<คน>" not in page
