"""Fuzzes the readers with atheris: ``python tests/fuzz/run.py [libFuzzer options] [corpus folders]``.

    python tests/fuzz/run.py --seeds                                  writes the first inputs of the corpus
    python tests/fuzz/run.py -max_total_time=600 /tmp/new tests/fuzz/corpus

An input that breaks something is written to ``crash-...``: mend the fault and keep the input in ``tests/fuzz/corpus``.
"""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE.parent.parent)]


def seeds() -> None:
    from fuzz.target import PARTS, sound
    from workbook_samples import MAIN, raw, sheet_xml

    rows = (
        '<row r="1" spans="1:3" hidden="1"><c r="A1" s="1"/><c r="B1" t="s"><v>0</v></c></row>'
        '<row r="2"><c r="A2"><f t="shared" ref="A2:A3" si="0">B2*2</f><v>4</v></c><c r="B2" t="str"><f>1&amp;"a"</f><v>1a</v></c></row>'
        '<row r="3"><c r="A3"><f t="shared" si="0"/><v>1E-3</v></c><c r="B3" t="inlineStr"><is><t> a</t></is></c></row>'
        '<row r="5"><c r="A5"><f t="array" ref="A5:A6">B1:B2</f><v>1</v></c><c r="D5" t="e"><v>#N/A</v></c></row>'
    )
    after = '<autoFilter ref="A1:B2"/><mergeCells count="1"><mergeCell ref="C1:D2"/></mergeCells>'
    plain = sheet_xml(rows, after, '<dimension ref="A1:D5"/><cols><col min="2" max="3" hidden="1" style="1"/></cols>')
    odd = f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row><x:c><x:v>1</x:v></x:c><!-- --></x:row></x:sheetData></x:worksheet>'
    inputs = {
        "package": b"\0" + raw(sheet_xml('<row r="1"/>')),
        "sheet": b"\1" + plain.encode(),
        "prefixed": b"\1" + odd.encode(),
    }
    inputs["utf16"] = b"\1" + plain.encode("utf-16")
    inputs |= {f"part{n}": bytes([n]) + sound()[name] for n, name in enumerate(PARTS) if n > 1}
    for name, data in inputs.items():
        (HERE / "corpus" / name).write_bytes(data)


def main() -> None:
    import atheris

    with atheris.instrument_imports(include=["lakip_xl"]):
        from fuzz.target import one
    atheris.Setup(sys.argv, one)
    atheris.Fuzz()


if __name__ == "__main__":
    seeds() if sys.argv[1:] == ["--seeds"] else main()
