"""`badge-governance`: what the committee needs of a command line."""

import signal
from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Annotated

import typer

from engine.cli.console.application import application
from engine.cli.console.guard import guarded
from engine.metrics_reader import answering
from engine.observability import configure, logger
from engine.probes import probes
from engine.settings import SettingsError
from engine.store.postgres.connection import DatabaseUnreachable
from engine.store.postgres.schema import SchemaBusy, SchemaMissing
from governance import bootstrap, settings
from governance import minutes as minutes_of
from governance.audit import daily, quarterly, sample
from governance.cases import rules_in_force
from governance.commands import auditing, calibrating, drawing, fairness_report, freezing, rewarding
from governance.commands import people as people_commands
from governance.committee import Committee, Sitting
from governance.errors import BadCaseKeys, CaseRefused, OfficerChanged
from governance.panels import beacons
from governance.process.computed_work import ComputedWork
from governance.rewards import cycles
from governance.rules import deadlines
from governance.rules.panels import flow
from governance.rules.panels.weeks import BadWeek, Week
from governance.rules.quarters import BadQuarter, Quarter
from governance.store import log as case_log
from governance.store.log import LogBroken
from governance.store.people import ROLES, Role
from governance.store.sealing import SealBroken

log = logger("governance.cli")  # run with -m, its name is another

app = application(
    "badge-governance",
    "Cases that a committee decides: from application to a decision that is published. Settings "
    "come from the environment: KAFKA_BOOTSTRAP, BADGE_GOVERNANCE_*. Exit codes: 0 done, 2 wrong "
    "usage, 1 anything else.",
)


@app.command()
def run() -> None:
    """Let cases go on by themselves and publish decisions until SIGTERM or Ctrl-C; then finish and
    exit 0. Waits for what is not there yet."""
    loaded = settings.load()
    loaded.check()
    configure(loaded.engine.log_format, loaded.engine.log_level)
    with (
        bootstrap.process(loaded, ComputedWork(), flow.solve) as process,
        bootstrap.readiness(loaded) as readiness,
        bootstrap.metrics_read(loaded) as read,
        answering(read),
    ):
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: process.stop())
        with probes(loaded.metrics_host, loaded.metrics_port, readiness):
            process.run()
    log.info("stopped")


@app.command()
def migrate() -> None:
    """Make or update the schema. DATABASE_URL names its owner; `badge-web migrate` does it too."""
    typer.echo(f"governance: schema {bootstrap.migrate(settings.load())}")


@app.command("verify-log")
def verify_log() -> None:
    """Check every entry of the log against the one before; print where the log ends."""
    with _committee("verify") as committee, committee.sitting() as sitting:
        end = case_log.verify(sitting.tx)
    typer.echo(f"{end.entries} entries, each as it was written; the log ends at {end.head}")


@app.command()
def people(
    program: Annotated[str, typer.Option(metavar="ID", help="Whose committee.")],
    appoint: Annotated[
        str | None, typer.Option(metavar="PARTICIPANT", help="Give somebody roles, and no others.")
    ] = None,
    role: Annotated[
        list[str] | None,
        typer.Option(metavar="ROLE", help="member, chair, auditor, reviewer or bench; repeatable."),
    ] = None,
    until: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="The last day of their term; else without end."),
    ] = None,
    by: Annotated[str, typer.Option(metavar="NAME", help="Who appoints, for the log.")] = "",
) -> None:
    """List who governs a program, or appoint somebody: the first chair, say. Afterwards
    coordinators do it on a page."""
    with _committee("people") as committee, committee.sitting() as sitting:
        if appoint is None:
            for line in people_commands.listed(sitting, program):
                typer.echo(line)
            return
        if not by:
            raise typer.BadParameter("say --by NAME: the log has who appointed them")
        day = until.date() if until else None
        roles = _roles(role or ())
        typer.echo(people_commands.appoint(sitting, program, appoint, roles, day, by))


@app.command()
def freeze(
    program: Annotated[str, typer.Option(metavar="ID", help="Whose committee.")],
    case: Annotated[str, typer.Option(metavar="UUID", help="Which case.")],
) -> None:
    """Freeze the evidence of an acknowledged case, or again of one whose ground has changed."""
    with _committee("freeze") as committee, committee.sitting() as sitting:
        line = freezing.freeze(sitting, program, case)
    typer.echo(line)


