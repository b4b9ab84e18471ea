"""What each role of a people process may do in the database, compared with what roles.sql gives.

Too few rights break a page; too many give what leaks from one connection to the others. Rights on
single columns are left to roles.sql: they let nothing be read.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import Engine

from engine.store.postgres.connection import Transaction, transaction

SCHEMAS = ("public", "web", "directory", "notify", "governance")
PRIVILEGES = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE")
_HIDDEN = frozenset({"messages", "note_keys", "dead_letters", "outbox"})
_ALL = frozenset({"SELECT", "INSERT", "UPDATE", "DELETE"})
_ADD = frozenset({"SELECT", "INSERT"})
_READ = frozenset({"SELECT"})

Given = Mapping[str, frozenset[str]]
"""Rights by relation; "*" of those that are not named."""

RIGHTS: Mapping[str, Mapping[str, Given]] = {
    "badge_reader": {"public": {"*": _READ, **dict.fromkeys(_HIDDEN, frozenset[str]())}},
    "badge_people": {
        "web": {
            "*": _ALL,
            **dict.fromkeys(("schema_version", "note_reads", "note_reports"), _READ),
            **dict.fromkeys(("shares", "credentials", "status_lists"), _ADD),
            **dict.fromkeys(("jobs", "ops_sessions"), frozenset[str]()),
        },
        "directory": {"*": _READ},
        "notify": {
            "preferences": _ALL,
            **dict.fromkeys(
                ("schema_version", "items", "notices", "invitations", "bad_addresses", "case_news"),
                _READ,
            ),
        },
    },
    "badge_notes": {
        "public": {
            "messages": _READ,
            "note_keys": frozenset({"SELECT", "INSERT", "UPDATE"}),
            "audit_log": _ADD,
            "schema_version": _READ,
        },
        "web": {
            "note_reads": _ADD,
            "note_reports": frozenset({"SELECT", "INSERT", "UPDATE"}),
            "removals": frozenset({"INSERT"}),
        },
        "directory": {"erased": _READ},
        "notify": {"items": frozenset({"INSERT"})},
    },
    "badge_governance": {
        "governance": {
            "*": _ADD,
            "schema_version": _READ,
            **dict.fromkeys(("people", "conflicts", "cases", "audits"), _ADD | {"UPDATE"}),
        },
        "directory": dict.fromkeys(("programs", "participants", "erased", "schema_version"), _READ),
        "notify": {
            "case_news": _ADD,
            "items": frozenset({"INSERT"}),
            **dict.fromkeys(("preferences", "schema_version"), _READ),
        },
    },
}


@dataclass(frozen=True, slots=True)
class Held:
    """What a role may do with a relation, and what it is for."""

    relation: str
    held: frozenset[str]
    wanted: frozenset[str]


def faults(pool: Engine, role: str) -> Iterator[str]:
    """What is wrong with the rights of those who connect over this pool, in sentences."""
    with transaction(pool) as tx:
        row = tx.one(
            "SELECT current_user::text, rolsuper OR rolcreaterole OR rolcreatedb OR rolbypassrls, "
            "EXISTS (SELECT FROM pg_auth_members WHERE member = pg_roles.oid) "
            "FROM pg_roles WHERE rolname = current_user"
        )
        assert row is not None
        name, powerful, member = row
        compared = list(_compared(tx, role)) if name == role else []
    if name != role:
        yield f"the address is of {name}; give that of {role}"
        return
    if powerful:
        yield f"{role} may change roles or databases; make it a role without"
    if member:
        yield f"{role} is a member of another role and has its rights; revoke that"
    for one in compared:
        if missing := one.wanted - one.held:
            yield f"lacks {_words(missing)} on {one.relation}"
        if extra := one.held - one.wanted:
            yield f"has {_words(extra)} on {one.relation}, too much"


def _compared(tx: Transaction, role: str) -> Iterator[Held]:
    rows = tx.rows(
        "SELECT n.nspname::text, c.relname::text, "
        "ARRAY(SELECT p FROM unnest(%s::text[]) p WHERE has_table_privilege(c.oid, p)) "
        "FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
        "WHERE n.nspname = ANY(%s) AND c.relkind IN ('r', 'p', 'v') ORDER BY 1, 2",
        list(PRIVILEGES), list(SCHEMAS),
    )  # fmt: skip
    for schema, relation, held in rows:
        given = RIGHTS[role].get(schema, {})
        wanted = given.get(relation, given.get("*", frozenset()))
        yield Held(f"{schema}.{relation}", frozenset(held), wanted)


def _words(rights: frozenset[str]) -> str:
    return ", ".join(privilege for privilege in PRIVILEGES if privilege in rights)
