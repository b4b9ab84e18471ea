"""The audit log, and whether it is as it was written."""

from fastapi import APIRouter

from engine.queries.snapshot import snapshot
from engine.store.postgres.connection import transaction
from web.api.asking import Known, Limit
from web.api.ops.asking import AsOperator, Before, ThisConsole
from web.views.ops import audit
from web.views.ops.audit import AuditPage, AuditVerified

router = APIRouter(prefix="/v1/ops/audit", tags=["audit"])


@router.get("", operation_id="getAuditLog")
def list_(
    operator: AsOperator, console: ThisConsole, before: Before, known: Known, limit: Limit = 20
) -> AuditPage:
    """What people decided, or looked at that is private, latest first."""
    with transaction(console.pool) as tx:
        return audit.page(tx, before, limit)


@router.get("/verification", operation_id="verifyAuditLog")
def verify(operator: AsOperator, console: ThisConsole, known: Known) -> AuditVerified:
    """Check that every entry follows from the one before."""
    with snapshot(console.pool) as tx:
        return audit.verified(tx)