@app.command()
def audit(
    program: Annotated[str, typer.Option(metavar="ID", help="Whose committee.")],
    quarter: Annotated[
        str | None,
        typer.Option(metavar="2026-Q3", help="Check all that was decided then, and draw a sample."),
    ] = None,
) -> None:
    """Look at all decisions in force, and open cases for those whose ground fell away. With a
    quarter: check that all went by the rules. Exit code 1 if something did not."""
    asked = _quarter(quarter) if quarter is not None else None
    with _committee("audit") as committee, committee.sitting() as sitting:
        if asked is None:
            findings = daily.audit(sitting, program)
            lines = list(auditing.daily_lines(findings))
            is_clean = all(finding.holds for finding in findings)
        else:
            breaches = quarterly.audit(sitting, program, asked)
            sample.draw(sitting, program, asked)
            drawn = sample.result(sitting, program, str(asked))
            lines = list(auditing.quarterly_lines(asked, breaches, drawn))
            is_clean = not breaches
    for line in lines:
        typer.echo(line)
    if not is_clean:
        raise typer.Exit(1)


@app.command()
def fairness(
    program: Annotated[str, typer.Option(metavar="ID", help="Whose report.")],
    quarter: Annotated[
        str | None,
        typer.Option(metavar="2026-Q3", help="Of which quarter; else the last that is over."),
    ] = None,
    publish: Annotated[
        bool, typer.Option("--publish", help="Publish it, once and for good.")
    ] = False,
) -> None:
    """Print how far groups of mentors come: the published report if there is
    one."""
    asked = _quarter(quarter) if quarter is not None else None
    with _committee("fairness") as committee, committee.sitting() as sitting:
        lines = list(fairness_report.lines(sitting, program, asked, publish=publish))
    for line in lines:
        typer.echo(line)


@app.command()
def draw(
    program: Annotated[str, typer.Option(metavar="ID", help="Whose committee.")],
    week: Annotated[
        str | None, typer.Option(metavar="2026-W48", help="Which week; else the present one.")
    ] = None,
) -> None:
    """Draw panels now for the cases that lack nothing but reviews; the process does it once a week
    by itself. Prints the seed, the cost and a digest of the inputs, and names nobody."""
    with _committee("draw") as committee, committee.sitting() as sitting:
        lines = drawing.draw(sitting, program, _week(sitting, program, week))
    for line in lines:
        typer.echo(line)


@app.command("verify-draw")
def verify_draw(
    program: Annotated[str, typer.Option(metavar="ID", help="Whose committee.")],
    which: Annotated[
        str | None, typer.Option("--draw", metavar="UUID", help="Which draw; else list them.")
    ] = None,
    by: Annotated[str, typer.Option(metavar="NAME", help="Who verifies, for the log.")] = "",
) -> None:
    """Compute a draw again: its seed from the log, its inputs from their digest, its seats by
    another solver. What is sealed is opened, and the log says by whom. Exit code 1 if something
    does not hold."""
    with _committee("verify-draw") as committee, committee.sitting() as sitting:
        if which is None:
            lines, holds = list(drawing.listed(sitting, program)), True
        elif not by:
            raise typer.BadParameter("say --by NAME: the log has who opened it")
        else:
            lines, holds = drawing.verify(sitting, program, which, by)
    for line in lines:
        typer.echo(line)
    if not holds:
        raise typer.Exit(1)


@app.command()
def beacon(
    program: Annotated[str, typer.Option(metavar="ID", help="Whose committee.")],
    about: Annotated[
        str,
        typer.Option("--for", metavar="WEEK", help="Of a week, or of REWARD/CYCLE."),
    ],
    value: Annotated[str, typer.Option(metavar="TEXT", help="What the beacon showed, on a line.")],
    by: Annotated[str, typer.Option(metavar="MEMBER", help="Who enters it: a member.")],
) -> None:
    """Enter the value of a public beacon, such as a lottery's numbers, before a draw: its seed is
    made of it, too, so nobody who writes the log can choose the seed."""
    with _committee("beacon") as committee, committee.sitting() as sitting:
        beacons.enter(sitting, program, about, by, value)
    typer.echo(f"entered for {about}; the seed of that draw is made of it, too")


@app.command()
def minutes(
    program: Annotated[str, typer.Option(metavar="ID", help="Whose committee.")],
    seal: Annotated[bool, typer.Option("--seal", help="Store them, and their hash.")] = False,
    by: Annotated[str, typer.Option(metavar="NAME", help="Who seals, for the log.")] = "",
) -> None:
    """Print the minutes of what happened since the last ones; they name nobody."""
    if seal and not by:
        raise typer.BadParameter("say --by NAME: the log has who sealed them")
    with _committee("minutes") as committee, committee.sitting() as sitting:
        made = (
            minutes_of.seal(sitting, program, by) if seal else minutes_of.drafted(sitting, program)
        )
    typer.echo(made.document, nl=False)
    typer.echo(f"SHA-256: {made.digest}")


