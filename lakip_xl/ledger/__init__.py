"""Treasury ledgers: read by their headings, and compared with the matrix to the rupiah."""

from lakip_xl.ledger.accept import Accepted, require
from lakip_xl.ledger.entries import Balance, Basis, Key, Ledger, Place, Planned, Posting
from lakip_xl.ledger.reading import read, read_bytes

__all__ = [
    "Accepted",
    "Balance",
    "Basis",
    "Key",
    "Ledger",
    "Place",
    "Planned",
    "Posting",
    "read",
    "read_bytes",
    "require",
]
