"""What governance puts on an alliance's overview: its open decisions, mine missing first."""

from datetime import datetime

from accounts.models import Person
from alliance.models import Alliance
from alliance.panels import OVERVIEW_LEAD, Panel, add_panel
from alliance.sentences import add_choices, add_namer, add_sentences
from governance.selectors.decisions import decisions_of, line_of
from governance.selectors.events import SENTENCES, name_ours
from governance.states import Office, Result

AT_MOST = 5


def register() -> None:
    """Add the panel, and say what this app's events mean: called when it starts."""
    add_sentences(SENTENCES)
    add_choices(result=Result, office=Office)
    add_namer(name_ours)
    add_panel(OVERVIEW_LEAD, open_decisions)


def open_decisions(alliance: Alliance, person: Person, at: datetime) -> Panel | None:
    """The first open decisions, in a fixed number of statements; no panel where none is open."""
    rows = list(decisions_of(alliance, person, view="open")[:AT_MOST])
    for row in rows:
        row.alliance = alliance
    return Panel("governance/_open_decisions.html", {"lines": [line_of(row, at) for row in rows]}) if rows else None
