"""Append-only tables: triggers that refuse to change or remove a row, on both databases.

Apps register their tables in `ready()`; `post_migrate` installs the triggers (idempotent, because Django rebuilds
SQLite tables and so drops them), and a system check at start says when one is missing.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

_tables: set[str] = set()
A_TABLE_HAS = 2
"""triggers, on either database."""
REFUSAL = "rows of %s are never changed or removed"

_POSTGRES = """
CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'rows of % are never changed or removed', TG_TABLE_NAME; END $$;
DROP TRIGGER IF EXISTS append_only_row ON {table};
CREATE TRIGGER append_only_row BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION audit_refuse();
ALTER TABLE {table} ENABLE ALWAYS TRIGGER append_only_row;
DROP TRIGGER IF EXISTS append_only_table ON {table};
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
ALTER TABLE {table} ENABLE ALWAYS TRIGGER append_only_table;
"""


def append_only(*tables: str) -> None:
    """Declare tables whose rows are only ever added."""
    _tables.update(tables)


def declared_in(connection: BaseDatabaseWrapper) -> list[str]:
    """The declared tables that this database has by now."""
    return sorted(_tables & set(connection.introspection.table_names()))


def install(connection: BaseDatabaseWrapper) -> None:
    """Put the triggers on every declared table that exists."""
    with connection.cursor() as cursor:
        for table in declared_in(connection):
            _install_one(connection, cursor, table)


def _install_one(connection: BaseDatabaseWrapper, cursor: Any, table: str) -> None:
    if connection.vendor == "postgresql":
        cursor.execute(_POSTGRES.format(table=connection.ops.quote_name(table)))
        return
    for act in ("update", "delete"):
        cursor.execute(
            f"CREATE TRIGGER IF NOT EXISTS append_only_{table}_{act} BEFORE {act.upper()} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{REFUSAL % table}'); END"
        )


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Declared tables that exist without their triggers."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE 'append_only%' AND tgenabled = 'A'"
            )
        else:
            cursor.execute("SELECT tbl_name FROM sqlite_master WHERE type='trigger' AND name LIKE 'append_only%'")
        guarded = [row[0].strip('"') for row in cursor.fetchall()]
    return [table for table in declared_in(connection) if guarded.count(table) < A_TABLE_HAS]


@contextmanager
def lifted(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Take the triggers away for a block: for the tests' flush between cases, and nothing else."""
    with connection.cursor() as cursor:
        for table in declared_in(connection):
            if connection.vendor == "postgresql":
                quoted = connection.ops.quote_name(table)
                cursor.execute(f"DROP TRIGGER IF EXISTS append_only_row ON {quoted}")
                cursor.execute(f"DROP TRIGGER IF EXISTS append_only_table ON {quoted}")
            else:
                cursor.execute(f"DROP TRIGGER IF EXISTS append_only_{table}_update")
                cursor.execute(f"DROP TRIGGER IF EXISTS append_only_{table}_delete")
    try:
        yield
    finally:
        install(connection)
