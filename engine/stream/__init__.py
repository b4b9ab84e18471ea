"""Faust and Kafka: batches of a partition from the database's cursor on, one transaction each.

Faust is a thin shell here: it joins the consumer group and delivers batches. Positions are ours,
in PostgreSQL; Faust neither commits nor decodes. docs/decisions/ says why, row by row.
"""
