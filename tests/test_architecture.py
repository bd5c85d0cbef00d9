"""House rules that no linter sees: who asks doors, which way keys point, how long things get."""

import ast
import importlib
import inspect
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import FunctionType

import pytest
from django.apps import apps
from django.db.models import ForeignKey, ManyToManyField

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "thamthan"
# records is asked about rows that came through another room's door; it has its own rule below.
ROOMS = ["organisations", "letters", "directives", "projects", "reports", "notices"]
# Those who find out who is asking cannot be told who asks.
DOORKEEPERS = {
    "organisations": {"posts_of_person", "post_with_token", "system_post_of"},
    "notices": {"post_with_calendar_key"},
}
# Facts and arithmetic that a room lets others ask without a post: no row leaves through them.
NO_ROWS = {
    "organisations": {"token_digest", "in_dictionary_order"},
    "letters": {"working_calendar", "number_after_last", "twins_in_house"},
    "directives": set(),
    "projects": {"counted", "template_of", "templates_for", "with_template"},
    "reports": set(),
    "notices": set(),
}
MOST_LINES = 400
MOST_STATEMENTS = 40
FORBIDDEN = {
    "manager",
    "helper",
    "helpers",
    "util",
    "utils",
    "service",
    "services",
    "handler",
    "handlers",
    "processor",
    "data",
    "info",
    "misc",
    "common",
    "base",
    "core",
}
# Django and aiosmtpd call what these are by these names.
FORBIDDEN_BUT_KNOWN = {
    "LimitedUploadHandler",
    "PersonManager",
    "handle_DATA",
    "receive_data_chunk",
}


def doors(module_name: str) -> Iterator[FunctionType]:
    """What a module opens to others: its own functions, and those that it says it passes on."""
    module = importlib.import_module(module_name)
    passed_on = getattr(module, "__all__", ())
    for name, value in vars(module).items():
        if name.startswith("_") or not inspect.isfunction(value):
            continue
        if name in passed_on or inspect.unwrap(value).__module__ == module_name:
            yield inspect.unwrap(value)


def python_files(*, migrations: bool = False) -> list[Path]:
    found = [*PACKAGE.rglob("*.py"), *(ROOT / "tests").rglob("*.py"), *(ROOT / "bin").glob("*.py")]
    return [path for path in sorted(found) if migrations or "migrations" not in path.parts]


def told(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("room", [*ROOMS, "records"])
def test_every_action_says_who_acts(room: str) -> None:
    for action in doors(f"thamthan.{room}.actions"):
        by = inspect.signature(action).parameters.get("by")
        assert by is not None, f"{room}.actions.{action.__name__} takes no `by`"
        assert by.kind is by.KEYWORD_ONLY, f"{room}.actions.{action.__name__}: `by` by keyword only"


@pytest.mark.parametrize("room", ROOMS)
def test_every_query_is_asked_by_a_post(room: str) -> None:
    for query in doors(f"thamthan.{room}.queries"):
        if query.__name__ in DOORKEEPERS.get(room, set()) | NO_ROWS[room]:
            continue
        first = next(iter(inspect.signature(query).parameters), None)
        assert first == "post", f"{room}.queries.{query.__name__}: the first argument is `post`"


@pytest.mark.parametrize("room", ROOMS)
def test_every_exception_to_asking_by_a_post_is_still_there(room: str) -> None:
    names = {query.__name__ for query in doors(f"thamthan.{room}.queries")}
    assert names >= NO_ROWS[room] | DOORKEEPERS.get(room, set())


def test_records_are_asked_about_rows_at_hand_only() -> None:
    for query in doors("thamthan.records.queries"):
        first = next(iter(inspect.signature(query).parameters.values()))
        assert first.name in {"row", "file"}, f"records.queries.{query.__name__}"


def test_keys_that_cross_rooms_have_no_way_back() -> None:
    for model in apps.get_models():
        if not model.__module__.startswith("thamthan."):
            continue
        for field in model._meta.get_fields():
            if not isinstance(field, ForeignKey | ManyToManyField):
                continue
            if field.related_model._meta.app_label != model._meta.app_label:
                assert field.remote_field.hidden, f"{field}: a key into another room is hidden"


def test_no_model_saves_in_its_own_way_but_those_written_once() -> None:
    for model in apps.get_models():
        if model.__module__.startswith("thamthan.") and "save" in vars(model):
            pytest.fail(f"{model.__name__} overrides save()")


@pytest.mark.parametrize("path", python_files(), ids=told)
def test_no_file_is_too_long(path: Path) -> None:
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= MOST_LINES, f"{told(path)} has {lines} lines"


@pytest.mark.parametrize("path", python_files(), ids=told)
def test_no_function_is_too_long(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            count = sum(isinstance(part, ast.stmt) for part in ast.walk(node)) - 1
            assert count <= MOST_STATEMENTS, f"{told(path)}: {node.name} has {count} statements"


def defined_names(path: Path) -> Iterator[str]:
    yield path.stem
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name


@pytest.mark.parametrize("path", python_files(), ids=told)
def test_no_name_says_nothing(path: Path) -> None:
    for name in defined_names(path):
        words = {word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", name)}
        found = words & FORBIDDEN
        assert not found or name in FORBIDDEN_BUT_KNOWN, f"{told(path)}: {name} ({found})"


def test_migrations_are_named_in_words() -> None:
    for path in PACKAGE.glob("*/migrations/0*.py"):
        assert re.fullmatch(r"\d{4}_[a-z]+(_[a-z]+)*", path.stem), told(path)
        assert "auto" not in path.stem.split("_"), told(path)


def test_every_room_has_one_last_migration() -> None:
    for folder in PACKAGE.glob("*/migrations"):
        numbers = [path.stem[:4] for path in folder.glob("0*.py")]
        assert len(numbers) == len(set(numbers)), f"two migrations of one number in {told(folder)}"


def test_import_contracts_are_kept() -> None:
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"]
    done = subprocess.run(
        [*command, "--no-logo"],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_reading_loads_no_framework_and_is_there_at_once() -> None:
    script = (
        "import sys, thamthan.reading; print([m for m in sys.modules if m in ('django', 'ninja')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={"PYTHONPATH": str(ROOT / "src"), "PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.strip() == "[]", done.stdout + done.stderr
