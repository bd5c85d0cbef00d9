"""The index of words (projects.wordlist); projects put their words in as they are written."""

from django.db import migrations, models

SQLITE = (
    "CREATE VIRTUAL TABLE projects_words USING fts5("
    "runs, tokenize=\"unicode61 remove_diacritics 0 categories 'L* N* Co Mn Mc' tokenchars '_'\","
    " detail=none, content='')",
    "CREATE VIRTUAL TABLE projects_words_terms USING fts5vocab(projects_words, row)",
)
# Every write puts its words in place at once: a list of pending ones would be read by each search.
POSTGRESQL = (
    "CREATE TABLE projects_words (project_id bigint PRIMARY KEY, runs tsvector NOT NULL)",
    "CREATE INDEX projects_words_runs ON projects_words USING gin (runs) WITH (fastupdate = off)",
)


def make_words(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    for statement in POSTGRESQL if vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def drop_words(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        schema_editor.execute("DROP TABLE projects_words_terms")
    schema_editor.execute("DROP TABLE projects_words")


class Migration(migrations.Migration):
    dependencies = [("projects", "0004_residents")]

    operations = [
        # The list of a whole country, in its order.
        migrations.AddIndex(
            model_name="project",
            index=models.Index(fields=["-be_year", "-id"], name="projects_in_order"),
        ),
        migrations.RunPython(make_words, drop_words),
    ]
