"""The charter composed: its sections with the record's values filled in, and the canonical document of it."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import translation

from alliance.models import Alliance
from alliance.schemas import AlliancePart
from alliance.selectors.dossier import alliance_part
from audit import chain
from charter import merge
from charter.models import Charter
from charter.states import Section, SigningRule, Template
from charter.texts import default_text
from charter.values import merge_values
from governance.schemas import GovernancePart
from governance.selectors.dossier import governance_part


@dataclass(frozen=True, slots=True)
class ComposedSection:
    """One section as it would be signed."""

    key: str
    number: int
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Composition:
    """A charter as it would be signed now. `document` is what a version keeps, `hash` the SHA-256 of its text."""

    sections: tuple[ComposedSection, ...]
    missing: tuple[str, ...]
    document: str
    hash: str


def known_fields() -> frozenset[str]:
    """Every merge field that a charter's text may use: those of the default texts."""
    texts = (default_text(key, template) for key in Section for template in Template)
    return frozenset(name for text in texts for name in merge.fields_in(text))


def compose(charter: Charter) -> Composition:
    """Fill the draft's sections from the record, in a fixed number of queries. `missing`: those without text.

    In the product's own language, whoever asks: the text's hash is what members sign.
    """
    with translation.override(settings.LANGUAGE_CODE):
        return _composed(charter)


def _composed(charter: Charter) -> Composition:
    alliance: Alliance = charter.alliance
    governance = governance_part(alliance, with_decisions=False)
    part = alliance_part(alliance, also=[governance])
    values = merge_values(part, governance, signing_rule=str(SigningRule(charter.signing_rule).label).lower())
    texts = {section.key: section.text for section in charter.sections.all()}
    sections = tuple(
        ComposedSection(key, number, str(key.label), merge.fill(texts.get(key, ""), values))
        for number, key in enumerate(Section, start=1)
    )
    document = chain.canonical(_document(charter, part, governance, sections, values))
    missing = tuple(each.title for each in sections if not each.text.strip())
    return Composition(sections, missing, document, chain.digest(document))


def _document(
    charter: Charter,
    part: AlliancePart,
    governance: GovernancePart,
    sections: tuple[ComposedSection, ...],
    values: dict[str, str],
) -> dict[str, Any]:
    return {
        "alliance": str(charter.alliance_id),
        "template": charter.template,
        "signing_rule": charter.signing_rule,
        "profile": part.alliance.profile,
        "sections": [{"key": each.key, "title": each.title, "text": each.text} for each in sections],
        "values": values,
        "members": [
            {
                "id": each.id,
                "organisation": each.organisation,
                "category": each.category,
                "participation": each.participation,
            }
            for each in part.members
            if each.state == "admitted"
        ],
        "classes": [each.model_dump(mode="json") for each in governance.classes if not each.is_founding],
    }
