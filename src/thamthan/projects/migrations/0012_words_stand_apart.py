"""The runs of a project's words stand apart from its key: a search reads the keys alone."""

from django.db import migrations

# Many thousands have a common word. With their runs beside them the keys of a hundred thousand
# projects fill ninety megabytes, without them six.
POSTGRESQL = (
    "CREATE TEMPORARY TABLE words_before ON COMMIT DROP AS SELECT * FROM projects_words",
    "TRUNCATE projects_words",
    "ALTER TABLE projects_words SET (toast_tuple_target = 128)",
    "ALTER TABLE projects_words ALTER COLUMN runs SET STORAGE EXTERNAL",
    # As text and back: what was packed already would be taken over as it lies.
    "INSERT INTO projects_words SELECT project_id, runs::text::tsvector FROM words_before",
)
BACK = (
    "ALTER TABLE projects_words RESET (toast_tuple_target)",
    "ALTER TABLE projects_words ALTER COLUMN runs SET STORAGE EXTENDED",
)


def set_apart(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for statement in POSTGRESQL:
            schema_editor.execute(statement)


def set_beside(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for statement in BACK:
            schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("projects", "0011_corrections_of_import_lines")]

    operations = [migrations.RunPython(set_apart, set_beside)]
