"""What is sealed opens as it was said, also what was sealed before members could say more."""

import json
from dataclasses import replace
from uuid import uuid4

from cryptography.fernet import Fernet

from alliance import schemas, sealing

FIGURES = sealing.Figures(
    "USD", sealing.Range(200, 300, 400), sealing.Range(50, 100, 150), sealing.Range(0, 50, 60), "Books.", alone=7654
)


def test_what_it_would_cost_alone_is_sealed_and_has_no_part_in_the_net():
    member = uuid4()
    ciphertext = sealing.seal(FIGURES, member=member, version=1)
    assert "7654" not in ciphertext
    assert sealing.unseal(ciphertext, member=member, version=1) == FIGURES
    assert FIGURES.net() == replace(FIGURES, alone=None).net() == sealing.Range(-10, 150, 350)


def test_what_was_sealed_before_it_could_be_said_opens_as_not_said(settings):
    member = uuid4()
    document = json.loads(
        f'{{"kind": "promise", "member": "{member}", "version": 3, "currency": "USD", "basis": "Books.",'
        ' "benefit": [200, 300, 400], "cost": [50, 100, 150], "fall_back": [0, 50, 60]}'
    )
    old = Fernet(settings.WORKSHEET_KEYS[0]).encrypt(json.dumps(document).encode()).decode()
    assert sealing.unseal(old, member=member, version=3) == replace(FIGURES, alone=None)


def test_a_file_may_say_it_and_need_not():
    range_ = {"low": 1, "base": 2, "high": 3}
    said = {"currency": "USD", "benefit": range_, "cost": range_, "fall_back": range_, "basis": "Books."}
    assert sealing.figures_of(schemas.Figures(**said)).alone is None
    assert sealing.figures_of(schemas.Figures(**said, alone=0)).alone == 0
