"""Who gets seats, and who may sign, a second time: read off the rules in the longest way."""

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta

from governance.rules.seats import SeatsWanted, Sitter
from governance.rules.signing import Signer


def naive_seats(wanted: SeatsWanted, sitters: Sequence[Sitter]) -> tuple[str, ...]:
    """Pick one after the other the best of those who are left."""
    able_members = 0
    for sitter in sitters:
        if sitter.on_bench or sitter.member == wanted.subject:
            continue
        if sitter.member in wanted.recused or not _at_work(sitter, wanted):
            continue
        able_members += 1
    with_bench = wanted.bench_too or able_members < wanted.quorum
    left = []
    for sitter in sitters:
        if sitter.member == wanted.subject or sitter.member in wanted.recused:
            continue
        if sitter.member in wanted.unfit or not _at_work(sitter, wanted):
            continue
        if sitter.on_bench and not with_bench:
            continue
        left.append(sitter)
    picked: list[str] = []
    while len(picked) < wanted.number:
        if not left:
            return ()
        best = left[0]
        for sitter in left[1:]:
            if _before(wanted, sitter, best):
                best = sitter
        left.remove(best)
        picked.append(best.member)
    return tuple(picked)


def naive_may_sign(
    signer: Signer, outcome: str, offered: Sequence[str], has_statement: bool, now: datetime
) -> bool:
    """Whether nothing speaks against it."""
    if signer.authenticated_at is None:
        return False
    seconds = (now - signer.authenticated_at) / timedelta(seconds=1)
    fine = [
        signer.member != signer.subject,
        signer.seated,
        signer.opened,
        not signer.recused,
        seconds <= 300,
        seconds >= -60,
        outcome in offered,
        has_statement or outcome in ("granted", "renewed"),
    ]
    return fine.count(False) == 0


def _at_work(sitter: Sitter, wanted: SeatsWanted) -> bool:
    if sitter.term_until is not None and wanted.today > sitter.term_until:
        return False
    return sitter.leave_until is None or wanted.today > sitter.leave_until


def _before(wanted: SeatsWanted, one: Sitter, other: Sitter) -> bool:
    if (one.member in wanted.rather_not) != (other.member in wanted.rather_not):
        return other.member in wanted.rather_not
    if one.load != other.load:
        return one.load < other.load
    return _hash(wanted, one) < _hash(wanted, other)


def _hash(wanted: SeatsWanted, sitter: Sitter) -> str:
    text = wanted.case_id + "\x1f" + sitter.member
    return hashlib.sha256(text.encode()).hexdigest()
