"""By which act, and on which page, each indicator is mended: the words of the button, and the page that all may see."""

from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _


class Mending(NamedTuple):
    """`view` takes the alliance's slug."""

    act: Any
    view: str


MENDED_BY: dict[str, Mending] = {
    "M1": Mending(_("Invite members"), "alliance:members"),
    "M2": Mending(_("See who stands for what"), "alliance:members"),
    "M3": Mending(_("Change the seats"), "governance:committee"),
    "M4": Mending(_("Explain who is absent"), "alliance:parties"),
    "M5": Mending(_("Find shared ground"), "alliance:interests"),
    "M6": Mending(_("Say where you differ"), "alliance:interests"),
    "S1": Mending(_("State interests"), "alliance:interests"),
    "S2": Mending(_("Go to worksheets"), "alliance:worksheets"),
    "S3": Mending(_("Link interests"), "alliance:value"),
    "S4": Mending(_("Sign contributions"), "alliance:contributions"),
    "S5": Mending(_("Go to worksheets"), "alliance:worksheets"),
    "S6": Mending(_("State interests"), "alliance:interests"),
    "I1": Mending(_("Take steps"), "alliance:control"),
    "I2": Mending(_("Take steps"), "alliance:control"),
    "I3": Mending(_("Plan a round"), "alliance:control"),
    "I4": Mending(_("See the rounds"), "alliance:control"),
    "I5": Mending(_("See counsel’s review"), "alliance:control"),
    "I6": Mending(_("Write the way out"), "alliance:control"),
    "G1": Mending(_("Fill the seats"), "governance:committee"),
    "G2": Mending(_("Change the seats"), "governance:committee"),
    "G3": Mending(_("See the statements"), "governance:committee"),
    "G4": Mending(_("Change the terms"), "governance:committee"),
    "G5": Mending(_("See the disclosures"), "governance:committee"),
    "G6": Mending(_("Complete the classes"), "governance:classes"),
    "G7": Mending(_("Elect a chair"), "governance:decisions"),
    "G8": Mending(_("Change the terms"), "governance:committee"),
    "G9": Mending(_("See who holds seats"), "governance:committee"),
    "V1": Mending(_("Name a steward"), "alliance:value"),
    "V2": Mending(_("Name who benefits"), "alliance:value"),
    "V3": Mending(_("Set a horizon"), "alliance:value"),
    "V4": Mending(_("Measure a baseline"), "alliance:value"),
    "V5": Mending(_("Name a successor"), "alliance:value"),
    "V6": Mending(_("Write the legacy plan"), "alliance:value"),
    "V7": Mending(_("Fund the upkeep"), "alliance:value"),
    "V8": Mending(_("Name the next problem"), "alliance:overview"),
}
