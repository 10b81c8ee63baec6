"""docs/dependencies.md and the requirements name the same packages; the locks carry hashes and no addresses."""

import re

import pytest

from tools.processes import ROOT

REQUIREMENTS = ROOT / "requirements"
PARTS = {"base": "What runs", "dev": "What builds and checks", "bench": "What is measured against"}


def asked_for(part: str) -> list[str]:
    lines = (REQUIREMENTS / f"{part}.in").read_text().splitlines()
    return [re.split(r"[\[~=<> ]", line)[0] for line in lines if line and not line.startswith(("#", "-r"))]


def explained() -> dict[str, list[str]]:
    """The first column of each section's table, by heading."""
    page = (ROOT / "docs" / "dependencies.md").read_text()
    sections = (section.split("\n", 1) for section in page.split("\n## ")[1:])
    return {heading: re.findall(r"^\| ([a-z0-9-]+) \| \S", text, re.MULTILINE)[1:] for heading, text in sections}


@pytest.mark.parametrize("part", PARTS)
def test_each_dependency_has_its_line_in_order(part: str) -> None:
    assert asked_for(part) == sorted(asked_for(part))
    assert explained()[PARTS[part]] == asked_for(part)


@pytest.mark.parametrize("part", PARTS)
def test_locks_pin_what_is_asked_for_by_hash_and_name_no_registry(part: str) -> None:
    lock = (REQUIREMENTS / f"{part}.txt").read_text()
    pinned = dict(re.findall(r"^([a-z0-9.-]+)(?:\[[a-z,]+\])?==\S+ \\\n    --hash=(sha256):", lock, re.MULTILINE))

    assert set(asked_for(part)) <= set(pinned)
    assert len(pinned) == len(re.findall(r"^\S+==", lock, re.MULTILINE))
    assert re.search(r"https?:|index-url|find-links", lock) is None
