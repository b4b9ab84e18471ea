"""A program with badges and with everybody described, in a database of its own."""

from sqlalchemy.engine import make_url

from benchmarks import boards
from benchmarks.growth.cold import settle
from directory.migrations import CHAIN as DIRECTORY
from engine.store.postgres import schema
from engine.store.postgres.connection import Transaction, connect, transaction
from governance.migrations import CHAIN as GOVERNANCE
from notifier.migrations import CHAIN as NOTIFIER
from web.database import roles
from web.migrations import CHAIN as WEB

_PEOPLE = (("mentee", "Ada"), ("mate", "Max"))
_TOLD = "now(), 0, 0, now()"


def build(url: str, loops: int) -> int:
    """Make the program of benchmarks.boards in an empty database, with the schemas and roles of the
    pages, and describe all of it; gives the number of its awards."""
    awards = boards.build(url, loops)
    owner = connect(url, "badge-web-bench")
    for chain in (DIRECTORY, NOTIFIER, GOVERNANCE, WEB):
        schema.migrate(owner, chain=chain)
    with transaction(owner) as tx:
        roles.make(tx)
        _describe(tx, loops)
    owner.dispose()
    settle(url)
    return awards


def as_role(url: str, role: str) -> str:
    """The address of a database for one of its roles."""
    return make_url(url).set(username=role).render_as_string(hide_password=False)


def _describe(tx: Transaction, loops: int) -> None:
    """As the directory's feed would leave it."""
    program, everywhere, last = boards.PROGRAM, boards.EVERYWHERE, loops - 1
    tx.execute(
        f"INSERT INTO directory.programs VALUES (%s, %s::jsonb, {_TOLD})",
        program, f'{{"program_id": "{program}", "name": "Program", "self_match": true}}',
    )  # fmt: skip
    person = (
        "INSERT INTO directory.participants (program, participant, display_name, given_name, "
        'roles, active, told_at, lane, "offset", published_at) '
    )
    tx.execute(
        f"{person} VALUES (%s, %s, 'Zoe Everywhere', 'Zoe', ARRAY['mentor'], true, {_TOLD})",
        program, everywhere,
    )  # fmt: skip
    for role, given in _PEOPLE:
        tx.execute(
            f"{person} SELECT %s, '{role}-' || lpad(n::text, 5, '0'), "
            # The dev issuer offers the first 500 by name.
            f"'{given} ' || lpad(n::text, 5, '0'), '{given}', "
            f"ARRAY['mentee'], true, {_TOLD} FROM generate_series(0, %s) n",
            program, last,
        )  # fmt: skip
    tx.execute(
        "INSERT INTO directory.loops SELECT %s, 'loop-' || lpad(n::text, 5, '0'), 'Loop ' || n, "
        f"'group', 'open', {_TOLD} FROM generate_series(0, %s) n",
        program, last,
    )  # fmt: skip
    for member in ("%s", *(f"'{role}-' || lpad(n::text, 5, '0')" for role, _ in _PEOPLE)):
        tx.execute(
            "INSERT INTO directory.members "
            f"SELECT %s, 'loop-' || lpad(n::text, 5, '0'), {member}, NULL "
            "FROM generate_series(0, %s) n",
            program, *([everywhere] if member == "%s" else []), last,
        )  # fmt: skip
