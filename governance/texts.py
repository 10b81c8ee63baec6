"""The two texts that a holder binds themselves by. What is signed is one text in one language, known by its hash."""

from audit import chain

INDEPENDENCE = """\
I hold this seat as a person, for the alliance as a whole.

I decide by my own judgement. Nobody may tell me how to vote, and I will not ask my employer, or the member that \
appointed me, how to vote. I may ask anyone for facts.

My pay, my position and my prospects do not depend on how I vote here. Nobody may take this seat from me during my \
term because of a vote.

I disclose what could sway me, I step out of a decision in which I have a conflict, and I vote through nobody else.

If somebody tells me how to vote, or I learn that another holder was told, I report it.

I sign this again every year, and whenever I change my employer."""
INDEPENDENCE_HASH = chain.digest(INDEPENDENCE)

DECLARATION = (
    "This is my own judgement. Nobody told me how to vote, and I did not ask my employer how to vote. "
    "(Asking colleagues for facts is fine.)"
)
