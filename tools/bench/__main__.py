"""`make bench`: ratios in one run, on throw-away PostgreSQL and Redis; prints one table. No timed test.

python -m tools.servers -- python -m tools.bench
python -m tools.bench figures    # only what asks nothing of a database
"""

import os
import subprocess
import sys
from itertools import chain

import django
from django.core.management import call_command
from django.test.utils import override_settings

from tools.bench.measure import Line, growth, measured, table

CANYON = "canyon-claims-exchange"
SCALES = (1, 4, 16)
ROUNDS_OF_ASSESSMENT = 5


def _prepare() -> None:
    """The product's tables and the illustrative alliances in the throw-away database."""
    owner = {**os.environ, "DATABASE_URL": os.environ["MIGRATION_DATABASE_URL"]}
    subprocess.run([sys.executable, "manage.py", "migrate", "--verbosity", "0"], check=True, env=owner)
    os.environ["DATABASE_URL"] = owner["DATABASE_URL"]
    django.setup()
    with open(os.devnull, "w") as quiet:
        call_command("load_demo", stdout=quiet)


def _figures() -> tuple[list[Line], list[str]]:
    """What asks nothing of a database, at three sizes each; and how each grows."""
    from tools.bench import figures  # noqa: PLC0415 - after the settings are known

    families = {
        "analysis": [measured(figures.analysis(scale)) for scale in SCALES],
        "power": [measured(figures.power(scale)) for scale in SCALES],
        "assessment": [measured(figures.assessment(scale), rounds=ROUNDS_OF_ASSESSMENT) for scale in SCALES],
        "copied": [measured(figures.copied_texts(scale), rounds=ROUNDS_OF_ASSESSMENT) for scale in SCALES],
    }
    return list(chain.from_iterable(families.values())), [growth(name, lines) for name, lines in families.items()]


def _stack() -> list[Line]:
    """Ballots, pages and what is read anew after an event, over the whole stack."""
    from alliance.models import Alliance  # noqa: PLC0415 - after the settings are known
    from tools.bench import pages  # noqa: PLC0415

    alliance = Alliance.objects.get(slug=CANYON)
    pages.prepare_plain()
    with override_settings(ROOT_URLCONF="tools.bench.pages", ALLOWED_HOSTS=["*"]):
        lines = [measured(pages.ballots(alliance)), measured(pages.page(alliance, "", "overview, 7 members"))]
        for scale in SCALES:
            lines += [measured(pages.recomputation(alliance, what, scale), rounds=5) for what in pages.TOUCHING]
        pages.grow(alliance)
        grown = [("", "overview"), ("members/", "members"), ("decisions/", "decisions"), ("readiness/", "readiness")]
        lines += [measured(pages.page(alliance, rest, f"{name}, 207 members, 1,005 decisions")) for rest, name in grown]
    return lines


def main(*only: str) -> None:
    """Measure every workload, or the figures only, and print the table and how the figures grow."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ.setdefault(
        "OPENBLAS_NUM_THREADS", "1"
    )  # threads that wait for a busy core would be all that is measured
    is_short = only == ("figures",)
    django.setup() if is_short else _prepare()
    lines, grows = _figures()
    print(table(lines if is_short else [*lines, *_stack()]), "", *grows, sep="\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
