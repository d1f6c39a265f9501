"""Treasury ledgers: read by their headings, and compared with the matrix to the rupiah."""
