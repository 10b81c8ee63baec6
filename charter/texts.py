"""The default text of each section, by template."""

from pathlib import Path

from charter.states import Section, Template

_FOLDER = Path(__file__).parent / "defaults"


def default_text(section: Section, template: Template) -> str:
    """The text that a new charter starts with: the template's own where it has one, else the one for all."""
    own = _FOLDER / f"{section}.{template}.md"
    return (own if own.exists() else _FOLDER / f"{section}.md").read_text()
