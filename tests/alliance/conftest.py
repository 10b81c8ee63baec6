import pytest

from tests import factories as make
from tests.alliance.evidence import kept_files


@pytest.fixture
def stranger(db):
    """Somebody signed in who has no role anywhere."""
    return make.person()


@pytest.fixture
def no_files():
    """Removes the files that the test has kept."""
    yield
    for each in kept_files():
        each.unlink()
