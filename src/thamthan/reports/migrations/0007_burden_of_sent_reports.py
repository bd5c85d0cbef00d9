"""What was typed into reports that were sent before it was counted, at the rates of that day."""

from django.db import migrations

REPORT = 10
TYPED = {
    "number": 4, "share": 6, "money": 5, "text": 8, "table": 6, "projects": 8, "evidence": 8,
}  # fmt: skip
KNOWN = {
    "number": 1, "share": 1, "money": 1, "text": 3, "table": 3, "projects": 2, "evidence": 2,
}  # fmt: skip


def count(apps, schema_editor):
    Report = apps.get_model("reports", "Report")
    Answer = apps.get_model("reports", "Answer")
    sent = Report.objects.filter(sent_number__gt=0)
    found = dict.fromkeys(sent.filter(is_nil=False).values_list("pk", flat=True), (0, REPORT))
    told = Answer.objects.filter(report__in=found).exclude(standing="blank")
    for pk, kind, is_typed in told.values_list("report_id", "question__kind", "is_typed"):
        answers, minutes = found[pk]
        found[pk] = (answers + is_typed, minutes + (TYPED if is_typed else KNOWN)[kind])
    nil = sent.filter(is_nil=True).values_list("pk", flat=True)
    found |= dict.fromkeys(nil, (1, REPORT + TYPED["text"]))
    for pk, (answers, minutes) in found.items():
        Report.objects.filter(pk=pk).update(typed_answers=answers, typed_minutes=minutes)


class Migration(migrations.Migration):
    dependencies = [("reports", "0006_burden_of_typing")]

    operations = [migrations.RunPython(count, migrations.RunPython.noop)]
