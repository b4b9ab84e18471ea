"""`badge-engine` that warns of an open transaction after one second."""

from engine.cli.main import main
from engine.stream.offsets.open_transaction_watch import OpenTransactionWatch

if __name__ == "__main__":
    OpenTransactionWatch.__init__.__defaults__ = (1.0,)
    main()
