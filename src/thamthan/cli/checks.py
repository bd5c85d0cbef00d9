"""What `thamthan check` looks at beside what Django does: secret, folders, database, parts."""

import os
import stat
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Info, Tags, Warning, register
from django.db import connection

from thamthan.cli.parts import optional_parts

MANIFEST = "staticfiles.json"


@register(Tags.security)
def secret_key_is_secret(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    """The signing secret is long, and nobody else on the machine can read its file."""
    found: list[CheckMessage] = []
    if len(settings.SECRET_KEY) < 40:
        found.append(
            Error(
                "รหัสลับของระบบสั้นเกินไป (THAMTHAN_SECRET_KEY)",
                hint="ใช้อย่างน้อย 40 ตัวอักษร หรือไม่ต้องตั้ง ระบบจะสร้างให้เอง",
                id="thamthan.E001",
            )
        )
    path = settings.HOME / "secret_key"
    if os.name == "posix" and path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077:
        found.append(
            Warning(f"ผู้อื่นในเครื่องอ่านรหัสลับได้: {path}", hint=f"chmod 600 {path}", id="thamthan.W001")
        )
    return found


@register(Tags.files)
def files_can_be_kept(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """The folder that keeps letters' files can be written."""
    folder = Path(settings.MEDIA_ROOT)
    standing = next(place for place in (folder, *folder.parents) if place.exists())
    if standing.is_dir() and os.access(standing, os.W_OK | os.X_OK):
        return []
    return [
        Error(
            f"เขียนลงที่เก็บไฟล์ของหนังสือไม่ได้: {folder}",
            hint="ตั้ง THAMTHAN_HOME เป็นโฟลเดอร์ที่เขียนได้",
            id="thamthan.E002",
        )
    ]


@register(Tags.database)
def database_keeps_its_promises(
    app_configs: Sequence[AppConfig] | None,
    databases: Sequence[str] | None = None,
    **kwargs: Any,
) -> list[CheckMessage]:
    """SQLite writes ahead and queues its writers; PostgreSQL stores Thai as UTF-8."""
    if databases is not None and connection.alias not in databases:
        return []
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA journal_mode")
            mode = str(cursor.fetchone()[0])
            # A database held in memory, as tests use it, has no journal on a disk.
            if mode not in {"wal", "memory"}:
                return [
                    Error(
                        f"ฐานข้อมูล SQLite ไม่ได้อยู่ในโหมด WAL ({mode})",
                        hint="ย้าย THAMTHAN_HOME ไปไว้ในดิสก์ของเครื่องเอง ไม่ใช่โฟลเดอร์เครือข่าย",
                        id="thamthan.E003",
                    )
                ]
            return []
        cursor.execute("SHOW server_encoding")
        encoding = str(cursor.fetchone()[0])
    if encoding == "UTF8":
        return []
    return [
        Error(
            f"ฐานข้อมูล PostgreSQL เก็บเป็น {encoding} ไม่ใช่ UTF8",
            hint="สร้างฐานข้อมูลด้วย ENCODING 'UTF8'",
            id="thamthan.E004",
        )
    ]


@register(Tags.staticfiles)
def static_files_are_collected(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    """The style sheets and scripts stand where the web server takes them from."""
    if (Path(settings.STATIC_ROOT) / MANIFEST).exists():
        return []
    return [
        Warning(
            "ยังไม่ได้รวบรวมไฟล์หน้าเว็บ",
            hint="สั่ง thamthan prepare (./run และ thamthan serve ทำให้เอง)",
            id="thamthan.W002",
        )
    ]


@register("parts")
def optional_parts_are_told(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    """Which optional parts are on, and how to turn on the others: told, never a fault."""
    return [
        Info(part.words, hint=part.how or None, id=f"thamthan.I00{number}")
        for number, part in enumerate(optional_parts(), start=1)
    ]