@app.command()
def calibrate(
    program: Annotated[str, typer.Option(metavar="ID", help="Whose reviewers.")],
    close: Annotated[
        str | None,
        typer.Option(metavar="UUID", help="Close this calibration first; else its last day does."),
    ] = None,
) -> None:
    """Compare what raters gave anchors in calibrations that are closed, and print how far they
    agree, row by row. The process does it by itself."""
    with _committee("calibrate") as committee, committee.sitting() as sitting:
        lines = list(calibrating.calibrate(sitting, program, close))
    for line in lines:
        typer.echo(line)


def _week(sitting: Sitting, program: str, text: str | None) -> Week:
    if text is None:
        calendar = rules_in_force.in_force(sitting, program).calendar
        return Week.of(deadlines.day_of(calendar, sitting.now))
    try:
        return Week.parse(text)
    except BadWeek as error:
        raise typer.BadParameter(str(error)) from None


@app.command()
def rewards(
    program: Annotated[str, typer.Option(metavar="ID", help="Whose rewards.")],
    held: Annotated[bool, typer.Option("--held", help="Only list the cycles that were held.")] = (
        False
    ),
) -> None:
    """Hold the cycles of rewards that have begun: grant what is for all, and draw lotteries. The
    process does it by itself."""
    with _committee("rewards") as committee, committee.sitting() as sitting:
        if held:
            lines = list(rewarding.held_lines(sitting, program))
        else:
            lines = list(rewarding.begun_lines(cycles.begin_due(sitting, program)))
    for line in lines:
        typer.echo(line)


@app.command()
def bench(
    program: Annotated[str, typer.Option(metavar="ID", help="Whose bench.")],
    by: Annotated[str, typer.Option(metavar="NAME", help="Who asks, for the log.")],
    confirm: Annotated[
        str | None, typer.Option(metavar="UUID", help="Confirm this whole proposal.")
    ] = None,
) -> None:
    """Print the proposal for the bench; it is drawn, if there is none."""
    _proposal("bench", program, by, confirm)


@app.command()
def pair(
    program: Annotated[str, typer.Option(metavar="ID", help="Whose mentors.")],
    by: Annotated[str, typer.Option(metavar="NAME", help="Who asks, for the log.")],
    confirm: Annotated[
        str | None, typer.Option(metavar="UUID", help="Confirm this whole proposal.")
    ] = None,
) -> None:
    """Print the proposal for pairings of experienced mentors with newcomers; it is drawn, if there
    is none."""
    _proposal("pair", program, by, confirm)


def _proposal(kind: str, program: str, by: str, confirm: str | None) -> None:
    with _committee(kind) as committee, committee.sitting() as sitting:
        if confirm is not None:
            lines = list(rewarding.confirmed_lines(sitting, program, kind, confirm, by))
        elif kind == "bench":
            lines = list(rewarding.bench_lines(sitting, program, by))
        else:
            lines = list(rewarding.pair_lines(sitting, program, by))
    for line in lines:
        typer.echo(line)


def _quarter(text: str) -> Quarter:
    try:
        return Quarter.parse(text)
    except BadQuarter as error:
        raise typer.BadParameter(str(error)) from None


def _roles(named: Sequence[str]) -> list[Role]:
    if unknown := sorted(set(named) - set(ROLES)):
        raise typer.BadParameter(f"no role is called {', '.join(unknown)}: {', '.join(ROLES)}")
    return [role for role in ROLES if role in named]


def _committee(what: str) -> AbstractContextManager[Committee]:
    """The committee of a command; PostgreSQL shows its connections as this."""
    return bootstrap.committee(settings.load(), f"badge-governance-{what}")


USAGE = (SettingsError,)
EXPECTED = (
    BadCaseKeys,
    CaseRefused,
    DatabaseUnreachable,
    LogBroken,
    OfficerChanged,
    SchemaBusy,
    SchemaMissing,
    SealBroken,
)
"""What ends a command with one message; docs/operating.md says what to do."""


def main() -> None:
    """The console script."""
    guarded(app, USAGE, EXPECTED)


if __name__ == "__main__":
    main()
