"""Treasury ledgers: read by their headings, and compared with the matrix to the rupiah."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lakip_xl.ledger.entries import Balance, Basis, Key, Ledger, Place, Planned, Posting

if TYPE_CHECKING:
    from lakip_xl.ledger.accept import Accepted, require
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


def __getattr__(name: str) -> Any:
    """The readers are brought in when they are asked for: rules look at what was compared, and need none of them."""
    if name in ("read", "read_bytes"):
        from lakip_xl.ledger import reading

        return getattr(reading, name)
    if name in ("Accepted", "require"):
        from lakip_xl.ledger import accept

        return getattr(accept, name)
    raise AttributeError(name)
