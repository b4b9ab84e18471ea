"""Faust and Kafka: batches of a partition from the database's cursor on, one transaction each.

Faust is a thin shell here: it joins the consumer group and delivers batches. Positions are ours,
in PostgreSQL; Faust neither commits nor decodes. docs/decisions/ says why, row by row.
"""

import sys

# At its first import Faust takes `--loop`, `-L` and `--datadir` from the command line for its own,
# and fails; `--loop` is an option of ours. It gets to see none of them.
_arguments, sys.argv = sys.argv, sys.argv[:1]
try:
    import faust  # noqa: F401
finally:
    sys.argv = _arguments
