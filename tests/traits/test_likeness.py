"""Copied texts are told as difflib tells them, pair by pair, whatever the bounds before it rule out."""

import random
from difflib import SequenceMatcher
from itertools import combinations

import pytest

from traits.analysis import alike_pairs
from traits.analysis.likeness import _near, _signs_of

WORDS = ["we", "want", "the", "one", "claims", "open", "format", "data", "кот", "価格", "標準", "共有", "élan", "ça"]
CHANGED = "abе xz🙂"


def _pair_by_pair(texts):
    return [
        (one, other)
        for one, other in combinations(range(len(texts)), 2)
        if SequenceMatcher(None, texts[one], texts[other], autojunk=False).ratio() >= 0.8
    ]


def _copied(chance, text):
    letters = list(text)
    for _change in range(chance.randint(0, 1 + len(letters) // chance.choice((2, 4, 8)))):
        at = chance.randrange(len(letters) + 1)
        letters[at : at + chance.randrange(2)] = chance.choice(CHANGED) if chance.random() < 0.6 else ""
    return "".join(letters)


def _texts(chance):
    texts = []
    for _text in range(chance.randint(0, 12)):
        if texts and chance.random() < 0.5:
            texts.append(_copied(chance, chance.choice(texts)))
        elif chance.random() < 0.3:
            texts.append("".join(chance.choices("ab", k=chance.randint(0, 30))))
        else:
            texts.append(" ".join(chance.choices(WORDS, k=chance.randint(0, 20))))
    return texts


@pytest.mark.parametrize("seed", range(40))
def test_the_same_pairs_as_difflib_finds(seed):
    texts = _texts(random.Random(seed))
    assert alike_pairs(texts) == _pair_by_pair(texts)


@pytest.mark.parametrize(
    ("texts", "pairs"),
    [
        ([], []),
        (["we want it"], []),
        (["", ""], [(0, 1)]),
        (["", "a"], []),
        (["abcde", "abcdx"], [(0, 1)]),  # 2 · 4 of 10 letters: 0.8
        (["abcdefghi", "abcdefgxy"], []),  # 2 · 7 of 18: less
        (["long " * 200, "long " * 200, "long " * 100], [(0, 1)]),
        (["\ud800 half a letter", "\ud800 half a letter"], [(0, 1)]),
    ],
)
def test_at_the_edges(texts, pairs):
    assert alike_pairs(texts) == pairs


def test_texts_in_which_only_the_letters_agree_never_come_to_difflib():
    """Members' own words on a few topics: the same letters as often, in another order."""
    chance = random.Random(5)
    words = ["we", "pay", "clerks", "to", "retype", "what", "arrives", "on", "paper", "one", "open", "format"]
    texts = [_signs_of(" ".join(chance.choices(words, k=60))) for _text in range(40)]
    texts.sort(key=len)
    assert _near(texts) == []
