"""The product's settings with the migration linter added, for `make check` alone."""

from config.settings import *  # noqa: F403
from config.settings import INSTALLED_APPS as _PRODUCT

INSTALLED_APPS = [*_PRODUCT, "django_migration_linter"]
