from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

ACTING = [
    ("in_place", "รักษาราชการแทน"),
    ("delegated", "ปฏิบัติราชการแทน"),
    ("position", "รักษาการในตำแหน่ง"),
    ("duty", "ปฏิบัติหน้าที่"),
    ("duty_for", "ปฏิบัติหน้าที่แทน"),
]


def say_the_kind(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """There was one kind until now, and its words stood on every letter: รักษาราชการแทน."""
    apps.get_model("organisations", "Post").objects.filter(is_acting=True).update(acting="in_place")


def forget_the_kind(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("organisations", "Post").objects.exclude(acting="").update(is_acting=True)


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0003_registrar_of_secrets"),
    ]

    operations = [
        migrations.AddField(
            model_name="post",
            name="acting",
            field=models.CharField(
                blank=True, choices=ACTING, default="", max_length=12, verbose_name="ทำแทนในฐานะ"
            ),
        ),
        migrations.RunPython(say_the_kind, forget_the_kind),
        migrations.RemoveField(model_name="post", name="is_acting"),
        migrations.AddConstraint(
            model_name="post",
            constraint=models.CheckConstraint(
                condition=models.Q(acting="")
                | models.Q(acting__in=["in_place", "delegated", "position", "duty", "duty_for"]),
                name="post_acting_known",
            ),
        ),
    ]
