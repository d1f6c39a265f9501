"""What was taken from many files, the list and the ledger put together: which workbook counts for an office, and what each row says.

Nothing is counted twice and nothing is guessed: where two files say different things for one office and period, neither counts.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import NamedTuple

from lakip_xl.errors import Text
from lakip_xl.ledger.offices import Account
from lakip_xl.recap.found import Passed, order
from lakip_xl.recap.listed import Listed
from lakip_xl.recap.office import key, near, region_key
from lakip_xl.recap.taken import Taken

IN, LATE, HELD, MISSING, UNLISTED = "sudah", "terlambat", "masuk, belum dihitung", "belum", "di luar daftar"
NAMELESS = Text(
    "Perangkat Daerah belum diisi pada Identitas/Pengaturan",
    "Perangkat Daerah is not filled in on Identitas/Pengaturan",
)
BY_FILE = "dikenali dari nama berkas: Perangkat Daerah belum diisi pada Identitas/Pengaturan"


@dataclass
class Line:
    """One office on the page: what it handed in (None where nothing), and what list and ledger say of it."""

    name: str
    status: str
    taken: Taken | None = None
    kode: str = ""
    account: Account | None = None
    note: str = ""
    rank: int | None = None

    @property
    def selisih(self) -> Decimal | None:
        """Realisasi of the matrix less that of the ledger, in rupiah; None where the two cannot be compared."""
        taken, account = self.taken, self.account
        if taken is None or account is None or taken.realisasi is None or account.spent is None:
            return None
        return taken.realisasi - account.spent if self.comparable else None

    @property
    def comparable(self) -> bool:
        """Whether workbook and ledger speak of the same time; a ledger that says no month is taken at its word."""
        taken, account = self.taken, self.account
        if taken is None or account is None:
            return False
        same_year = account.year is None or taken.year is None or account.year == taken.year
        return same_year and account.month in (None, taken.month)


class Apart(NamedTuple):
    """A workbook that was read, or could not be, and counts in no total, with the reason; ``office`` and ``region`` where it says whose it
    is."""

    name: str
    reason: Text
    office: str = ""
    region: str = ""


@dataclass
class Recap:
    """Everything that the pages show.

    lines     the offices, those of the list first, in its order
    apart     workbooks that do not count, with the reason; these keep the exit status from being 0
    passed    files that are no one's workbook, or say nothing new
    strangers what the ledger says of offices that no line is
    year      the year that is counted, None where no workbook says one
    """

    lines: list[Line]
    apart: list[Apart]
    passed: list[Passed]
    strangers: list[Account] = field(default_factory=list)
    year: int | None = None
    listed: bool = False
    against: str = ""
    notes: list[Text] = field(default_factory=list)

    @property
    def taken(self) -> list[Taken]:
        """The workbooks that count."""
        return [line.taken for line in self.lines if line.taken is not None]

    @property
    def exit_code(self) -> int:
        """0 where all was read, nothing must be corrected, nobody is missing, and the ledger agrees; else 1."""
        open_ = any(taken.errors for taken in self.taken) or any(line.status in (MISSING, HELD) for line in self.lines)
        return int(bool(open_ or self.apart or any(line.selisih for line in self.lines)))


def settle(
    taken: Iterable[Taken], passed: Iterable[Passed], listed: Sequence[Listed] | None, accounts: Sequence[Account] | None, against: str = ""
) -> Recap:  # fmt: skip
    """The recap of what was read. ``listed`` and ``accounts`` are None without a list or ledger; ``against`` is the ledger's name."""
    everything = list(taken)
    left = [*passed, *(Passed(each.name, each.reason) for each in everything if each.reason is not None and each.aside)]
    apart = [_apart(each, each.reason) for each in everything if each.reason is not None and not each.aside]
    readable = _named([each for each in everything if each.reason is None], listed, apart)
    year = _year(readable)
    counted = _counted(readable, year, apart, left)
    found = Recap([], sorted(apart, key=_by_name), sorted(left, key=_by_name), year=year, against=against)
    found.listed = listed is not None
    found.lines = _lines(counted, listed, found)
    if accounts is not None:
        _account(found, accounts)
    _rank(found.lines)
    return found


