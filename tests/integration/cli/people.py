"""Ann holds everything there is to hold in the loop "loop"; Bob holds nothing and has begun a
little; Cyd is certified and in no loop. One of Bob's meetings was retracted."""

from tests.support.given import (
    MEETING,
    kudos,
    meeting,
    milestone,
    quiz,
    reflection,
    retracted,
    survey,
)

KINDS = ("trust", "networking", "expertise", "commitment", "creativity")
MILESTONES = ("matched", "first-meeting", "grow-together", "levelling-up")
PRIVATE = "the words that are for Ann alone"
PRIVATE_OF_BOB = "what Bob said to himself"

STORY = (
    *(meeting(f"m{n}", "ann", "dan", at=n) for n in range(1, 16)),
    *(survey(f"s{n}", "dan", "ann", at=n) for n in range(1, 10)),
    reflection("r1", "ann", at=2),
    quiz("q1", "ann", at=3),
    quiz("q2", "cyd", at=4),
    *(milestone(f"c-{name}", "ann", name, at=5) for name in MILESTONES),
    *(kudos(f"k-{kind}", "dan", "ann", kind, at=6, message=PRIVATE) for kind in KINDS),
    meeting("b1", "bob", at=7),
    meeting("b2", "bob", at=8),
    milestone("c-bob", "bob", "matched", at=9),
    survey("s-bob", "dan", "bob", at=9),
    retracted(MEETING, "b2", at=20),
    kudos("k-self", "bob", "bob", "trust", at=10, message=PRIVATE_OF_BOB),
)
