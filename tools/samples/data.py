"""Sample data for the sheet of pieces, after the illustrative alliances."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from django import forms
from django.core.paginator import Paginator

NOW = datetime(2026, 11, 23, 16, 40, tzinfo=UTC)
LEVELS = ["emerging", "emerging", "absent", "emerging", "absent"]
WORDS = {"in_place": "In place", "emerging": "Emerging", "absent": "Absent"}
NAMES = ["Multiple interests", "Self-interest", "Shared control", "Governance", "Lasting value"]
COUNTS = [(3, 4), (3, 4), (1, 4), (6, 7), (2, 5)]
STATES = ["Exploring", "Forming", "Ready", "Ratifying", "Active", "Dissolving", "Legacy"]
TOPICS = ["Claims format", "Clinical data", "Flat fee", "24-month adoption", "Publish quality", "Patient app"]
HEAT = {
    "Northgate Health": ("Payer", [(2, 90), (1, 50), (-1, 40), (2, 80), (-1, 30), (1, 30)]),
    "Red Mesa Hospitals": ("Provider", [(2, 90), (1, 60), (1, 30), (-1, 70), (-2, 60), (1, 40)]),
    "State Health Office": ("State", [(2, 70), (1, 60), (1, 40), (2, 60), (2, 80), (2, 60)]),
    "Patient Voice League": ("Patients", [(1, 30), (1, 70), (0, 10), (1, 40), (2, 70), (2, 100)]),
    "Juniper Laboratories": ("Laboratory", [(1, 50), (2, 90), (1, 40), (0, 20), (None, None), (1, 20)]),
}
PEOPLE = [
    ("Tomas Reyes", "Northgate Health", True),
    ("Lena Brandt", "Sagebrush Mutual", True),
    ("Amara Osei", "Red Mesa Hospitals", True),
    ("Peter Lindqvist", "Valley Clinics Network", False),
    ("Ruth Adeyemi", "State Health Office", False),
]
LADDER = {"Northgate Health": [3, 4, 3, 2], "Red Mesa Hospitals": [3, 4, 2, 1], "State Health Office": [5, 4, 3, 3]}
STEPS = ["independent", "informs", "consults", "consents", "delegates", "is bound"]
DECLARATION = (
    "This is my own judgement. Nobody told me how to vote, and I did not ask my employer how to vote. "
    "(Asking colleagues for facts is fine.)"
)
SENTENCE = "Adopted: 5 yes, 1 no, 1 abstained, 0 did not vote, of 7 able to vote; at least 5 were needed."


class RowForm(forms.Form):
    """One of each control."""

    topic = forms.ChoiceField(label="Topic", choices=[("a", "24-month adoption"), ("b", "Flat fee")])
    matters = forms.DecimalField(label="How much it matters", help_text="To your member, from 0 to 1", max_value=1)
    reason = forms.CharField(label="Reason", widget=forms.Textarea, help_text="The others will read it.")
    starts_on = forms.DateField(
        label="From", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    how_long = forms.ChoiceField(
        label="How long",
        widget=forms.RadioSelect,
        choices=[("t", "For a fixed term\nEnds by itself; what it built goes on"), ("p", "Permanent\nFrom one problem to the next")],
    )
    domains = forms.MultipleChoiceField(
        label="Domains", widget=forms.CheckboxSelectMultiple, choices=[("s", "Standards"), ("d", "Data")], required=False
    )
    agreed = forms.BooleanField(label="Every member may read this", help_text="Prices and customers do not belong here.")


class FilterForm(forms.Form):
    q = forms.CharField(label="Words", required=False)
    state = forms.ChoiceField(label="State", choices=[("", "Any"), ("open", "Open")], required=False)


def traits() -> list[dict[str, Any]]:
    return [
        {"name": name, "passed": passed, "total": total, "level": level, "level_word": WORDS[level], "href": "#t1"}
        for name, (passed, total), level in zip(NAMES, COUNTS, LEVELS, strict=True)
    ]


def heat() -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "note": note,
            "mine": name == "State Health Office",
            "cells": [{"stance": stance, "salience": salience} for stance, salience in cells],
        }
        for name, (note, cells) in HEAT.items()
    ]


def ladder() -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "total": sum(steps),
            "cells": [
                {"step": step, "word": STEPS[step], "short": step < 3 and place < 3, "note": "12 Nov"}
                for place, step in enumerate(steps)
            ],
        }
        for name, steps in LADDER.items()
    ]


def indicators() -> list[dict[str, Any]]:
    failing = {
        "id": "M3", "name": "Largest kind’s share of seats", "verdict": "fail", "verdict_word": "Fails",
        "advice": "Rebalance the seats: shipping holds 3 of 5.", "href": "#t1", "act": "Try other seats",
        "figure": "3 of 5 seats", "threshold": "less than half", "evidence": "Committee", "evidence_href": "#t1", "at": NOW,
    }  # fmt: skip
    passing = {
        "id": "M2", "name": "Effective number of kinds", "verdict": "pass", "verdict_word": "Passes",
        "figure": "2.67", "threshold": "at least 2.50", "evidence": "Kinds", "evidence_href": "#t1", "at": NOW,
    }  # fmt: skip
    none = {**passing, "id": "M6", "name": "Independent advice", "verdict": "no_data", "verdict_word": "No data",
            "advice": "Follows from the first round.", "figure": "No data", "evidence": "", "at": None}  # fmt: skip
    warning = {**failing, "id": "M4", "verdict": "warn", "verdict_word": "Warns", "advice": "Name the affected parties."}
    return [failing, none, warning, passing]


def findings() -> list[dict[str, Any]]:
    shared, tension = {"word": "Shared", "look": "shared"}, {"word": "Tension", "look": "tension"}
    return [
        {"title": "Finding", "cells": [shared, shared, tension, tension, tension, shared]},
        {"title": "Support", "meaning": "support", "cells": [{"word": w} for w in (".84", ".66", ".62", ".36", ".18", ".72")]},
        {"title": "Tension", "meaning": "tension", "cells": [{"word": w} for w in ("0", "0", ".30", ".52", ".60", "0")]},
    ]


def context() -> dict[str, Any]:
    """Everything the sample pages name."""
    filled = RowForm({"topic": "a", "matters": "6", "reason": ""})
    return {
        "title": "Pieces",
        "place": "overview",
        "now": NOW,
        "user": SimpleNamespace(is_authenticated=True, get_full_name="Ruth Adeyemi"),
        "nav": {
            "todo_count": 3,
            "unread_count": 0,
            "alliances": [{"name": "Harbour Zero", "url": "overview.html"}, {"name": "Canyon Claims Exchange", "url": "decision.html"}],
        },
        "zone_name": "Mountain Standard Time (MST)",
        "alliance": {"name": "Harbour Zero", "slug": "harbour-zero", "is_illustrative": True},
        "messages": [Message()],
        "states": [(word.lower(), word) for word in STATES] + [("suspended", "Suspended"), ("adopted", "Adopted"), ("rejected", "Rejected"), ("returned", "Sent back"), ("no_quorum", "No quorum")],
        "steps": [(word.lower(), word) for word in STATES],
        "levels": LEVELS,
        "traits": traits(),
        "indicators": indicators(),
        "topics": TOPICS,
        "heat": heat(),
        "findings": findings(),
        "domains": [{"name": name, "needed": 3} for name in ("Standards", "Data", "Disputes")] + [{"name": "Budget"}],
        "ladder": ladder(),
        "hash": "9f3c61ab2d5e7788c0d1e2f3a4b5c6d7e8f9a0b1c2d3e4f5061728394a5be07d",
        "facts": [{"name": "Yes needed", "value": "at least 5 of 7, two thirds being 4⅔"}, {"name": "Quorum", "value": "4 of 7 seats, more than half"}],
        "rows": [
            {"at": NOW + timedelta(days=2, hours=7), "title": "Adoption within 24 months, with phase-in", "note": "Vote · Canyon Claims Exchange · your seat", "act": "Cast ballot", "primary": True},
            {"at": NOW + timedelta(days=6), "title": "Your conflict disclosure turns 365 days old; without it you cannot vote", "note": "Disclosure · Canyon Claims Exchange", "act": "Renew"},
            {"at": NOW - timedelta(days=1), "title": "Confirm the minutes of the meeting of 12 November", "note": "Minutes · Canyon Claims Exchange", "act": "Read minutes"},
            {"at": None, "title": "Open the first round of mutual steps; none has been held", "note": "Shared control · Harbour Zero · as convener", "act": "Plan a round"},
        ],
        "closes_at": NOW + timedelta(days=2, hours=7, minutes=20),
        "opens_at": NOW - timedelta(days=11),
        "choices": [
            {"value": "yes", "word": "Yes"},
            {"value": "no", "word": "No"},
            {"value": "abstain", "word": "Abstain", "hint": "Does not lower the number of yes votes needed"},
            {"value": "recuse", "word": "Recuse", "hint": "I have a conflict of interest; my seat leaves the count"},
        ],
        "declaration": DECLARATION,
        "outs": [{"href": "#", "word": "Let my alternate act"}, {"href": "#", "word": "Report in confidence"}],
        "people": [
            {"name": name, "note": note, "you": name == "Ruth Adeyemi", "word": "Voted" if voted else "Not yet", "look": "voted" if voted else "waiting"}
            for name, note, voted in PEOPLE
        ],
        "sentence": SENTENCE,
        "ballots": [
            {"seat": name, "named_by": note, "word": "Yes" if voted else "Abstain", "look": "yes" if voted else "abstain"}
            for name, note, voted in PEOPLE
        ],
        "form": filled,
        "fresh": RowForm(auto_id="fresh_%s"),
        "filter_form": FilterForm(auto_id="filter_%s"),
        "events": [
            {"text": "Counsel review recorded: no forbidden domain", "at": NOW, "by": "Counsel"},
            {"text": "Voting opened: Elect the interim chair", "at": NOW - timedelta(hours=5), "by": "Convener", "href": "#"},
        ],
        "comments": [{"by": "Amara Osei", "of": "Red Mesa Hospitals", "at": NOW, "text": "Our rural sites cannot replace their billing system before June 2028."}],
        "parts": [
            {"kind": "same", "text": "The "},
            {"kind": "del", "text": "open claims standard is"},
            {"kind": "same", "text": " "},
            {"kind": "ins", "text": "open claims standard and the shared patient-match service are"},
            {"kind": "same", "text": " paid for by the members that send or receive claims."},
        ],
        "page": Paginator(range(90), 30).page(2),
        "request": SimpleNamespace(GET=None),
    }  # fmt: skip


class Message:
    """A message as Django's framework gives it."""

    level_tag = "success"

    def __str__(self) -> str:
        return "Independence statement signed."
