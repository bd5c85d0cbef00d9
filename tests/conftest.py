"""What every test may ask for: the small world, the folder “shared”, a place for its files."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from hypothesis import HealthCheck
from hypothesis import settings as thinking
from pytest_django import DjangoDbBlocker, Settings

from tests.world import World, make_world
from thamthan.organisations.models import Organisation, OrganisationSpan, Person, Post
from thamthan.records.models import HistoryEntry

# How long one example takes says how busy the machine is.
thinking.register_profile("thamthan", deadline=None, suppress_health_check=[HealthCheck.too_slow])
thinking.load_profile("thamthan")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database-only",
        action="store_true",
        help="leave out what says nothing new on a second database: tests that reach none, and"
        " those in a browser, whose pages the tests of the web try on both",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Without a fixture for the database, pytest-django lets no test near one."""
    if not config.getoption("--database-only"):
        return
    reaching = {item: _reaches_database(item) for item in items}
    config.hook.pytest_deselected(items=[item for item in items if not reaching[item]])
    items[:] = [item for item in items if reaching[item]]


def _reaches_database(item: pytest.Item) -> bool:
    if item.get_closest_marker("e2e"):
        return False
    fixtures = {"db", "transactional_db"} & set(getattr(item, "fixturenames", ()))
    return bool(fixtures) or any(map(item.get_closest_marker, ("django_db", "database")))


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The world is put in once; each test's own changes are rolled back over it."""
    with django_db_blocker.unblock():
        make_world()
    yield
    if connection.vendor != "postgresql":
        return
    # A browser's last request, or a killed process, may hold a session for a moment longer;
    # PostgreSQL does not remove a database that somebody is in.
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.fixture
def world(db: None) -> World:
    """Ban Lat and its people, made through the same doors as real ones."""
    return make_world()


@pytest.fixture
def empty_tree(db: None) -> None:
    """An installation in which there is nothing and nobody yet."""
    Organisation.objects.update(parent=None, succeeded_by=None)
    for model in (HistoryEntry, Post, Person, OrganisationSpan, Organisation):
        # Round the doors that refuse to remove: the test begins before there was anything.
        model._base_manager.all()._raw_delete("default")


@pytest.fixture(autouse=True)
def own_files(tmp_path: Path, settings: Settings) -> None:
    """Each test stores its files in a folder of its own."""
    folder = str(tmp_path / "files")
    settings.MEDIA_ROOT = folder
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {**settings.STORAGES["default"], "OPTIONS": {"location": folder}},
    }


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder "shared" beside the checkout: real letters and official lists, where present."""
    folder = Path(__file__).resolve().parents[2] / "shared"
    if not folder.is_dir():
        pytest.skip("no folder “shared” beside the checkout: real lists and letters are not tried")
    return folder
