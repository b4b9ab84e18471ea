"""`badge-web doctor`: nothing is wrong with what was set up, and each thing broken once."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from pydantic import SecretStr

from engine.cli.console.checks import Check
from engine.settings import Settings
from events import sealing
from governance.store import cases
from governance.store import sealing as sealing_of_cases
from governance.store.cases import Case
from notifier import unsubscribe
from tests.integration.web.people_surface import PeopleSurface
from tests.support.case_keys import case_keys
from tests.support.issuing import NOW
from web.database import roles
from web.doctor import rights
from web.doctor.examine import examine
from web.identity.tokens.fetching import IssuerAnswer, IssuerAway
from web.settings import WebSettings


@pytest.fixture
def settings(empty_surface: PeopleSurface) -> Iterator[WebSettings]:
    yield empty_surface.settings
    with empty_surface.harness.transaction() as tx:
        roles.make(tx)


def examined(
    surface: PeopleSurface, settings: WebSettings, fetch: Any = None, **changes: Any
) -> dict[str, list[Check]]:
    checks: dict[str, list[Check]] = {}
    given = {name: getattr(settings, name) for name in WebSettings.model_fields}
    changed = WebSettings.model_validate({**given, "now_file": None, **changes})
    for check in examine(changed, fetch or surface.issuer):
        checks.setdefault(check.what, []).append(check)
    return checks


def wrong(checks: Mapping[str, list[Check]]) -> dict[str, str]:
    return {
        what: " ".join(check.text for check in found if check.good is False)
        for what, found in checks.items()
        if any(check.good is False for check in found)
    }


def kafka_settings(**values: Any) -> Settings:
    return Settings.model_construct(**{**Settings().model_dump(), **values})


@pytest.mark.kafka
def test_nothing_is_wrong_with_what_was_set_up(
    kafka: str, empty_surface: PeopleSurface, settings: WebSettings
) -> None:
    from engine.stream.offsets import topics

    engine = kafka_settings(
        kafka_bootstrap=kafka, activity_topic="doctor.activity", awards_topic="doctor.awards"
    )
    topics.create(engine)
    checks = examined(empty_surface, settings, engine=engine)
    assert wrong(checks) == {}
    assert [check.text for check in checks["topic"]] == [
        "doctor.activity: may write",
        "doctor.awards: may read",
    ]
    without = kafka_settings(kafka_bootstrap=kafka, awards_topic="doctor.none")
    assert (
        "`badge-web migrate`" in wrong(examined(empty_surface, settings, engine=without))["topic"]
    )


def test_doctor_knows_the_rights_that_the_roles_get(
    empty_surface: PeopleSurface, settings: WebSettings
) -> None:
    checks = examined(empty_surface, settings)
    for role in rights.RIGHTS:
        assert [check.good for check in checks[role]] == [True], checks[role]


@pytest.mark.parametrize(
    ("statement", "role", "said"),
    [
        ("GRANT SELECT ON messages TO badge_reader", "badge_reader", "SELECT on public.messages"),
        ("GRANT DELETE ON awards TO badge_reader", "badge_reader", "DELETE on public.awards"),
        ("REVOKE SELECT ON awards FROM badge_reader", "badge_reader", "lacks SELECT on public.aw"),
        ("GRANT SELECT ON awards TO badge_people", "badge_people", "SELECT on public.awards, too"),
        ("GRANT DELETE ON web.shares TO badge_people", "badge_people", "DELETE on web.shares, too"),
        ("REVOKE ALL ON web.gifts FROM badge_people", "badge_people", "lacks SELECT, INSERT, UPD"),
        ("GRANT DELETE ON audit_log TO badge_notes", "badge_notes", "DELETE on public.audit_log"),
        ("REVOKE ALL ON note_keys FROM badge_notes", "badge_notes", "lacks SELECT, INSERT, UPDAT"),
        ("GRANT SELECT ON ledger TO badge_governance", "badge_governance", "SELECT on public.le"),
        ("GRANT SELECT ON governance.log TO badge_people", "badge_people", "SELECT on governance"),
    ],
)
def test_a_right_too_many_or_too_few_is_named(
    empty_surface: PeopleSurface, settings: WebSettings, statement: str, role: str, said: str
) -> None:
    with empty_surface.harness.transaction() as tx:
        tx.execute(statement)
    faults = wrong(examined(empty_surface, settings))
    assert said in faults[role]
    assert "`badge-web roles`" in faults[role]
    assert {name for name in faults if name.startswith("badge_")} == {role}


def test_cases_under_a_key_that_is_not_in_the_file_are_named(
    empty_surface: PeopleSurface, settings: WebSettings, tmp_path: Path
) -> None:
    assert wrong(examined(empty_surface, settings)).keys().isdisjoint({"key of cases", "cases"})
    made = case_keys().new()
    with empty_surface.harness.transaction() as tx:
        cases.insert(
            tx,
            Case(
                str(uuid4()), "acme", "wen", "master", "first", "final", NOW, "wen", NOW,
                wrapped_key=made.wrapped, kid=made.kid,
            ),
        )  # fmt: skip
    assert "cases" not in wrong(examined(empty_surface, settings))
    (tmp_path / "others").write_text(sealing_of_cases.new_key_set())
    faults = wrong(examined(empty_surface, settings, governance_key_file=tmp_path / "others"))
    assert made.kid in faults["cases"]
    faults = wrong(examined(empty_surface, settings, governance_key_file=tmp_path / "none"))
    assert "cannot be read" in faults["key of cases"]


def test_a_role_with_the_rights_of_another_is_named(
    empty_surface: PeopleSurface, settings: WebSettings
) -> None:
    with empty_surface.harness.transaction() as tx:
        tx.execute("GRANT badge_notes TO badge_reader")
    try:
        faults = wrong(examined(empty_surface, settings))
    finally:
        with empty_surface.harness.transaction() as tx:
            tx.execute("REVOKE badge_notes FROM badge_reader")
    assert "member of another role" in faults["badge_reader"]


def test_an_address_of_another_role_is_named(
    empty_surface: PeopleSurface, settings: WebSettings
) -> None:
    owner = SecretStr(empty_surface.harness.url)
    faults = wrong(examined(empty_surface, settings, reader_database_url=owner))
    assert "give that of badge_reader" in faults["badge_reader"]


def test_a_database_that_is_away_is_said_of_every_role(
    empty_surface: PeopleSurface, settings: WebSettings
) -> None:
    away = SecretStr("postgresql://badge_reader@127.0.0.1:1/none?connect_timeout=1")
    faults = wrong(examined(empty_surface, settings, reader_database_url=away))
    assert "badge_reader" in faults
    assert "badge_people" not in faults


def test_keys_that_do_not_fit_together_are_named(
    empty_surface: PeopleSurface, settings: WebSettings, tmp_path: Path
) -> None:
    public, _ = sealing.new_key_pair()
    other = kafka_settings(notes_public_key=json.dumps(public.jwk()))
    faults = wrong(examined(empty_surface, settings, engine=other))
    assert "is not the public part" in faults["key of notes"]


def test_a_missing_file_of_keys_is_named(
    empty_surface: PeopleSurface, settings: WebSettings, tmp_path: Path
) -> None:
    empty = tmp_path / "empty"
    empty.touch()
    for field, what in (
        ("notes_private_key_file", "key of notes"),
        ("signing_key_file", "signing key"),
        ("token_key_file", "key of links"),
    ):
        assert what in wrong(examined(empty_surface, settings, **{field: empty}))
        assert (
            "badge-web keys DIR" in wrong(examined(empty_surface, settings, **{field: None}))[what]
        )


def test_another_key_of_links_than_the_notifiers_is_named(
    empty_surface: PeopleSurface,
    settings: WebSettings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    other = tmp_path / "other"
    other.write_text(unsubscribe.new_key())
    monkeypatch.setenv("BADGE_NOTIFIER_TOKEN_KEY_FILE", str(other))
    assert "the same file" in wrong(examined(empty_surface, settings))["key of links"]


def test_an_issuer_that_is_away_or_another_is_named(
    empty_surface: PeopleSurface, settings: WebSettings
) -> None:
    def away(url: str, body: object = None, headers: object = None) -> IssuerAnswer:
        raise IssuerAway("the issuer does not answer: ConnectError")

    def another(url: str, body: object = None, headers: object = None) -> IssuerAnswer:
        return IssuerAnswer(200, b'{"issuer": "https://other.example"}')

    assert "does not answer" in wrong(examined(empty_surface, settings, away))["issuer"]
    assert "of another issuer" in wrong(examined(empty_surface, settings, another))["issuer"]


def test_a_mail_server_that_is_away_is_named(
    empty_surface: PeopleSurface, settings: WebSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BADGE_NOTIFIER_SMTP_URL", "smtp://127.0.0.1:1")
    monkeypatch.setenv("BADGE_NOTIFIER_FROM", "badges@example.org")
    monkeypatch.setenv("BADGE_NOTIFIER_PUBLIC_URL", "https://badges.example.org")
    monkeypatch.setenv("BADGE_NOTIFIER_TOKEN_KEY_FILE", str(settings.token_key_file))
    assert "away" in wrong(examined(empty_surface, settings))["mail server"]


def test_a_broker_that_is_away_is_named(
    empty_surface: PeopleSurface, settings: WebSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.doctor.broker._SECONDS", 0.5)
    away = kafka_settings(kafka_bootstrap="127.0.0.1:1")
    assert "does not answer" in wrong(examined(empty_surface, settings, engine=away))["Kafka"]
    none = kafka_settings(kafka_bootstrap=None)
    assert "never sent" in wrong(examined(empty_surface, settings, engine=none))["Kafka"]


def test_clocks_apart_are_named(
    empty_surface: PeopleSurface, settings: WebSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.doctor.examine.CLOCK_SECONDS", -1.0)
    assert "NTP" in wrong(examined(empty_surface, settings))["clock"]


def test_a_schema_that_is_behind_is_named(
    empty_surface: PeopleSurface, settings: WebSettings
) -> None:
    with empty_surface.harness.transaction() as tx:
        tx.execute("ALTER TABLE web.schema_version RENAME TO elsewhere")
    try:
        faults = wrong(examined(empty_surface, settings))
    finally:
        with empty_surface.harness.transaction() as tx:
            tx.execute("ALTER TABLE web.elsewhere RENAME TO schema_version")
    assert "migrate" in faults["schema"]


def test_a_credential_that_outlives_its_share_is_counted(
    empty_surface: PeopleSurface, settings: WebSettings
) -> None:
    with empty_surface.harness.transaction() as tx:
        tx.execute(
            "INSERT INTO web.status_lists (program, used) VALUES ('acme', 1);"
            "INSERT INTO web.shares (share_id, program, participant, award_id, revision, "
            "show_name, made, ended, why) VALUES ('late', 'acme', 'wen', gen_random_uuid(), 1, "
            "false, now() - interval '1 day', now() - interval '1 hour', 'revoked');"
            "INSERT INTO web.credentials (credential_id, share_id, subject_id, salt, list, index, "
            "signed, made) SELECT gen_random_uuid(), 'late', gen_random_uuid(), 's', max(list), 7, "
            "'jws', now() - interval '1 day' FROM web.status_lists"
        )
    assert "1 credentials are valid" in wrong(examined(empty_surface, settings))["status lists"]
