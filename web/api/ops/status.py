"""How far the engine has read, and what waits."""

from fastapi import APIRouter

from web.api.asking import Known
from web.api.ops.asking import AsOperator, ThisConsole
from web.views.ops import status
from web.views.ops.status import StatusShown

router = APIRouter(prefix="/v1/ops", tags=["status"])


@router.get("/status", operation_id="getStatus")
def read(operator: AsOperator, console: ThisConsole, known: Known) -> StatusShown:
    """As `badge-engine status --json`, and what is wrong. While Kafka is away: where
    partitions ended when it last answered, with when that was."""
    return status.read(console)
