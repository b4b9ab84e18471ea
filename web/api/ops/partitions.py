"""Halted partitions, let go on."""

from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import BaseModel, ConfigDict, Field

from engine.store.cursors.resuming import AlreadyPassed, NotStopped
from web.api.asking import Known
from web.api.json_bodies import json_body
from web.api.ops.asking import AsOperator, SmallId, ThisConsole, TopicName, topic_read
from web.api.ops.dead_letters import ReasonText, readable
from web.ops import settling
from web.problems import Fault, Problem
from web.views.model import View

router = APIRouter(prefix="/v1/ops/partitions", tags=["status"])


class PartitionResume(BaseModel):
    """What was mended; it is written down. `topic`: the partition's; the activity topic if it is
    not given. `until`: no refusal before this offset halts the partition again."""

    model_config = ConfigDict(extra="forbid", strict=True)

    because: ReasonText
    topic: TopicName | None = None
    until: Annotated[int, Field(ge=0, lt=2**63)] | None = None


class PartitionResumed(View):
    """A partition that goes on. `offset`: where it stood."""

    topic: str
    partition: int
    offset: int


@router.post("/{partition}/resume", operation_id="resumePartition")
def resume(
    partition: SmallId,
    operator: AsOperator,
    console: ThisConsole,
    known: Known,
    given: Annotated[PartitionResume, Depends(json_body(PartitionResume))],
) -> PartitionResumed:
    """Let a halted partition go on; running workers notice."""
    because = readable(given.because, "/because")
    topic = topic_read(console, given.topic)
    try:
        cursor = settling.resume(console, topic, partition, operator.subject, because, given.until)
    except NotStopped:
        raise Problem("not-ready") from None
    except AlreadyPassed:
        raise Problem.invalid(Fault("/until", "must be an offset that is not read yet")) from None
    return PartitionResumed(topic=cursor.topic, partition=partition, offset=cursor.next_offset)
