"""`make bench`: ratios in one run, on throw-away PostgreSQL and Redis; prints one table. No timed test.

python -m tools.servers -- python -m tools.bench
"""

import os
import subprocess
import sys

import django
from django.core.management import call_command
from django.test.utils import override_settings

from tools.bench import figures
from tools.bench.measure import measured, table

CANYON = "canyon-claims-exchange"


def _prepare() -> None:
    """The product's tables and the illustrative alliances in the throw-away database."""
    owner = {**os.environ, "DATABASE_URL": os.environ["MIGRATION_DATABASE_URL"]}
    subprocess.run([sys.executable, "manage.py", "migrate", "--verbosity", "0"], check=True, env=owner)
    os.environ["DATABASE_URL"] = owner["DATABASE_URL"]
    django.setup()
    with open(os.devnull, "w") as quiet:
        call_command("load_demo", stdout=quiet)


def main() -> None:
    """Measure every workload and print the table."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    _prepare()
    from alliance.models import Alliance  # noqa: PLC0415 - after the settings are known
    from tools.bench import pages  # noqa: PLC0415

    alliance = Alliance.objects.get(slug=CANYON)
    pages.prepare_plain()
    with override_settings(ROOT_URLCONF="tools.bench.pages", ALLOWED_HOSTS=["*"]):
        workloads = [
            figures.analysis(),
            figures.analysis(0.25),
            figures.power(),
            figures.power(50),
            pages.ballots(alliance),
            pages.page(alliance, "", "overview, 7 members"),
        ]
        lines = [measured(workload) for workload in workloads]
        lines += [measured(figures.assessment(scale), rounds=3) for scale in (1, 4, 16)]
        for scale in (1, 4, 16):
            lines += [measured(pages.recomputation(alliance, what, scale), rounds=5) for what in pages.TOUCHING]
        pages.grow(alliance)
        grown = [("", "overview"), ("members/", "members"), ("decisions/", "decisions"), ("readiness/", "readiness")]
        lines += [measured(pages.page(alliance, rest, f"{name}, 207 members, 1,005 decisions")) for rest, name in grown]
    print(table(lines))


if __name__ == "__main__":
    main()
