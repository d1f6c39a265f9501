"""Which sub unit of the matrix a unit of the ledgers is."""

from __future__ import annotations

from collections.abc import Sequence

from lakip_xl.errors import Text
from lakip_xl.ledger.codes import normal
from lakip_xl.ledger.entered import Entered
from lakip_xl.ledger.entries import Ledger
from lakip_xl.table.codes import code_of


class Units:
    """Which sub unit of the matrix a unit of the ledger is: by code, else by name. Where none fits, units are added up for each kode."""

    def __init__(self, entered: Entered, ledgers: Sequence[Ledger]) -> None:
        self.notes: list[Text] = []
        self.known: dict[str, str] = {}
        self.offices = {each.office[0] for each in ledgers if each.office[0]}
        names = {unit: name for each in ledgers for unit, name in each.units.items()}
        said = {
            key.unit
            for each in ledgers
            for key in (
                *(p.key for p in each.postings),
                *(b.key for b in each.balances),
                *(r.key for r in each.planned),
            )
        }
        codes = {code: unit for unit, code in entered.units.items() if code}
        plains = {normal(unit): unit for unit in entered.units}
        for unit in sorted(said | set(names)):
            if unit and (code := code_of(unit)) in codes and code:
                self.known[unit] = codes[code]
            elif normal(names.get(unit, unit)) in plains and unit:
                self.known[unit] = plains[normal(names.get(unit, unit))]
        self.merged = not self.known
        if self.merged and entered.units and any(said):
            self.notes.append(
                Text(
                    "Sub unit pada matriks dan buku besar tidak dapat dicocokkan; sub kegiatan dijumlahkan per kode.",
                    "The sub-units of matrix and ledger cannot be matched; sub-activities are added up for each code.",
                )
            )

    def of(self, unit: str) -> str:
        """The plain name of the matrix's sub unit, "" for the office itself, the ledger's own code for one that the matrix lacks."""
        if self.merged:
            return ""
        return self.known.get(unit, "" if not unit or unit in self.offices else unit)
