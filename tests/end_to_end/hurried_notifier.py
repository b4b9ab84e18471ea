"""`badge-notifier` whose leases end after seconds: a test need not wait for minutes."""

from datetime import timedelta

from notifier.cli import main
from notifier.store import due_deliveries

if __name__ == "__main__":
    due_deliveries.LEASE = timedelta(seconds=5)
    main()
