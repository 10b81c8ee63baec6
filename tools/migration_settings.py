"""The product's settings with the migration linter added, for `make check` alone.

It reads the statements of PostgreSQL: on SQLite each new column builds its table anew, which it would refuse.
"""

from config.settings import *  # noqa: F403
from config.settings import INSTALLED_APPS as _PRODUCT

INSTALLED_APPS = [*_PRODUCT, "django_migration_linter"]
