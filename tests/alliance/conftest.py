import pytest

from tests import factories as make


@pytest.fixture
def stranger(db):
    """Somebody signed in who has no role anywhere."""
    return make.person()
