"""One statement gives an obligation to thousands of organisations; both databases make the rows.

Rows made one by one in Python cost eight times what the database needs for them, and the whole
country has more than a hundred thousand. This is the one place of the room that writes SQL.
"""

import json
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import cast

import uuid6
from django.db import connection
from django.db.models import Field

from thamthan.directives.models import Assignment, Handing

# A UUID of version 7: the milliseconds first, so that rows of one time lie together in its index.
_REF_POSTGRESQL = """encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid()) placing
    substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3)
    from 1 for 6), 52, 1), 53, 1), 'hex')::uuid"""


def spread(
    obligation_pk: int,
    *,
    root_pk: int,
    organisations: Sequence[int],
    state: str,
    due_on: date | None,
    due_time: time | None,
    now: datetime,
) -> int:
    """มอบสิ่งที่ขอข้อหนึ่งให้หลายหน่วยงาน: a task for each of them that has the matter in hand and not this.

    Gives how many are new. Does not check who may; the transaction is the caller's.
    """
    on_postgresql = connection.vendor == "postgresql"
    ref = _REF_POSTGRESQL if on_postgresql else "uuid7_hex()"
    among = "= ANY(%s)" if on_postgresql else "IN (SELECT value FROM json_each(%s))"
    wanted = list(organisations) if on_postgresql else json.dumps(list(organisations))
    given = [
        cast("Field[object, object]", Assignment._meta.get_field(name)).get_db_prep_value(
            value, connection, prepared=False
        )
        for name, value in (("due_on", due_on), ("due_time", due_time), ("moved_at", now))
    ]
    day, hour, moment = (
        ("%s::date", "%s::time", "%s::timestamptz") if on_postgresql else ("%s",) * 3
    )
    tasks, handings = (
        connection.ops.quote_name(model._meta.db_table) for model in (Assignment, Handing)
    )
    with connection.cursor() as cursor:
        if not on_postgresql:
            _teach_sqlite()
        cursor.execute(
            # Every name in it is this file's own.
            f"""INSERT INTO {tasks} (ref, handing_id, obligation_id, root_id, organisation_id,
                province_id, level, is_lead, state, due_on, due_time, moved_at, last_word)
            SELECT {ref}, h.id, %s, h.root_id, h.organisation_id, h.province_id, h.level, %s, %s,
                {day}, {hour}, {moment}, ''
            FROM {handings} h WHERE h.root_id = %s AND h.organisation_id {among}
            ON CONFLICT (obligation_id, organisation_id) DO NOTHING""",  # noqa: S608
            [obligation_pk, False, state, *given, root_pk, wanted],
        )
        return cast("int", cursor.rowcount)


def _teach_sqlite() -> None:
    connection.ensure_connection()
    connection.connection.create_function("uuid7_hex", 0, lambda: uuid6.uuid7().hex)