def _apart(each: Taken, why: Text) -> Apart:
    return Apart(each.name, why, each.office, each.region)


def _by_name(each: Passed | Apart) -> tuple[str, str]:
    return order(each.name)


def _named(readable: Sequence[Taken], listed: Sequence[Listed] | None, apart: list[Apart]) -> list[Taken]:
    """The workbooks of which it is known whose they are. One that names no office may be an earlier state of another: it counts only
    where the name of its file is that of exactly one office of the list."""
    regions = {region_key(each.region): each.region for each in readable if each.region}
    only = next(iter(regions.values())) if len(regions) == 1 else ""
    found = []
    for each in readable:
        if each.office:
            found.append(each if each.region else replace(each, region=only))
            continue
        meant = [office for office in listed or () if _fits(each, office, only)]
        if len(meant) == 1:
            region = each.region or meant[0].region or only
            found.append(replace(each, office=meant[0].name, region=region, by_file=True))
        else:
            apart.append(Apart(each.name, NAMELESS))
    return found


def _fits(taken: Taken, office: Listed, only: str) -> bool:
    """Whether the name of a file is that of an office."""
    region = taken.region or office.region or only
    same_region = not (taken.region and office.region) or region_key(taken.region) == region_key(office.region)
    return same_region and key(_stem(taken.name), region) == key(office.name, region)


def _year(readable: Sequence[Taken]) -> int | None:
    """The year that most workbooks state, of several the last: money of two years is not added up."""
    years = Counter(each.year for each in readable if each.year is not None)
    return max(years, key=lambda year: (years[year], year), default=None)


def _counted(readable: Sequence[Taken], year: int | None, apart: list[Apart], left: list[Passed]) -> list[Taken]:
    groups: defaultdict[tuple[str, str], list[Taken]] = defaultdict(list)
    counted: list[Taken] = []
    for each in readable:
        if each.year not in (None, year):
            why = Text(f"tahun {each.year}, bukan {year}", f"of the year {each.year}, not {year}")
            apart.append(_apart(each, why))
        else:
            groups[region_key(each.region), key(each.office, each.region)].append(each)
    for several in groups.values():
        latest = max(each.month for each in several)
        now = [each for each in several if each.month == latest]
        best = min(now, key=lambda each: (not each.sealed, each.errors + each.open, order(each.name)))
        rivals = [each for each in now if each.figures != best.figures and each.sealed == best.sealed]
        if rivals:
            apart += (_rival(each, now) for each in now)
        else:
            counted.append(best)
            left += (_repeated(each, best) for each in now if each is not best and each.figures == best.figures)
            apart += (_unsealed(each, best) for each in now if each.figures != best.figures)
        left += (_earlier(each, best) for each in several if each.month != latest)
    return counted


def _how(each: Taken, why: Text) -> Text:
    """A reason, and how it is known whose the workbook is where it does not say so itself."""
    if not each.by_file:
        return why
    return Text(f"{why.id} (dikenali dari nama berkas)", f"{why.en} (known by the name of the file)")


def _rival(each: Taken, now: Sequence[Taken]) -> Apart:
    others = ", ".join(other.name for other in now if other is not each)
    why = Text(
        f"ganda: {each.office}, {each.period}, angkanya berbeda dari {others}; keluarkan yang tidak berlaku dari folder",
        f"twice: {each.office}, {each.period}, with other figures than {others}; take the one that is void out of the folder",
    )
    return _apart(each, _how(each, why))


def _repeated(each: Taken, best: Taken) -> Passed:
    why = Text(f"angkanya sama dengan {best.name}", f"the same figures as {best.name}")
    return Passed(each.name, _how(each, why))


def _unsealed(each: Taken, best: Taken) -> Apart:
    why = Text(
        f"angkanya berbeda dari yang disegel; yang tersegel dihitung: {best.name}",
        f"its figures differ from what was sealed; the sealed one counts: {best.name}",
    )
    return _apart(each, _how(each, why))


