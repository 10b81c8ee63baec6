"""What the application's own database role may do, on PostgreSQL, where the installation has made one.

The roles are made by whoever sets up the server; after each migration the role `app` gets what it needs:
all on ordinary tables, reading and adding only on append-only ones.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

from audit import triggers

APP_ROLE = "app"


def grant(connection: BaseDatabaseWrapper) -> None:
    """Grant the role `app` its rights on every table; does nothing where there is no such role."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s AND rolname <> current_user", [APP_ROLE])
        if not cursor.fetchone():
            return
        cursor.execute("GRANT USAGE ON SCHEMA public TO app")
        cursor.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO app")
        cursor.execute("GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO app")
        for table in triggers.declared_in(connection):
            cursor.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON {connection.ops.quote_name(table)} FROM app")
