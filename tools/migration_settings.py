"""The product's settings with the migration linter added, for `make check` alone.

It reads the statements of PostgreSQL: on SQLite each new column builds its table anew, which it would refuse.
"""

from config.settings import *  # noqa: F403
from config.settings import INSTALLED_APPS as _PRODUCT

INSTALLED_APPS = [*_PRODUCT, "django_migration_linter"]
MIGRATION_LINTER_OPTIONS = {
    # They add unique constraints, which the linter refuses always. These hold for rows with a key alone, and the
    # release before writes none: it runs beside them unhindered.
    "ignore_name": ["0004_names_by_key", "0009_names_by_key"],
}
