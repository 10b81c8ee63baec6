"""One quick look leaves out no text in which the scan for forbidden subjects would find something."""

import random

import pytest

from alliance import rules

LETTERS = {"i": "iIİı", "s": "sSſ", "k": "kKK", "e": "eEｅＥ", "p": "pPｐ", "r": "rR", "a": "aA", "w": "wWＷ"}
PIECES = [
    "price", "tariffs", "rebates", "margins", "customer lists", "share the customers", "third of the markets", "bids",
    "output limits", "rig the bids", "cover bid", "wages", "salaries", "no-poach", "staff pay", "prize", "tariffic",
]  # fmt: skip


def _spelled(chance, text):
    return "".join(chance.choice(LETTERS.get(letter, letter)) for letter in text)


@pytest.mark.parametrize("seed", range(30))
def test_what_any_pattern_finds_is_looked_at(seed):
    chance = random.Random(seed)
    texts = [_spelled(chance, f"We {chance.choice(PIECES)} {chance.choice(PIECES)}.") for _text in range(30)]
    plain = [rules._plainly(text) for text in texts]
    found = [text for text in plain if any(pattern.search(text) for pattern in rules._SCANS.values())]
    assert set(found) <= set(rules.touching(texts))
    assert found


@pytest.mark.parametrize(
    "text", ["PRİCES", "tarıffs", "ｗａｇｅｓ", "waſge bidſ, cover bidſ", "bid-rİgging", "no poaching"]
)
def test_odd_letters_are_read_as_plain_ones(text):
    assert rules.scan([text])


def test_most_texts_are_left_out():
    assert rules.touching(["One open format for all claims.", "We agree on prices."]) == ["We agree on prices."]
