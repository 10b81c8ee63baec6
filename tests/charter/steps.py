"""The steps of an illustrative alliance towards its charter, for tests."""

from accounts.models import Person
from accounts.rules import Proof
from alliance.models import Alliance, Role
from alliance.states import RoleKind, State
from audit import clock as time
from charter.models import Charter, CharterVersion, Signature
from charter.services import drafting, lifecycle, ratification
from charter.services.dossier import Standing, import_dossier
from charter.shifting import shift
from charter.states import Template
from governance.models import Officer
from tests.stories import dossier, story


def told(slug: str, change=None) -> Alliance:
    """An illustrative alliance as of now, witnessed, forming."""
    document = story(slug)
    if change:
        change(document)
    taken = dossier(document)
    taken = shift(taken, time.read() - taken.as_of)
    alliance = import_dossier(dossier=taken, standing=Standing(witnessed=True, is_illustrative=True))
    Alliance.objects.filter(pk=alliance.pk).update(state=State.FORMING, activated_at=None)
    alliance.refresh_from_db()
    return alliance


def organiser(alliance: Alliance) -> Person:
    return Role.objects.get(alliance=alliance, kind=RoleKind.ORGANISER).person


def chair(alliance: Alliance) -> Person:
    return Officer.objects.get(alliance=alliance).person


def proof() -> Proof:
    return Proof("password", time.read())


def drafted(alliance: Alliance) -> Charter:
    return drafting.draft_charter(actor=organiser(alliance), alliance=alliance, template=Template.DATA_EXCHANGE)


def offered(alliance: Alliance) -> CharterVersion:
    """The charter, open for signing."""
    charter = drafted(alliance)
    lifecycle.declare_ready(actor=organiser(alliance), alliance=alliance)
    ratification.propose_ratification(actor=organiser(alliance), charter=charter)
    return ratification.begin_ratifying(actor=chair(alliance), charter=charter)


def sign(version: CharterVersion, role: Role, **given) -> Signature:
    values = {"hash": version.hash, "proof": proof(), **given}
    return ratification.sign_charter(actor=role.person, version=version, member=role.member, **values)


def signatories(alliance: Alliance) -> list[Role]:
    return list(Role.objects.filter(alliance=alliance, kind=RoleKind.SIGNATORY).order_by("pk"))


def state_of(alliance: Alliance) -> str:
    return Alliance.objects.get(pk=alliance.pk).state
