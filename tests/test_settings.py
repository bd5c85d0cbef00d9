"""Settings are read strictly: a wrong one stops the start instead of meaning something else."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from thamthan import settings


def test_a_switch_that_is_neither_on_nor_off_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THAMTHAN_DEBUG", "on please")
    with pytest.raises(ImproperlyConfigured, match="THAMTHAN_DEBUG"):
        settings.switch_setting("THAMTHAN_DEBUG", default=False)


@pytest.mark.parametrize("word", ["", "-1", "0", "ห้า", "5.5", "๕"])
def test_a_number_that_is_no_number_is_refused(monkeypatch: pytest.MonkeyPatch, word: str) -> None:
    monkeypatch.setenv("THAMTHAN_MAX_FILE_MB", word)
    with pytest.raises(ImproperlyConfigured, match="THAMTHAN_MAX_FILE_MB"):
        settings.number_setting("THAMTHAN_MAX_FILE_MB", default=50)


def test_a_secret_may_come_from_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    kept = tmp_path / "key"
    kept.write_text("from a file\n", encoding="utf-8")
    monkeypatch.setenv("THAMTHAN_SECRET_KEY_FILE", str(kept))
    assert settings.text_setting("THAMTHAN_SECRET_KEY", "") == "from a file"


def test_the_signing_secret_is_made_once_and_kept(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("THAMTHAN_SECRET_KEY", raising=False)
    first = settings.secret_of(tmp_path)
    assert len(first) >= 50
    assert settings.secret_of(tmp_path) == first
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0


def test_both_databases_are_named_by_one_address() -> None:
    sqlite = settings.database_setting("sqlite:////srv/office.sqlite3")
    assert sqlite["NAME"] == "/srv/office.sqlite3"
    postgres = settings.database_setting("postgresql://clerk:p%40ss@db:5433/thamthan")
    assert (postgres["HOST"], postgres["PORT"], postgres["PASSWORD"]) == ("db", "5433", "p@ss")
    socket = settings.database_setting("postgresql://clerk@/thamthan?host=/run/postgresql")
    assert socket["HOST"] == "/run/postgresql"


def test_another_kind_of_database_is_refused() -> None:
    with pytest.raises(ImproperlyConfigured, match="mysql"):
        settings.database_setting("mysql://somewhere/thamthan")


@pytest.mark.parametrize(
    "word", ["mail.example.go.th:25", "http://mail", "smtp://", "smtp://host:99999", "smtp://:25"]
)
def test_an_address_that_leads_nowhere_is_refused_without_telling_its_password(
    monkeypatch: pytest.MonkeyPatch, word: str
) -> None:
    monkeypatch.setenv("THAMTHAN_SMTP_URL", word.replace("smtp://", "smtp://clerk:s3cret@"))
    with pytest.raises(ImproperlyConfigured, match="THAMTHAN_SMTP_URL") as refused:
        settings.address_setting("THAMTHAN_SMTP_URL", "", schemes={"smtp", "smtps"})
    assert "s3cret" not in str(refused.value)


@pytest.mark.parametrize(
    "word", ["", "null:", "smtp://127.0.0.1:2525", "smtps://clerk:p%40ss@mail.example.go.th"]
)
def test_an_address_of_a_mail_server_is_taken_as_it_is(
    monkeypatch: pytest.MonkeyPatch, word: str
) -> None:
    monkeypatch.setenv("THAMTHAN_SMTP_URL", word)
    assert settings.address_setting("THAMTHAN_SMTP_URL", "", schemes={"smtp", "smtps"}) == word
