"""`badge-engine catalog`: check a catalog file, show a catalog, or change its texts."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from engine import bootstrap, settings
from engine.catalog import loader
from engine.catalog.differences import differences
from engine.catalog.model import Catalog
from engine.catalog.policy_source import KEYS as POLICY_KEYS
from engine.cli.console.decided_by import By, named
from engine.cli.console.exit_codes import Failed, Unusable
from engine.cli.console.tables import console, table
from engine.cli.rendering import catalog_policy, catalog_warnings
from engine.queries import wording
from engine.store import policies
from engine.store.generations import catalogs, labels
from engine.store.generations.labels import Label
from engine.store.postgres.connection import DatabaseUnreachable, transaction
from engine.store.postgres.schema import SchemaMissing

app = typer.Typer(no_args_is_help=True, help="Recognition programs as data.")

CatalogFile = Annotated[Path, typer.Argument(metavar="FILE", help="A catalog file (YAML).")]


@app.callback()
def _group() -> None:
    """Recognition programs as data."""


@app.command()
def check(
    name_or_path: Annotated[
        str, typer.Argument(metavar="NAME_OR_PATH", help="One that ships, or a catalog file.")
    ],
    strict: Annotated[bool, typer.Option("--strict", help="Exit 1 if there are warnings.")] = False,
) -> None:
    """Say that a catalog can be used, with its digest; or name every fault with its line.

    Warnings go to stderr. If DATABASE_URL is set, the stored catalogs are looked at too.
    """
    wanted = loader.find(name_or_path)
    typer.echo(
        f"ok: {wanted.name} version {wanted.version}, {len(wanted.badges)} badges, "
        f"{len(wanted.measures)} measures\ndigest {wanted.digest}"
    )
    if wanted.policy:
        typer.echo(f"policy {wanted.policy.digest}")
    warned = catalog_warnings.show(wanted) + _compare_with_stored(wanted)
    if strict and warned:
        raise Failed(f"warnings: {warned}; --strict allows none")


def _compare_with_stored(wanted: Catalog) -> int:
    loaded = settings.load()
    if loaded.database_url is None:
        return 0
    try:
        with bootstrap.database(loaded) as engine, transaction(engine) as tx:
            return catalog_warnings.show_namesakes(tx, wanted)
    except (DatabaseUnreachable, SchemaMissing) as error:
        return catalog_warnings.not_compared(error)


@app.command()
def show(
    name_or_path: Annotated[
        str | None,
        typer.Argument(metavar="NAME_OR_PATH", help="Default: that of BADGE_ENGINE_CATALOG."),
    ] = None,
    as_json: Annotated[
        bool,
        typer.Option("--json", help="What decides, as the one line whose SHA-256 is the digest."),
    ] = False,
) -> None:
    """Show badges, levels, and what they ask for in words."""
    catalog = loader.find(name_or_path or settings.load().catalog)
    if as_json:
        typer.echo(catalog.canonical_text)
    else:
        _show(catalog)


@app.command()
def retext(file: CatalogFile) -> None:
    """Give the stored catalog that decides like FILE the names, descriptions and version of FILE.
    The policy that it goes by stays.

    A catalog that decides differently is refused: moving programs to it takes a replay.
    """
    wanted = _read(file)
    with bootstrap.database(settings.load()) as engine, transaction(engine) as tx:
        done = catalogs.retext(tx, wanted)
        programs = labels.programs_under(tx, wanted.digest)
        stored = labels.in_use(tx)
        if done:
            catalog_warnings.show_namesakes(tx, wanted)
    if done:
        typer.echo(f"texts of {wanted.name} version {wanted.version} updated")
        typer.echo(f"programs under it: {', '.join(programs) or 'none'}")
        return
    raise Failed(_decides_otherwise(file, wanted, stored))


@app.command()
def policy(
    file: CatalogFile,
    reason: Annotated[str, typer.Option("--reason", help="Why. Audited.")],
    by: By = None,
) -> None:
    """Adopt the policy of FILE (its indicators, stages, rubrics, rewards, governance and watch) for
    the stored catalog that decides like FILE. No replay follows: no award rests on it.

    A catalog that decides differently is refused, and a rubric whose version was adopted before
    with other texts.
    """
    wanted = _read(file)
    if not wanted.policy:
        raise Unusable(f"{file} has no policy: none of {', '.join(POLICY_KEYS)}")
    digest = wanted.policy.digest
    with bootstrap.database(settings.load()) as engine, transaction(engine) as tx:
        try:
            before = policies.adopt(tx, wanted, named(by), reason).before
        except policies.RubricChanged as error:
            raise Failed(f"{file}: {error}") from None
        except policies.UnknownCatalog:
            raise Failed(_decides_otherwise(file, wanted, labels.in_use(tx))) from None
        programs = labels.programs_under(tx, wanted.digest)
    if before == digest:
        typer.echo(f"policy {digest} is in force already")
    else:
        typer.echo(f"policy {digest} adopted, was {before or 'none'}")
    typer.echo(f"programs under it: {', '.join(programs) or 'none'}")


@app.command("policies")
def show_policies() -> None:
    """Show the policies that programs go by, and who adopted which, when and why."""
    with bootstrap.database(settings.load()) as engine, transaction(engine) as tx:
        now, adoptions = policies.in_force(tx), policies.adoptions(tx)
    out = console()
    current = table("catalog", "digest", "policy", title="In force")
    for catalog in now:
        name = f"{catalog.name} version {catalog.version}"
        current.add_row(name, catalog.catalog[:12], (catalog.policy or "none")[:12])
    out.print(current)
    history = table("adopted", "policy", "for catalog", "by", "reason", title="History")
    for entry in adoptions:
        names = (str(entry.details[key])[:12] for key in ("policy", "catalog"))
        history.add_row(entry.at[:19], *names, entry.by, entry.reason)
    out.print(history)


def _decides_otherwise(file: Path, wanted: Catalog, stored: Mapping[str, Label]) -> str:
    """How a catalog differs from the one in use that is nearest to it."""
    compared = [(differences(loader.parse(text), wanted), label) for text, label in stored.items()]
    nearest, label = min(compared, key=lambda pair: len(pair[0]))
    lines = "".join(f"\n  {line}" for line in nearest)
    return (
        f"{file} decides differently from every catalog in the database; from {label}:{lines}\n"
        "To move programs to it: badge-replay plan"
    )


def _read(file: Path) -> Catalog:
    try:
        return loader.load(file)
    except OSError as error:
        raise Unusable(f"{file}: cannot be read: {error.strerror}") from None


def _show(catalog: Catalog) -> None:
    out = console()
    out.print(f"{catalog.name} version {catalog.version}\ndigest {catalog.digest}", soft_wrap=True)
    badges = table("badge", "scope", "level", "asks for", title="Badges")
    for badge in catalog.badges:
        name = f"{badge.title}\n{badge.name}" if badge.title != badge.name else badge.name
        scope: str = badge.scope
        for level, words in wording.criteria(badge):
            badges.add_row(name, scope, level or ("each" if badge.repeatable else "–"), words)
            name = scope = ""
        badges.add_section()
    out.print(badges)
    measures = table("measure", "folds", title="Measures")
    measures.columns[0].no_wrap = True
    for measure in catalog.measures:
        if measure.name not in catalog.repeatable:
            folds = f"{wording.aggregate(measure)} of {wording.facts(measure)}"
            measures.add_row(measure.name, f"{folds}, for its {measure.who.words()}")
    out.print(measures)
    if catalog.policy:
        catalog_policy.show(catalog.policy)
