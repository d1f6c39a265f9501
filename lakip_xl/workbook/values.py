"""What the texts inside a cell mean: values by their type, formulas by their kind."""

from __future__ import annotations

import datetime

from lakip_xl.cells import Area, ErrorValue, Value, a1
from lakip_xl.workbook.model import SharedFormula
from lakip_xl.workbook.strings import decode

TRUE = ("1", "true", "on")


class FormulaReader:
    """Makes formulas of what cells hold, and collects shared ones and the areas of array formulas."""

    def __init__(self, shared: list[SharedFormula], arrays: list[Area]) -> None:
        self.shared = shared
        self.arrays = arrays

    def read(
        self, place: tuple[int, int], attributes: dict[str, str], text: str, groups: dict[str, SharedFormula]
    ) -> str | tuple[SharedFormula, int, int]:
        kind = attributes.get("t")
        if kind == "shared":
            index = attributes.get("si", "0")
            group = groups.get(index)
            if group is None or (text and group.text is not None):
                group = groups[index] = SharedFormula()
                self.shared.append(group)
            if text:
                group.text, group.master = text, place
            group.members.append(place)
            return text or (group, *place)
        if kind in ("array", "dataTable"):
            self.arrays.append(Area.parse(attributes.get("ref") or a1(*place)))
        if kind == "dataTable":
            return f"TABLE({attributes.get('r1', '')},{attributes.get('r2', '')})"
        return text


def number_of(text: str) -> float:
    """The number that a cell holds. Raises ValueError for none, also for those that only Python reads."""
    number = float(text)
    if number - number != 0 or "_" in text or not text.isascii():
        raise ValueError(text)
    return number


def typed(text: str, kind: str | None, strings: list[str]) -> Value:
    """The value that a cell of this type holds. Raises ValueError where it holds none."""
    if kind in ("str", "inlineStr"):
        return decode(text)
    if not text:
        return None
    if kind is None or kind == "n":
        return number_of(text)
    if kind == "s":
        index = int(text)
        if not 0 <= index < len(strings):
            raise ValueError(f"t='s', v={text!r}")
        return strings[index]
    if kind == "b":
        return text.strip() in TRUE
    if kind == "e":
        return ErrorValue(text)
    if kind == "d":
        return _serial(text)
    raise ValueError(f"t={kind!r}")


def _serial(text: str) -> Value:
    """A date written as ISO 8601, as the number that Excel makes of it; text where it is no date."""
    try:
        moment = datetime.datetime.fromisoformat(text.rstrip("Z"))
    except ValueError:
        return text
    return (moment.replace(tzinfo=None) - datetime.datetime(1899, 12, 30)) / datetime.timedelta(days=1)
