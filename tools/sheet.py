"""Render every piece of the interface with sample data to var/sheet/, to look at: `python tools/sheet.py [--serve PORT]`."""

import argparse
import sys
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import django
from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import include, path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT)]
OUT = ROOT / "var" / "sheet"
POLICY = "default-src 'self'; script-src 'self'; style-src 'self'; object-src 'none'; base-uri 'none'"
PAGES = {"sheet": "components/sheet.html", "overview": "overview.html", "decision": "decision.html"}


def stop(request: HttpRequest) -> None:
    """No page is served from here; the routes only give the links their addresses."""


def routes(*names: str, app: str) -> list:
    """Routes with the names that the layouts link to."""
    return [path(f"{app}/{name}/<slug>" if app != "plain" else name, stop, name=name) for name in names]


urlpatterns = [
    path("", stop, name="home"),
    path("sign-in", stop, name="account_login"),
    path("sign-out", stop, name="account_logout"),
    path("", include((routes("overview", "members", "interests", "control", "records", app="alliance"), "alliance"))),
    path("", include((routes("decisions", app="governance"), "governance"))),
    path("", include((routes("charter", app="charter"), "charter"))),
    path("", include(([path("inbox", stop, name="inbox")], "notifications"))),
    path("", include(([path("settings", stop, name="settings")], "accounts"))),
]


def configure() -> None:
    """The least of Django that templates need: no database, no apps of our own but the tags."""
    settings.configure(
        DEBUG=True,
        SECRET_KEY="only for looking at samples",
        ROOT_URLCONF=__name__,
        USE_TZ=True,
        TIME_ZONE="America/Phoenix",
        STATIC_URL="/static/",
        INSTALLED_APPS=["django.contrib.staticfiles", "django.forms", "django_htmx", "lucide"],
        FORM_RENDERER="django.forms.renderers.TemplatesSetting",
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "DIRS": [ROOT / "templates", ROOT / "tools" / "samples"],
                "APP_DIRS": True,
                "OPTIONS": {
                    "builtins": [
                        "django.templatetags.i18n",
                        "django.templatetags.static",
                        "accounts.templatetags.concordat",
                    ]
                },
            }
        ],
    )
    django.setup()


def render() -> None:
    """Write each sample page to var/sheet/."""
    from tools.samples.data import context

    OUT.mkdir(parents=True, exist_ok=True)
    for name, template in PAGES.items():
        (OUT / f"{name}.html").write_text(render_to_string(template, context()), encoding="utf-8")


class Handler(SimpleHTTPRequestHandler):
    """Sample pages and static files, under the same content policy as the product."""

    def translate_path(self, url: str) -> str:
        part = url.split("?")[0].lstrip("/")
        if part.startswith("static/django_htmx/"):
            import django_htmx

            return str(Path(django_htmx.__file__).parent / part)
        return str(ROOT / part if part.startswith("static/") else OUT / part)

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()


def main() -> None:
    """Render; with --serve also answer on a port of this machine until stopped."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--serve", type=int, metavar="PORT")
    options = parser.parse_args()
    configure()
    render()
    if options.serve:
        ThreadingHTTPServer(("127.0.0.1", options.serve), partial(Handler)).serve_forever()


if __name__ == "__main__":
    main()
