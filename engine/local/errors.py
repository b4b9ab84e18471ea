"""Why a local part is not there: it cannot be started on this machine, or it did not start."""


class PartMissing(RuntimeError):
    """Something needed to start a part is not installed; the message says what to install."""


class PartFailed(RuntimeError):
    """A part was started and did not become ready; the message ends with its last log lines."""
