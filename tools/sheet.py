"""Render every piece of the interface with sample data to var/sheet/: `python -m tools.sheet [--serve PORT]`."""

import argparse
import secrets
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import django
from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import URLPattern, include, path

from tools.samples.data import context

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "var" / "sheet"
POLICY = "default-src 'self'; script-src 'self'; style-src 'self'; object-src 'none'; base-uri 'none'"
PAGES = {"sheet": "components/sheet.html", "overview": "overview.html", "decision": "decision.html"}
BUILTINS = ["django.templatetags.i18n", "django.templatetags.static", "accounts.templatetags.concordat"]


def stop(request: HttpRequest) -> HttpResponse:
    """No page is served from here; the routes only give the links their addresses."""
    return HttpResponse(status=HTTPStatus.NOT_FOUND)


def tabs(*names: str) -> list[URLPattern]:
    """Routes within an alliance with the names that the layouts link to."""
    return [path(f"{name}/<slug>", stop, name=name) for name in names]


urlpatterns = [
    path("", stop, name="home"),
    path("sign-in", stop, name="account_login"),
    path("sign-out", stop, name="account_logout"),
    path("", include((tabs("overview", "members", "interests", "control", "records"), "alliance"))),
    path("", include((tabs("decisions"), "governance"))),
    path("", include((tabs("charter"), "charter"))),
    path("", include(([path("inbox", stop, name="inbox")], "notifications"))),
    path("", include(([path("settings", stop, name="settings")], "accounts"))),
]


def configure() -> None:
    """The least of Django that templates need: no database, no apps of our own but the tags."""
    engine = {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates", ROOT / "tools" / "samples"],
        "APP_DIRS": True,
        "OPTIONS": {"builtins": BUILTINS},
    }
    settings.configure(
        SECRET_KEY=secrets.token_urlsafe(),
        ROOT_URLCONF=__name__,
        TIME_ZONE="America/Phoenix",
        STATIC_URL="/static/",
        STATICFILES_DIRS=[ROOT / "static"],
        INSTALLED_APPS=["django.contrib.staticfiles", "django.forms", "django_htmx", "lucide"],
        FORM_RENDERER="django.forms.renderers.TemplatesSetting",
        TEMPLATES=[engine],
    )
    django.setup()


def render() -> None:
    """Write each sample page to var/sheet/."""
    OUT.mkdir(parents=True, exist_ok=True)
    for name, template in PAGES.items():
        page = render_to_string(template, context(), RequestFactory().get("/"))
        (OUT / f"{name}.html").write_text(page, encoding="utf-8")


class Handler(SimpleHTTPRequestHandler):
    """Sample pages and static files, under the product's content policy."""

    def translate_path(self, path: str) -> str:
        part = path.partition("?")[0].lstrip("/")
        if part.startswith("static/"):
            return finders.find(part.removeprefix("static/")) or str(OUT / "missing")
        return super().translate_path(path)

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()


def serve(port: int) -> None:
    """Answer on a port of this machine until stopped."""
    address = ("127.0.0.1", port)
    ThreadingHTTPServer(address, lambda *request: Handler(*request, directory=str(OUT))).serve_forever()


def main() -> None:
    """Render; with --serve also answer."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--serve", type=int, metavar="PORT")
    options = parser.parse_args()
    configure()
    render()
    if options.serve:
        serve(options.serve)


if __name__ == "__main__":
    main()
