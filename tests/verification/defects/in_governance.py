"""Defects of committees: who decides, on what evidence, when, and what is left of it."""

from tests.verification.defects.defect import Defect, DefectLevel
from tests.verification.defects.edit import Edit

_COMMITTEE = DefectLevel.COMMITTEE
_CHECK_SIGNER = "governance.rules.signing:refusal_of"
_SIGN = "governance.cases.signing:sign"
_OPEN_PACK = "governance.cases.desk:open_pack"


def _defect(name: str, what: str, check: str, *edits: Edit) -> Defect:
    return Defect(name, what, (check,), edits, _COMMITTEE)


DEFECTS = (
    _defect(
        "one-signature-enough",
        "a case is decided by one signature less than its stage asks for",
        "C1",
        Edit("governance.rules.seats:agreed", ">= approvers", ">= approvers - 1"),
    ),
    _defect(
        "old-signatures-count",
        "what was signed of a pack counts for the one that was frozen after it",
        "C1",
        Edit("governance.cases.seating:bench_of", "if each.number == case.pack and", "if"),
        Edit("governance.cases.deciding:decide", "if each.number == pack.number and", "if"),
    ),
    _defect(
        "recused-counted",
        "the signature of somebody who is recused since still counts",
        "C1",
        Edit("governance.cases.seating:bench_of", "and each.member not in recused", ""),
    ),
    _defect(
        "subject-seated",
        "a member may be assigned to a case of their own",
        "C12",
        Edit("governance.rules.seats:assigned", "and each.member != wanted.subject", ""),
    ),
    _defect(
        "recused-signs",
        "who is recused keeps their seat and may sign",
        "C2",
        Edit(
            "governance.cases.seating:recuse",
            'seats.leave(sitting.tx, case.case_id, member, "recused", sitting.now)',
            "pass",
        ),
        Edit(_CHECK_SIGNER, "if signer.recused:", "if False:"),
    ),
    _defect(
        "conflict-overlooked",
        "a conflict that came up after a seat was assigned is not looked for at signing",
        "C2",
        Edit("governance.cases.signing:_check_signer", "if member in conflicts:", "if False:"),
    ),
    _defect(
        "unread-signed",
        "a pack may be signed by who has not opened it",
        "C2",
        Edit(_CHECK_SIGNER, "if not signer.opened:", "if False:"),
    ),
    _defect(
        "signed-in-long-ago",
        "it does not matter how long ago somebody who signs has authenticated",
        "C2",
        Edit("governance.rules.signing:is_fresh", " <= FRESH", ""),
    ),
    _defect(
        "any-pack-signed",
        "the pack that somebody read is not compared with the one that they sign",
        "C3",
        Edit(_SIGN, "if pack.digest != asked.pack:", "if False:"),
    ),
    _defect(
        "ground-not-compared",
        "facts that changed since the pack was frozen are not noticed at signing",
        "C3",
        Edit(_SIGN, "if ground.digest != pack.ground:", "if False:"),
    ),
    _defect(
        "granted-with-open-line",
        "a stage may be granted while a line is open",
        "C4",
        Edit(_SIGN, "all_met=ground.all_met", "all_met=True"),
    ),
    _defect(
        "facts-before-the-rest",
        "facts are committed before the rest of what a decision writes",
        "C5",
        Edit(
            "governance.cases.deciding:_decided",
            "outbox.put(sitting.tx, facts, sitting.now)",
            'outbox.put(sitting.tx, facts, sitting.now); sitting.tx.execute("COMMIT")',
        ),
    ),
    _defect(
        "unconfirmed-marked",
        "a fact that Kafka did not confirm counts as published",
        "C5",
        Edit(
            "governance.process.publishing:publish",
            "at = publisher.confirmed(each.fact.event_id)",
            'at = publisher.confirmed(each.fact.event_id) or Confirmed("", 0, 0)',
        ),
    ),
    _defect(
        "ids-at-random",
        "the ids of facts, and of appeals, are drawn at random",
        "C6",
        Edit(
            "governance.rules.ids:_named",
            "uuid5(NAMESPACE, _SEPARATOR.join(parts))",
            '__import__("uuid").uuid4()',
        ),
    ),
    _defect(
        "sealed-not-hashed",
        "the log's hashes do not cover the sealed texts",
        "C7",
        Edit(
            "governance.store.log:LogEntry.covered",
            "None if self.sealed is None else self.sealed.hex()",
            "None",
        ),
    ),
    _defect(
        "statement-in-the-clear",
        "the words of a signature are in the body of its entry",
        "C7",
        Edit(_SIGN, '"also": list(also),', '"also": list(also), "statement": asked.statement,'),
    ),
    _defect(
        "settling-skipped",
        "a pack comes to the desk as soon as it is frozen",
        "C8",
        Edit(
            "governance.cases.moving:settle",
            "sitting.now + rules.deadlines.settling",
            "sitting.now",
        ),
    ),
    _defect(
        "days-of-24-hours",
        "a deadline counts days of 24 hours, and is off by one where a clock changes",
        "C8",
        Edit(
            "governance.rules.deadlines:last_day",
            "day_of(calendar, since) + timedelta(days=days)",
            "day_of(calendar, since + timedelta(days=days))",
        ),
    ),
    _defect(
        "judges-of-themselves",
        "who signed the first case may sit in the appeal",
        "C9",
        Edit(
            "governance.cases.seating:_choose",
            "unfit=had_seat | before if is_appeal else had_seat",
            "unfit=had_seat",
        ),
    ),
    _defect(
        "named-when-blind",
        "a pack that is opened blind says whose it is",
        "C10",
        Edit(_OPEN_PACK, "None if blind else case.subject", "case.subject"),
    ),
    _defect(
        "named-without-a-reason",
        "names are shown to who gives no reason",
        "C10",
        Edit(_OPEN_PACK, "if not blind and sealed is None:", "if False:"),
    ),
    _defect(
        "audit-counts-retracted",
        "the daily audit counts facts that were retracted",
        "C13",
        Edit("governance.packs.differences:FactsNow.of", "if retraction is None:", "if True:"),
    ),
    _defect(
        "text-in-clear",
        "what somebody writes is in the log as they wrote it",
        "C11",
        Edit(
            "governance.cases.texts:seal",
            "sitting.keys.key_of(case).seal(text.encode(), _bound(case, kind))",
            "text.encode()",
        ),
    ),
)
