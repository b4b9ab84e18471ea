"""What the mentors of a demonstration declare: the hours that they give in a month.

An invention, near to their loops: tomas is there part-time, ruth sits on the committee, kofi has
just begun; noor and wei had three learners at once. Priya declares nothing.
"""

from governance.fairness import declaring
from web.demo.past import PastSittings

DECLARED: dict[str, str] = {
    "amara": "5-to-10-hours",
    "dana": "under-5-hours",
    "erik": "5-to-10-hours",
    "imani": "5-to-10-hours",
    "jonas": "5-to-10-hours",
    "kofi": "under-5-hours",
    "lena": "under-5-hours",
    "mateo": "5-to-10-hours",
    "noor": "over-10-hours",
    "ruth": "under-5-hours",
    "sofia": "under-5-hours",
    "tomas": "under-5-hours",
    "wei": "over-10-hours",
}


def make(past: PastSittings) -> None:
    """Let them declare it.

    Raises:
        DatabaseUnreachable
    """
    past.ago(200)
    for name, hours in DECLARED.items():
        past.do(declaring.declare, name, {"commitment": hours})
