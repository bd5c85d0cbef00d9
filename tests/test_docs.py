"""Documents are tested: complete lists, a true description of the API, no trace of a machine."""

import importlib
import inspect
import pkgutil
import re
import subprocess
from collections.abc import Iterator
from enum import Enum
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import get_commands

import thamthan
from thamthan.api.router import description
from thamthan.reading.ocr.language import has_packages

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
# Where a document speaks of a command: `./run check`, `thamthan tick`.
COMMAND = re.compile(r"(?:\./run|thamthan)\s+([a-z_]+)\b")


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def pages() -> list[Path]:
    return sorted([*DOCS.rglob("*.md"), *ROOT.glob("*.md")])


def told(path: Path) -> str:
    return str(path.relative_to(ROOT))


def tracked_files() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def our_enums() -> Iterator[type[Enum]]:
    for module in pkgutil.walk_packages(thamthan.__path__, "thamthan."):
        if ".migrations" in module.name or module.name.endswith("__main__"):
            continue
        if module.name == "thamthan.cli.leash":
            continue
        # What reads pictures cannot be loaded where its optional packages are not installed.
        if module.name.startswith("thamthan.reading.ocr.") and not has_packages():
            continue
        for value in vars(importlib.import_module(module.name)).values():
            is_ours = getattr(value, "__module__", None) == module.name
            if is_ours and inspect.isclass(value) and issubclass(value, Enum):
                yield value


def test_the_glossary_has_every_model() -> None:
    glossary = read(DOCS / "glossary.md")
    for model in apps.get_models():
        if model.__module__.startswith("thamthan."):
            assert f"`{model.__name__}`" in glossary, f"{model.__name__} has no row in the glossary"


def test_the_glossary_has_every_enum_with_every_value() -> None:
    glossary = read(DOCS / "glossary.md")
    for enum in our_enums():
        row = next((line for line in glossary.splitlines() if f"`{enum.__name__}`" in line), None)
        assert row is not None, f"{enum.__name__} has no row in the glossary"
        if enum.__name__ == "Verb":
            continue
        for member in enum:
            assert f"`{member.name}`" in row, f"{enum.__name__}.{member.name} is not in its row"


def test_the_settings_page_has_every_setting_and_no_other() -> None:
    code = read(ROOT / "src/thamthan/settings.py")
    scripts = [
        read(ROOT / name) for name in ("run", "test", "bin/borrow-postgresql", "bin/set_up.py")
    ]
    name = re.compile(r"THAMTHAN_[A-Z]+(?:_[A-Z]+)*")
    used = set(name.findall(re.sub(r"THAMTHAN_\*", "", code)))
    for script in scripts:
        used |= set(name.findall(script))
    used -= {"THAMTHAN_TEST"}
    rows = set(re.findall(r"^\| `(THAMTHAN_[A-Z_]+)` \|", read(DOCS / "settings.md"), re.M))
    assert rows == used


def test_nothing_but_the_settings_reads_the_environment() -> None:
    # These read or pass on the environment of processes, never a setting of ours.
    allowed = {"settings.py", "wsgi.py", "__main__.py", "keeping.py", "apart.py", "pictures.py"}
    allowed.add("overlays.py")
    for path in (ROOT / "src").rglob("*.py"):
        if path.name not in allowed:
            assert not re.search(r"os\.(environ|getenv)", read(path)), told(path)


def test_the_description_of_the_api_is_what_the_code_makes() -> None:
    assert read(DOCS / "api/openapi.json") == description(), "run: make docs"


@pytest.mark.parametrize("page", pages(), ids=told)
def test_every_link_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", read(page)):
        if "://" not in target and not target.startswith("mailto:"):
            assert (page.parent / target).exists(), f"{told(page)} → {target}"


@pytest.mark.parametrize("page", pages(), ids=told)
def test_every_command_that_a_page_names_is_there(page: Path) -> None:
    known = set(get_commands()) | {"help", "version"}
    code = " ".join(re.findall(r"`[^`]+`|^(?: {4}|\t).+$", read(page), re.M))
    for command in COMMAND.findall(code):
        assert command in known, f"{told(page)}: {command}"


def test_the_changelog_tells_of_this_version_first() -> None:
    version = re.search(r'^version = "([^"]+)"', read(ROOT / "pyproject.toml"), re.M)
    first = re.search(r"^## (\S+)", read(ROOT / "CHANGELOG.md"), re.M)
    assert version is not None
    assert first is not None
    assert first[1] == version[1]


def test_no_file_names_a_machine_or_a_registry() -> None:
    # Put together here, so that this file does not find itself.
    homes = ["/" + "work/", "/" + "root/", "/" + "home/", "/" + "Users/"]
    registries = ["pypi" + ".org", "registry.npmjs" + ".org", "pythonhosted" + ".org"]
    wanted = re.compile("|".join(re.escape(word) for word in [*homes, *registries]))
    for path in tracked_files():
        try:
            found = wanted.search(read(path))
        except UnicodeDecodeError:
            continue
        assert found is None, f"{told(path)}: {found and found[0]}"
