"""Run by Alembic: migrations use the connection that `store.postgres.schema` hands over."""

from alembic import context

attributes = context.config.attributes
context.configure(
    connection=attributes["connection"], transaction_per_migration=True, **attributes["configure"]
)
with context.begin_transaction():
    context.run_migrations()
