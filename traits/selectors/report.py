"""A stored assessment as a document: as `assess` prints one, and typeset as a report that anyone can check."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import formats
from django.utils.dateparse import parse_datetime
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _

from alliance.typesetting import typeset
from traits.indicators.registry import REGISTRY
from traits.models import Acknowledgement, Assessment
from traits.selectors.pages import verdict_in_words
from traits.states import HOLDS, MEANING, SHORT, Level, Trait, Verdict


def assessment_document(assessment: Assessment) -> dict[str, Any]:
    """The assessment in the form of `manage.py assess` (traits/gate.py, `document_of`)."""
    return {
        "profile": assessment.profile,
        "strict_reading": f"{assessment.strict_passing}/{assessment.strict_blocking}",
        "passing": f"{assessment.passing}/{assessment.blocking}",
        "levels": assessment.levels,
        "gate": assessment.gate,
        "indicators": [
            {key: value for key, value in each.items() if key != "mending"} for each in assessment.indicators
        ],
    }


def report_pdf(assessment: Assessment) -> bytes:
    """The report of an assessment as a PDF: the same bytes each time.

    Two statements: the alliance, and the warnings that were accepted by then.
    """
    alliance = assessment.alliance
    accepted = Acknowledgement.objects.filter(alliance=alliance, acknowledged_at__lte=assessment.at)
    known = list(accepted.select_related("acknowledged_by").order_by("acknowledged_at", "pk"))
    document = {
        "title": _("Readiness of %(alliance)s") % {"alliance": alliance.name},
        "subtitle": _("Assessed %(when)s") % {"when": _moment(assessment.at)},
        "illustrative": _("Illustrative data") if alliance.is_illustrative else "",
        "says": verdict_in_words(assessment),
        "meaning": _meaning(assessment),
        "traits": [_trait(trait, assessment) for trait in Trait],
        "accepted": [_accepted(each) for each in known],
        "proof": _(
            "The event log holds this assessment at the place below. The digest was made of the evidence that was "
            "read, with a salt: it can be proved later, and gives nothing away now."
        ),
        "facts": _facts(assessment),
        "foot": _("%(alliance)s · readiness, %(when)s · checked from evidence by Concordat")
        % {"alliance": alliance.name, "when": _moment(assessment.at)},
        "words": {
            "levels": _("Five traits"),
            "trait": _("Trait"),
            "level": _("Level"),
            "passing": _("Blocking that pass"),
            "indicator": _("Indicator"),
            "figure": _("Figure · threshold"),
            "verdict": _("Verdict"),
            "accepted": _("Warnings accepted"),
            "proof": _("Where this stands on record"),
            "what": _("What"),
            "value": _("Value"),
        },
    }
    return typeset("assessment", document, at=assessment.at)


def _meaning(assessment: Assessment) -> str:
    if assessment.gate:
        return _("All five traits are in place. A charter may be ratified; the check is asked again when it is signed.")
    return _(
        "A charter can be ratified when all five traits are in place. No trait makes up for another, and nobody can "
        "waive one."
    )


def _trait(trait: Trait, assessment: Assessment) -> dict[str, Any]:
    own = [each for each in assessment.indicators if REGISTRY[each["id"]].trait == trait]
    blocking = [each for each in own if each["blocks"]]
    passing = {"done": sum(each["verdict"] in HOLDS for each in blocking), "all": len(blocking)}
    level = Level(assessment.levels[trait])
    return {
        "name": str(trait.label),
        "text": str(MEANING[trait]),
        "level": str(level),
        "level_word": str(level.label),
        "passed": _("%(done)s of %(all)s") % passing,
        **passing,
        "indicators": [_indicator(each) for each in own],
    }


def _indicator(kept: dict[str, Any]) -> dict[str, str]:
    verdict = Verdict(kept["verdict"])
    given = parse_datetime(kept["at"]) if kept["at"] else None
    return {
        "id": kept["id"],
        "name": str(REGISTRY[kept["id"]].name),
        "verdict": str(verdict),
        "verdict_word": str(verdict.label),
        "figure": capfirst(kept["figure"]) or str(verdict.label),
        "threshold": kept["threshold"],
        "advice": kept["advice"],
        "accepted": _("Accepted by the chair, with a reason") if kept["acknowledged"] else "",
        "evidence": ", ".join(_present([kept["by"], formats.date_format(given, "j F Y") if given else ""])),
    }


def _present(texts: Iterable[str]) -> list[str]:
    return [each for each in texts if each]


def _accepted(each: Acknowledgement) -> dict[str, str]:
    by = {"person": str(each.acknowledged_by), "when": formats.date_format(each.acknowledged_at, "j F Y")}
    return {"indicator": each.indicator, "reason": each.reason, "by": _("%(person)s, %(when)s") % by}


def _facts(assessment: Assessment) -> list[dict[str, str]]:
    return [
        {"name": _("Assessment"), "value": str(assessment.pk)},
        {"name": _("Place in the log"), "value": str(assessment.seq)},
        {"name": _("Digest of the evidence"), "value": assessment.digest},
        {"name": _("To look it up"), "value": _address(assessment)},
    ]


def _address(assessment: Assessment) -> str:
    return settings.SITE_ADDRESS + reverse("traits:report_data", args=[assessment.alliance.slug, assessment.pk])


def _moment(at: datetime) -> str:
    """In UTC, whoever asks: the report is the same for everybody."""
    return f"{formats.date_format(at.astimezone(UTC), 'j F Y, H:i')} UTC"


MOST_TO_MEND = 14
LONGEST_PURPOSE, LONGEST_ADVICE = 420, 190


def brief_pdf(assessment: Assessment) -> bytes:
    """Two pages for who decides whether to go on: verdict, earliest charter, what to mend, what holds. Same bytes.

    One statement: the alliance.
    """
    alliance = assessment.alliance
    open_ = [each for each in assessment.indicators if each["id"] in assessment.missing]
    held = [str(REGISTRY[each["id"]].name) for each in assessment.indicators if each["verdict"] == Verdict.PASS]
    more = len(open_) - MOST_TO_MEND
    document = {
        "title": Truncator(alliance.name).chars(80),
        "subtitle": _("Readiness brief, %(when)s") % {"when": _moment(assessment.at)},
        "illustrative": _("Illustrative data") if alliance.is_illustrative else "",
        "purpose": Truncator(" ".join(alliance.purpose.split())).chars(LONGEST_PURPOSE),
        "says": verdict_in_words(assessment),
        "meaning": _meaning(assessment),
        "traits": [_trait(trait, assessment) for trait in Trait],
        "earliest": _earliest(assessment),
        "because": assessment.earliest_because,
        "mend": [_to_mend(each) for each in open_[:MOST_TO_MEND]],
        "more": _("And %(count)s more, on the readiness page.") % {"count": more} if more > 0 else "",
        "nothing": _("Nothing: all five traits are in place."),
        "held": ", ".join(held) or _("Nothing yet."),
        "proof": _("Assessment %(id)s, place %(seq)s in the log. To look it up: %(address)s")
        % {"id": assessment.pk, "seq": assessment.seq, "address": _address(assessment)},
        "foot": _("%(alliance)s · readiness brief, %(when)s")
        % {"alliance": Truncator(alliance.name).chars(60), "when": _moment(assessment.at)},
        "words": {
            "trait": _("Trait"),
            "level": _("Level"),
            "passing": _("Blocking that pass"),
            "share": _("Share"),
            "earliest": _("Earliest possible charter"),
            "mend": _("What stands between you and the charter"),
            "act": _("What to do"),
            "of": _("Trait"),
            "held": _("What holds already"),
        },
    }
    return typeset("brief", document, at=assessment.at)


def _earliest(assessment: Assessment) -> str:
    if assessment.earliest_on is None:
        return _("There is a charter already, or the alliance was given up.")
    return _("%(day)s, if everybody acts on the day of this brief") % {
        "day": formats.date_format(assessment.earliest_on, "j F Y")
    }


def _to_mend(kept: dict[str, Any]) -> dict[str, str]:
    known = REGISTRY[kept["id"]]
    advice = Truncator(" ".join(kept["advice"].split())).chars(LONGEST_ADVICE)
    return {"id": known.id, "advice": advice, "trait": str(SHORT[known.trait])}