def _earlier(each: Taken, best: Taken) -> Passed:
    why = Text(f"{each.period}: ada yang lebih baru, {best.name}", f"{each.period}: there is a later one, {best.name}")
    return Passed(each.name, _how(each, why))


def _lines(counted: Sequence[Taken], listed: Sequence[Listed] | None, found: Recap) -> list[Line]:
    ordered = sorted(counted, key=lambda each: (order(each.region), order(each.office), order(each.name)))
    if listed is None:
        return [Line(each.office, IN, each) for each in ordered]
    waiting = {id(each): each for each in ordered}
    index: defaultdict[tuple[str, str], list[Taken]] = defaultdict(list)
    for each in ordered:
        index[region_key(each.region), key(each.office, each.region)].append(each)
    regions = sorted({each.region for each in ordered})
    lines = []
    for office in listed:
        places = [office.region] if office.region else regions
        fitting = [each for region in places for each in index[region_key(region), key(office.name, region)]]
        taken = next((each for each in fitting if id(each) in waiting), None)
        if taken is not None:
            del waiting[id(taken)]
        held = any(
            key(each.office, each.region) == key(office.name, each.region) for each in found.apart if each.office
        )
        status = (HELD if held else MISSING) if taken is None else LATE if office.late else IN
        lines.append(Line(office.name, status, taken, office.kode))
        if taken is not None and office.due is not None and office.received is None:
            lines[-1].note = "tanggal diterima belum dicatat"
        if taken is not None and taken.by_file:
            lines[-1].note = "; ".join(filter(None, (lines[-1].note, BY_FILE)))
    files = [(each.office, each.name) for each in waiting.values()] + [
        (_stem(each.name), each.name) for each in found.apart
    ]
    for line in lines:
        if line.taken is None and (offers := near(line.name, [name for name, _ in files])):
            names = [file for name, file in files if name in offers]
            line.note = f"mirip: {', '.join(names)}"
    lines += [Line(each.office, UNLISTED, each) for each in waiting.values()]
    return lines


def _stem(name: str) -> str:
    return name.rpartition("/")[2].rpartition(".")[0]


def _account(found: Recap, accounts: Sequence[Account]) -> None:
    """Gives each office what the ledger says of it: by the code of the list, else by name; an office that fits twice fits none."""
    by_code: defaultdict[str, list[Account]] = defaultdict(list)
    for each in accounts:
        by_code[_code(each.kode)].append(each)
    by_name: dict[str, dict[str, list[Account]]] = {}
    taken_up: set[int] = set()
    for line in found.lines:
        region = line.taken.region if line.taken is not None else ""
        if region not in by_name:
            by_name[region] = defaultdict(list)
            for each in accounts:
                by_name[region][key(each.name, region)].append(each)
        names = dict.fromkeys(
            key(name, region) for name in (line.name, line.taken.office if line.taken else "") if name
        )
        fitting = by_code[_code(line.kode)] if line.kode else []
        fitting = fitting or [each for name in names for each in by_name[region][name]]
        if len(fitting) == 1 and id(fitting[0]) not in taken_up:
            line.account = fitting[0]
            taken_up.add(id(fitting[0]))
            if line.taken is not None and not line.comparable:
                line.note = "; ".join(filter(None, (line.note, "periode buku besar lain, tidak dibandingkan")))
    found.strangers = [each for each in accounts if id(each) not in taken_up]


def _code(kode: str) -> str:
    """A code of an SKPD, without the four noughts that stand for its head office."""
    return "".join(kode.split()).strip(".").removesuffix(".0000")


def _rank(lines: Sequence[Line]) -> None:
    """Ranks by capaian, then serapan, the offices about which nothing is open; equal ones share a rank."""
    sure = []
    for line in lines:
        taken = line.taken
        if taken is not None and taken.settled and taken.capaian is not None:
            serapan = (taken.realisasi or 0) / taken.anggaran if taken.anggaran else Decimal(0)
            sure.append(((-taken.capaian, -serapan), line))
    if len(sure) > 1:
        values = sorted(value for value, _ in sure)
        for value, line in sure:
            line.rank = values.index(value) + 1
