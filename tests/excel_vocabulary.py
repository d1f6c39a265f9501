"""Which elements and attributes occur in files that Excel itself saved; what we emit shall be among them.

    LAKIP_CORPUS=FOLDER python tests/excel_vocabulary.py      derives tests/excel_vocabulary.txt anew

Each line is an element with its namespace's short name, and the attributes that Excel wrote on it. Whether Excel saved a file
is what docProps/app.xml says; a file that cannot be read, or that another program signed, is left out.
"""

from __future__ import annotations

import io
import os
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from lxml import etree

LIST = Path(__file__).resolve().with_suffix(".txt")
EXCEL = re.compile(rb"<Application>Microsoft (?:Macintosh )?Excel(?: Online)?</Application>")
XML = (".xml", ".rels", ".vml")
# Add-ins and custom data have words of their own, which say nothing about workbooks.
SPOKEN = (
    "spreadsheetml.", "drawingml.", "drawing.", "officeDocument.", "package.", "metadata.core-properties:", "dc.", "office.excel",
    "office.office", "excel.main", "schemas-microsoft-com.vml", "schemas.openxmlformats.org.markup-compatibility",
)  # fmt: skip
Vocabulary = dict[str, set[str]]


def short(tag: str) -> str:
    """``{http://.../spreadsheetml/2006/main}c`` as ``main:c``: the last words of the namespace tell it apart."""
    namespace, _, name = tag.rpartition("}")
    if not namespace:
        return name
    words = [word for word in re.split(r"[/:]", namespace.lstrip("{")) if word and not word[0].isdigit()]
    year = re.search(r"/(20[0-9]{2}/[0-9]+)", namespace) if "microsoft" in namespace else None
    return f"{'.'.join(words[-2:])}{'.' + year[1].replace('/', '-') if year else ''}:{name}"


def words(data: bytes) -> Iterator[tuple[str, str]]:
    """Each element of a package's XML parts, once alone (with an empty attribute) and once with each of its attributes."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if not name.lower().endswith(XML):
                continue
            try:
                root = etree.fromstring(archive.read(name), etree.XMLParser(resolve_entities=False, huge_tree=True))
            except etree.XMLSyntaxError:
                continue
            for element in root.iter(etree.Element):
                tag = short(str(element.tag))
                yield tag, ""
                yield from ((tag, short(str(attribute))) for attribute in element.attrib)


def gathered(packages: Iterable[bytes]) -> Vocabulary:
    found: Vocabulary = defaultdict(set)
    for data in packages:
        for tag, attribute in words(data):
            found[tag].add(attribute)
    return found


def saved_by_excel(folder: Path) -> Iterator[bytes]:
    for path in sorted(folder.iterdir()):
        try:
            data = path.read_bytes()
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                sound = archive.testzip() is None and sum(e.file_size for e in archive.infolist()) < 1 << 26
                if sound and EXCEL.search(archive.read("docProps/app.xml")):
                    yield data
        except (zipfile.BadZipFile, KeyError, OSError, NotImplementedError, RuntimeError, ValueError):
            continue


def kept() -> Vocabulary:
    """The list as it stands in the tree."""
    found: Vocabulary = {}
    for line in LIST.read_text(encoding="utf-8").splitlines():
        tag, *attributes = line.split()
        found[tag] = {"", *attributes}
    return found


def written(found: Vocabulary) -> str:
    ours = {tag: names for tag, names in found.items() if tag.startswith(SPOKEN) and tag.isascii()}
    return "".join(f"{' '.join([tag, *sorted(names - {''})])}\n" for tag, names in sorted(ours.items()))


if __name__ == "__main__":
    LIST.write_text(written(gathered(saved_by_excel(Path(os.environ["LAKIP_CORPUS"])))), encoding="utf-8")
