"""What the tool cannot do: one sentence that says what it is and what to do. Faults in a user's figures are findings, never errors."""

from __future__ import annotations

from typing import NamedTuple


class Text(NamedTuple):
    """One message in both languages, Indonesian first."""

    id: str
    en: str

    def in_(self, lang: str) -> str:
        """The message in ``lang`` (``"id"`` or ``"en"``)."""
        return self.en if lang == "en" else self.id


class LakipError(Exception):
    """The tool cannot go on; ``text`` says why and what to do, in both languages. Exit status 2."""

    def __init__(self, id: str, en: str) -> None:
        super().__init__(id)
        self.text = Text(id, en)


class UnreadableWorkbook(LakipError):
    """The file is not a workbook that can be read: empty, encrypted, an old .xls, a renamed CSV, damaged, hostile."""


class UnsupportedWorkbook(LakipError):
    """A sound workbook that holds something the tool cannot carry through without loss; named in the sentence."""


class MissingSheet(LakipError):
    """A sheet that the task needs is not there."""


class MissingForm(LakipError):
    """No sheet holds the official form, or a heading it cannot do without."""


class OutputRefused(LakipError):
    """The output may not or cannot be written: it exists, the folder is read-only, verification failed."""


class BadHint(LakipError):
    """What the user said of the form's place cannot be: a field that there is not, a column without letters."""


class LedgerRefused(LakipError):
    """A ledger that was understood but cannot be relied on, or does not belong to this matrix: doubled documents, mixed years, sums that
    do not hold, another office."""
