"""What a member's six answers left for its own people: the words that preset its worksheet."""

from alliance.models import Member, MemberAnswers
from alliance.sealing import OwnWords, SealBroken, unseal_words


def own_words_of(member: Member) -> OwnWords:
    """The member's own words, for who acts for it; empty where there are none, or where they were sealed elsewhere."""
    answers = MemberAnswers.objects.filter(member=member).first()
    if answers is None or not answers.witnessed:
        return OwnWords()
    try:
        return unseal_words(answers.ciphertext, member=member.pk)
    except SealBroken:
        return OwnWords()


def has_spoken(member: Member) -> bool:
    """Has it answered, or stated a position, so that the questions are not asked any more?"""
    return MemberAnswers.objects.filter(member=member).exists() or member.positions.exists()
