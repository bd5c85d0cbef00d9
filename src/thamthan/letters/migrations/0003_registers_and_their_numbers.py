import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps
from django.utils import timezone


def number_letters(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Every receipt number that was given so far becomes a line of its book."""
    letters = apps.get_model("letters", "Letter").objects.filter(receipt_number__isnull=False)
    numbers = apps.get_model("letters", "RegisterNumber").objects
    batch = []
    for letter in letters.order_by("pk").iterator(chunk_size=1000):
        batch.append(
            numbers.model(
                register_id=letter.register_id,
                year=letter.receipt_year,
                number=letter.receipt_number,
                state="used",
                on=timezone.localtime(letter.received_at).date(),
                letter_id=letter.pk,
                given_at=letter.entered_at,
            )
        )
        if len(batch) == 1000:
            numbers.bulk_create(batch)
            batch = []
    numbers.bulk_create(batch)


def leave_letters(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Going back loses nothing of the letters: their numbers stand in their own rows."""


class Migration(migrations.Migration):
    dependencies = [
        ("letters", "0002_what_else_the_paper_bears"),
        ("organisations", "0001_organisations_people_and_posts"),
    ]

    operations = [
        migrations.CreateModel(
            name="RegisterNumber",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="ปีของทะเบียน (ค.ศ.)")),
                ("number", models.PositiveIntegerField(verbose_name="เลข")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("used", "ใช้แล้ว"),
                            ("reserved", "จองไว้"),
                            ("released", "คืนเลขจอง"),
                            ("cancelled", "ยกเลิก"),
                        ],
                        max_length=10,
                        verbose_name="สถานะ",
                    ),
                ),
                ("on", models.DateField(verbose_name="วันที่")),
                ("text", models.CharField(blank=True, max_length=120, verbose_name="เลขที่หนังสือ")),
                ("is_circular", models.BooleanField(default=False, verbose_name="หนังสือเวียน")),
                ("subject", models.TextField(blank=True, verbose_name="เรื่อง")),
                ("addressee", models.TextField(blank=True, verbose_name="ถึง")),
                (
                    "reserved_for",
                    models.CharField(blank=True, max_length=200, verbose_name="จองให้"),
                ),
                ("reserved_until", models.DateField(blank=True, null=True, verbose_name="จองถึง")),
                ("reason", models.TextField(blank=True, verbose_name="เหตุ")),
                (
                    "given_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="ลงในระบบเมื่อ"
                    ),
                ),
            ],
            options={
                "ordering": ["register", "year", "number"],
            },
        ),
        migrations.CreateModel(
            name="StampPlace",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("page", models.PositiveSmallIntegerField(default=1, verbose_name="หน้า")),
                ("left", models.FloatField(verbose_name="จากซ้าย")),
                ("top", models.FloatField(verbose_name="จากบน")),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="letter",
            name="letter_state_known",
        ),
        migrations.RemoveConstraint(
            model_name="letter",
            name="registered_letter_has_its_number",
        ),
        migrations.RemoveConstraint(
            model_name="register",
            name="one_register_each_way",
        ),
        migrations.AddField(
            model_name="register",
            name="agency_code",
            field=models.CharField(blank=True, max_length=40, verbose_name="รหัสหนังสือ"),
        ),
        migrations.AddField(
            model_name="register",
            name="circulars",
            field=models.CharField(
                choices=[
                    ("shared", "ใช้ชุดเดียวกับหนังสือส่งทั่วไป"),
                    ("separate", "แยกเป็นชุดของตนเอง เริ่มที่ ว 1"),
                ],
                default="shared",
                max_length=8,
                verbose_name="เลขของหนังสือเวียน",
            ),
        ),
        migrations.AddField(
            model_name="register",
            name="series",
            field=models.CharField(
                choices=[("main", "ทั่วไป"), ("circular", "หนังสือเวียน (ว)")],
                default="main",
                max_length=12,
                verbose_name="ชุดเลข",
            ),
        ),
        migrations.AddField(
            model_name="register",
            name="year_kind",
            field=models.CharField(
                choices=[("calendar", "ปีปฏิทิน"), ("fiscal", "ปีงบประมาณ")],
                default="calendar",
                max_length=8,
                verbose_name="ปีของทะเบียน",
            ),
        ),
        migrations.AlterField(
            model_name="letter",
            name="receipt_number",
            field=models.PositiveIntegerField(null=True, verbose_name="เลขทะเบียนรับหรือส่ง"),
        ),
        migrations.AlterField(
            model_name="letter",
            name="receipt_year",
            field=models.PositiveSmallIntegerField(null=True, verbose_name="ปีของเลขทะเบียน (ค.ศ.)"),
        ),
        migrations.AlterField(
            model_name="letter",
            name="state",
            field=models.CharField(
                choices=[
                    ("arrived", "รออ่าน"),
                    ("to_confirm", "รอยืนยัน"),
                    ("registered", "ลงรับแล้ว"),
                    ("finished", "เรียบร้อย"),
                    ("twin", "ฉบับซ้ำ"),
                    ("set_aside", "ไม่ลงรับ"),
                    ("sent", "ส่งออกแล้ว"),
                    ("cancelled", "ยกเลิก"),
                ],
                default="arrived",
                max_length=12,
                verbose_name="สถานะ",
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "arrived",
                            "to_confirm",
                            "registered",
                            "finished",
                            "twin",
                            "set_aside",
                            "sent",
                            "cancelled",
                        ],
                    )
                ),
                name="letter_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("state__in", ["registered", "finished", "sent", "cancelled"]),
                        _negated=True,
                    ),
                    ("receipt_number__isnull", False),
                    _connector="OR",
                ),
                name="registered_letter_has_its_number",
            ),
        ),
        migrations.AddConstraint(
            model_name="register",
            constraint=models.UniqueConstraint(
                fields=("organisation", "direction", "series"), name="one_register_each_way"
            ),
        ),
        migrations.AddConstraint(
            model_name="register",
            constraint=models.CheckConstraint(
                condition=models.Q(("year_kind__in", ["calendar", "fiscal"])),
                name="register_year_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="register",
            constraint=models.CheckConstraint(
                condition=models.Q(("circulars__in", ["shared", "separate"])),
                name="register_circulars_known",
            ),
        ),
        migrations.AddField(
            model_name="registernumber",
            name="letter",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="numbers",
                to="letters.letter",
            ),
        ),
        migrations.AddField(
            model_name="registernumber",
            name="register",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="numbers",
                to="letters.register",
            ),
        ),
        migrations.AddField(
            model_name="stampplace",
            name="file",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="stamp_place",
                to="letters.letterfile",
            ),
        ),
        migrations.AddIndex(
            model_name="registernumber",
            index=models.Index(fields=["register", "on"], name="number_of_a_day"),
        ),
        migrations.AddIndex(
            model_name="registernumber",
            index=models.Index(
                condition=models.Q(("state", "reserved")),
                fields=["register", "reserved_until"],
                name="number_reserved",
            ),
        ),
        migrations.AddConstraint(
            model_name="registernumber",
            constraint=models.UniqueConstraint(
                fields=("register", "year", "number"), name="number_once_a_year"
            ),
        ),
        migrations.AddConstraint(
            model_name="registernumber",
            constraint=models.UniqueConstraint(
                fields=("register", "letter"), name="letter_once_in_a_register"
            ),
        ),
        migrations.AddConstraint(
            model_name="registernumber",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["used", "reserved", "released", "cancelled"])),
                name="number_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="registernumber",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__gte", 1)), name="number_is_one_or_more"
            ),
        ),
        migrations.AddConstraint(
            model_name="registernumber",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state", "used"), models.Q(("reason", ""), _negated=True), _connector="OR"
                ),
                name="number_unused_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="stampplace",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("left__gte", 0),
                    ("left__lte", 1),
                    ("page__gte", 1),
                    ("top__gte", 0),
                    ("top__lte", 1),
                ),
                name="stamp_lies_on_the_page",
            ),
        ),
        migrations.RunPython(number_letters, leave_letters),
    ]
