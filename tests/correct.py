"""Correct workbooks as offices hand them in, of every period: what alarms in them is a false alarm, or a mistake made here.

    python tests/correct.py 2000        draws that many beyond those of the tests, and prints every alarm

``correct(seed, ...)`` gives always the same workbook for the same arguments; ``offices()`` is a hypothesis strategy over them.
``TRAITS`` are the ways in which workbooks differ; a workbook has some of them.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

from hypothesis import strategies as st

sys.path[:0] = [str(Path(__file__).resolve().parent)]

from lakip_xl.form.editions import NEWEST  # noqa: E402
from lakip_xl.form.formulas import HIGHER, LOWER, VARIANT_A, VARIANT_B, last_month_of  # noqa: E402
from lakip_xl.numbers import round_half_up  # noqa: E402
from offices import Calc, Grid, Line, Office, Shown, Sum  # noqa: E402

TRAITS = (
    "account 5",  # a row wider than the form's widest in Belanja
    "aliases",  # other headings for the same columns
    "any urusan",  # the program penunjang as X.XX.01
    "bare",  # without Pengaturan
    "bidang urusan",  # rows above the programs
    "cap",  # a batas maksimum for averages
    "continuations",  # further indicators on rows of their own
    "dots",  # codes that end on a dot
    "explained",  # a figure out of bounds, explained in KETERANGAN
    "formulas",  # sums and percentages by the office's own formulas
    "idle",  # rows that are nihil or dinolkan
    "kategori",  # an own table of kategori
    "long",  # codes of sub kegiatan with 4 digits instead of 2
    "lower is better",
    "months",  # Bulanan and Rencana Aksi, from which the matrix follows
    "no codes",
    "no arah",
    "no extra sheets",
    "no tingkat",
    "numbered",  # the official column numbers below the headings
    "own bounds",
    "pages",  # blank rows, and the headings once more where a new page begins
    "quarters",
    "same names",  # a kegiatan called as its sub kegiatan
    "sen",
    "shifted",
    "shuffled",  # columns in another order
    "sub units",
    "total first",
    "template",  # typed into the template
    "typed results",  # capaian, percentages and sums as figures
    "variant B",
)
PERIODS = {
    **{name: (1, month // 3 + 1, (month + 1) / 12) for month, name in enumerate((
        "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember",
    ))},
    "TW I": (2, 1, 0.25), "TW II": (2, 2, 0.5), "TW III": (2, 3, 0.75), "Triwulan II": (2, 2, 0.5), "Semester I": (2, 2, 0.5),
    "Akhir tahun": (3, 4, 1.0), "TW IV": (3, 4, 1.0), "Semester II": (3, 4, 1.0), "Tahunan": (3, 4, 1.0),
}  # fmt: skip
"""Each period with its class (1 month, 2 quarter, 3 end of year), its last quarter, and the part of the year that is over."""

MONTH, QUARTER, YEAR = 1, 2, 3
_WORK = (
    "Penyediaan",
    "Penyusunan",
    "Pembinaan",
    "Koordinasi",
    "Fasilitasi",
    "Pemeliharaan",
    "Pengelolaan",
    "Pendampingan",
    "Pelaksanaan",
)
_OF = (
    "Bahan Logistik Kantor", "Dokumen Perencanaan", "Jasa Komunikasi", "Data Fakir Miskin", "Kendaraan Dinas", "Rapat Koordinasi",
    "Lembaga Masyarakat", "Permakanan", "Alat Bantu", "Bimbingan Sosial", "Gedung Kantor", "Peralatan dan Mesin", "Barang Cetakan",
    "Sarana Pelayanan", "Sistem Informasi", "Pelatihan Keluarga",
)  # fmt: skip
_PLACES = ("Tahap Awal", "Kota", "Pesisir", "Pegunungan", "Lanjutan", "Desa", "Kepulauan", "Perbatasan")
_INDICATORS = (
    ("Jumlah dokumen yang disusun", "Dokumen"), ("Jumlah laporan yang disampaikan", "Laporan"), ("Jumlah orang yang dilayani", "Orang"),
    ("Jumlah paket yang disediakan", "Paket"), ("Jumlah unit yang dipelihara", "Unit"), ("Jumlah keluarga yang dibina", "Keluarga"),
)  # fmt: skip
_POSITIONS = (
    ("Persentase layanan yang terpenuhi", "Persen"), ("Persentase kebutuhan yang terpenuhi", "%"), ("Indeks kepuasan masyarakat", "Indeks"),
    ("Nilai evaluasi akuntabilitas", "Nilai"), ("Jumlah orang yang menerima gaji", "Orang/bulan"),
)  # fmt: skip
_FALLING = (("Jumlah keluhan masyarakat", "Keluhan"), ("Persentase berkas yang dikembalikan", "Persen"))


class Maker:
    """Draws one office."""

    def __init__(self, seed: int, period: str, size: int, traits: frozenset[str]) -> None:
        self.random = Random(f"{seed} {period} {size} {sorted(traits)}")
        self.period, self.size, self.traits = period, size, set(traits)
        self.kind, self.quarter, self.part = PERIODS[period]
        if size > 40:
            self.traits -= {"template"}
        if "template" in self.traits:
            self.traits -= {
                "aliases", "shuffled", "shifted", "numbered", "kategori", "formulas", "no extra sheets", "no tingkat", "no codes", "bare",
                "pages", "total first",
            }  # fmt: skip
        if self.kind != YEAR:
            self.traits -= {"bare"}
        if "bare" in self.traits:
            self.traits -= {"own bounds", "kategori", "variant B", "cap"}
        if "no codes" in self.traits:
            self.traits -= {
                "dots",
                "any urusan",
                "bidang urusan",
                "long",
                "sub units",
                "same names",
                "total first",
                "months",
            }
        if "sub units" in self.traits:
            self.traits -= {"no tingkat", "bidang urusan"}
        if "no tingkat" in self.traits and "no codes" in self.traits:
            self.traits -= {"bidang urusan"}
        self.names = self._names()
        own = {"capaian_min": 60, "capaian_max": 115, "serapan_min": 85, "sisa_min": 2, "selisih_kinerja": 15}
        standard = {"capaian_min": 70, "capaian_max": 110, "serapan_min": 80, "sisa_min": 1, "selisih_kinerja": 20}
        self.bounds = own if self.has("own bounds") else standard
        self.variant = VARIANT_B if self.has("variant B") else VARIANT_A
        self.percent = self.random.choice(
            ("{realisasi_anggaran}/{anggaran}*100", "ROUND({realisasi_anggaran}/{anggaran}*100,2)")
        )
        self.cap = 100 if self.has("cap") else None
        self.bands = [("Sangat rendah", 0), ("Rendah", 51), ("Sedang", 66), ("Tinggi", 76), ("Sangat tinggi", 91)]
        if not self.has("kategori"):
            self.bands = [(band.name, band.lower) for band in NEWEST.bands]

    def has(self, trait: str) -> bool:
        return trait in self.traits

    def often(self, times: int = 2) -> bool:
        """True once in so many times."""
        return self.random.randrange(times) == 0

    def _names(self) -> Iterator[str]:
        made = [f"{work} {of} {place}" for place in _PLACES for of in _OF for work in _WORK]
        self.random.shuffle(made)
        yield from made

    # -- the matrix -------------------------------------------------------------------------------------------------------------

    def office(self) -> Office:
        self.columns = self._columns()
        matrix = Grid(NEWEST.table("matriks"), self.columns)
        tops = self._tree()
        self.rows: list[Line] = []
        for top in tops:
            self._lay(top)
        leaves = [leaf for top in tops for leaf in top.leaves()]
        self._money(leaves)
        self._performance()
        matrix.lines = self.rows
        total = Line({"uraian": self.random.choice(("JUMLAH", "TOTAL", "Jumlah"))}, "total", tops)
        if self.has("template") or not self.often(4):
            matrix.total, matrix.total_first = total, self.has("total first")
        self._results(matrix, tops)
        if self.has("pages"):
            self._break_pages(matrix)
        grids = {"matriks": matrix}
        if not self.has("no extra sheets"):
            for made in (self._sasaran(tops), self._pk(tops), self._belanja(tops), self._pegawai()):
                grids[made.spec.key] = made
        if self.has("months"):
            grids |= {"bulanan": self._bulanan(tops), "rencana_aksi": self._rencana_aksi(tops)}
        grids = {t.key: grids[t.key] for t in NEWEST.tables if t.key in grids}
        for grid in grids.values():
            self._lay_out(grid)
        settings: dict[str, Any] = {"rumus_rendah": self.variant}
        if self.cap is not None:
            settings["batas_maksimum"] = self.cap
        identity = {
            "perangkat_daerah": "Dinas Sosial",
            "kabupaten": "Kabupaten Manggarai",
            "tahun": 2023,
            "dokumen_anggaran": "DPPA",
        }
        bounds = dict(self.bounds) if self.has("own bounds") and self.kind == YEAR else {}
        bands = self.bands if self.has("kategori") else []
        return Office(
            self.period, self.kind, grids, identity, settings, bounds, bands, self.has("template"), self.has("bare"),
            traits=frozenset(self.traits),
        )  # fmt: skip

    def _columns(self) -> list[str]:
        spec = NEWEST.table("matriks")
        if self.has("template"):
            return [column.key for column in spec.columns]
        left_out = {"hasil_periksa", *(() if self.often(3) else ("waktu_ukur",))}
        left_out |= set() if self.has("quarters") else {"tw1", "tw2", "tw3", "tw4", "cara_hitung"}
        left_out |= {"kode"} if self.has("no codes") else set()
        left_out |= {"tingkat"} if self.has("no tingkat") else set()
        left_out |= {"arah"} if self.has("no arah") and not self.has("lower is better") else set()
        left_out |= set() if self.has("idle") else {"status"}
        keys = [column.key for column in spec.columns if column.key not in left_out]
        if self.has("shuffled"):
            self.random.shuffle(keys)
            # A bare "%" is read by what stands left of it.
            keys.remove("persen")
            keys.insert(
                keys.index("anggaran") + 1 + self.random.randrange(len(keys) - keys.index("anggaran")), "persen"
            )
            if self.has("quarters"):  # the form sums them as one range
                keys = [key for key in keys if not key.startswith("tw")]
                place = self.random.randrange(len(keys) + 1)
                keys[place:place] = ["tw1", "tw2", "tw3", "tw4"]
        return keys

    def _tree(self) -> list[Line]:
        """The rows from the widest on, without a figure yet; ``size`` is about how many there are."""
        if self.has("sub units"):
            many = 2 if self.size < 40 else 4
            state = self.random.getstate(), self.size
            units = []
            for number in range(many):
                self.random.setstate(state[0])  # the same sub kegiatan in every kelurahan
                self.size = max(4, state[1] // many)
                self.names = self._names()
                name = ("Kelurahan Satu", "Kelurahan Dua", "Kelurahan Tiga", "Kelurahan Empat")[number]
                units.append(Line({"uraian": name, "tingkat": "sub unit"}, "sub unit", self._programs("1.06")))
            self.size = state[1]
            return units
        if self.has("bidang urusan"):
            fields = (
                Line({"uraian": "URUSAN PEMERINTAHAN WAJIB"}, "urusan"),
                Line({"uraian": "BIDANG SOSIAL"}, "bidang urusan"),
            )
            fields[0].cells["kode"], fields[1].cells["kode"] = "1", "1.06"
            fields[0].below, fields[1].below = [fields[1]], self._programs("1.06")
            return [fields[0]]
        return self._programs(self.random.choice(("1.06", "2.16", "1.06")))

    def _programs(self, field: str) -> list[Line]:
        left, programs = self.size, []
        most = max(1, min(12, self.size // 8))
        while left > 0 and len(programs) < 40:
            number = len(programs) + 1
            code = f"{'X.XX' if number == 1 and self.has('any urusan') else field}.{number:02}"
            program = self._line(f"PROGRAM {next(self.names).upper()}", "program", code)
            left -= 1
            for k in range(1, self.random.randint(1, min(9, most + 1)) + 1):
                kegiatan = self._line(self._called("Kegiatan"), "kegiatan", f"{code}.2.{k:02}")
                left -= 1
                for s in range(1, self.random.randint(1, min(12, most + 2)) + 1):
                    digits = 4 if self.has("long") else 2
                    same = self.has("same names") and s == 1 and self.often()
                    name = kegiatan.cells["uraian"] if same else self._called("Sub Kegiatan")
                    kegiatan.below.append(self._line(name, "sub kegiatan", f"{code}.2.{k:02}.{s:0{digits}}"))
                    left -= 1
                program.below.append(kegiatan)
                if left <= 0:
                    break
            programs.append(program)
        return programs

    def _called(self, level: str) -> str:
        name = next(self.names)
        return f"{level} {name}" if self.has("no codes") else name

    def _line(self, name: str, level: str, code: str) -> Line:
        line = Line({"uraian": name}, level)
        if not self.has("no codes"):
            line.cells["kode"] = code + "." * self.has("dots")
        if not self.has("no tingkat") and (self.has("no codes") or self.often(4)):
            line.cells["tingkat"] = level
        return line

    def _lay(self, line: Line) -> None:
        """Puts a line and what belongs to it on the sheet, in order."""
        self.rows.append(line)
        measured = line.level == "sub kegiatan" or (line.level == "program" and not self.often(4)) or (
            line.level == "kegiatan" and self.often()
        )  # fmt: skip
        if measured:
            self._indicator(line)
            if self.has("continuations") and self.often(4):
                for _ in range(self.random.randint(1, 2)):
                    further = Line({}, "", head=line)
                    self._indicator(further)
                    self.rows.append(further)
        for below in line.below:
            self._lay(below)

    def _indicator(self, line: Line) -> None:
        falling = self.has("lower is better") and self.often(4)
        pool = _FALLING if falling else _POSITIONS if self.often(3) else _INDICATORS
        name, unit = self.random.choice(pool)
        line.cells |= {"indikator": name, "satuan": unit}
        if self.has("lower is better") and (falling or not self.often(3)):
            line.cells["arah"] = LOWER if falling else HIGHER

    # -- money ------------------------------------------------------------------------------------------------------------------

    def _money(self, leaves: list[Line]) -> None:
        idle = set()
        if self.has("idle") and len(leaves) > 2:
            idle = {leaf for leaf in leaves[1:] if self.often(5)}
        for leaf in leaves:
            pagu = self.random.choice((10**5, 10**6, 10**7, 10**8, 10**9)) * self.random.randint(1, 99) // 10
            if self.has("sen"):
                pagu = pagu % 10**7 + 10**4
                pagu += self.random.randint(1, 99) / 100
            leaf.cells["anggaran"] = pagu
            if leaf in idle:
                self._make_idle(leaf)
        whole = sum(leaf.cells["anggaran"] or 0 for leaf in leaves)
        for leaf in leaves:
            if leaf not in idle:
                self._spend(leaf, whole)
        self.idle = idle
        if self.has("explained") and self.kind == YEAR:
            leaf = self.random.choice(leaves[:1] if len(leaves) < 3 else [leaf for leaf in leaves if leaf not in idle])
            leaf.cells["realisasi_anggaran"] = leaf.cells["anggaran"] * self.random.choice((0.5, 0.75, 0, 0.9)) // 1
            leaf.cells["keterangan"] = "Sisa lelang, kegiatan selesai seluruhnya"
        if self.kind == MONTH and self.part < 0.2 and self.often(3):  # the budget is not yet known
            for leaf in leaves:
                leaf.cells["anggaran"] = leaf.cells["realisasi_anggaran"] = None

    def _make_idle(self, leaf: Line) -> None:
        leaf.cells |= {"anggaran": self.random.choice((0, None)), "realisasi_anggaran": self.random.choice((0, None))}
        leaf.cells |= {"target": 0, "realisasi": self.random.choice((0, None)), "status": None}
        word = self.random.choice(("", "nihil", "dinolkan", "Dinolkan"))
        if word:
            leaf.cells["status"] = word
        if word.casefold() == "dinolkan":
            leaf.cells["target"] = self.random.randint(1, 20)
        elif not word:
            leaf.cells["anggaran"] = 0

    def _spend(self, leaf: Line, whole: float) -> None:
        pagu = leaf.cells["anggaran"]
        if self.kind == YEAR:
            most = min(
                0.9 * pagu * (100 - self.bounds["serapan_min"]) / 100, 0.9 * whole * self.bounds["sisa_min"] / 100
            )
            rest = self.random.choice((0, most * self.random.random(), most * self.random.random() / 20))
            spent = pagu - (round(rest, 2) if self.has("sen") else int(rest))
        else:
            spent = int(pagu * self.part * self.random.uniform(0.8, 1))
            if self.often(6) or (self.kind == MONTH and self.often()):
                spent = None
        leaf.cells["realisasi_anggaran"] = round(spent, 2) if isinstance(spent, float) else spent

    # -- performance ------------------------------------------------------------------------------------------------------------

    def _performance(self) -> None:
        for line in self.rows:
            if "indikator" not in line.cells:
                continue
            if line in self.idle or (line.head is not None and line.head in self.idle):
                if line.head is not None:
                    line.cells |= {"target": 0, "realisasi": 0}
                continue
            self._target(line)
            if self.kind == YEAR or not self._left_blank(line):
                self._achieve(line)

    def _target(self, line: Line) -> None:
        unit = line.cells["satuan"]
        if unit in ("Persen", "%", "Indeks", "Nilai"):
            line.cells["target"] = self.random.choice((100, 90, 87.5, 75, 96.25, 3.5 if unit == "Indeks" else 80))
        else:
            line.cells["target"] = self.random.choice((1, 2, 12, 25, 130, 1250, 18336, 61589))
        if self.kind == MONTH and self.often(12):
            line.cells["target"] = None

    def _left_blank(self, line: Line) -> bool:
        """Whether nothing is measured yet; the form asks for it in a quarter where WAKTU UKUR says so."""
        if self._has_when():
            when = self.random.choice(("Tahunan", "Triwulanan", "Semesteran", "Bulanan", None))
            line.cells["waktu_ukur"] = when
            if self.kind == QUARTER and (
                when in ("Triwulanan", "Bulanan") or (when == "Semesteran" and self.quarter == 2)
            ):
                return False
        return self.often(3)

    def _has_when(self) -> bool:
        return "waktu_ukur" in self.columns

    def _achieve(self, line: Line) -> None:
        target = line.cells.get("target")
        if target is None:
            return
        real = self._reached(target, line.cells.get("arah") == LOWER)
        if isinstance(target, int):
            real = round(real)
        line.cells["realisasi"] = real
        if self.has("quarters") and self.often() and self.quarter:
            self._by_quarters(line, real)

    def _reached(self, target: float, falling: bool) -> float:
        """A realisasi that is neither too low nor too high."""
        if self.kind != YEAR:
            share = 1 if falling else self.part * self.random.uniform(0.85, 1)
            return round(target * share, 2)
        low = max(self.bounds["capaian_min"], 101 - self.bounds["selisih_kinerja"]) / 100
        high = self.bounds["capaian_max"] / 100
        if (isinstance(target, int) and target < 200 and not falling and self.often()) or target < 30:
            return target
        if falling:  # both formulas stay within the bounds
            return round(target * self.random.uniform(max(0.95, 2 - high), min(1.1, 2 - low)), 2)
        return round(
            target * self.random.choice((1, self.random.uniform(low + 0.02, 1), self.random.uniform(1, high - 0.02))), 2
        )

    def _by_quarters(self, line: Line, real: float) -> None:
        keys = [f"tw{n}" for n in range(1, self.quarter + 1)]
        position = line.cells["satuan"] in ("Persen", "%", "Indeks", "Nilai", "Orang/bulan")
        way = self.random.choice(("Kumulatif", "Posisi akhir", "Rata-rata", "Tertinggi", None))
        if way == "Posisi akhir" or (way is None and position):
            values: list[Any] = [round(real * n / len(keys), 2) for n in range(1, len(keys))] + [real]
        elif way == "Rata-rata":
            values = [real] * len(keys)
        elif way == "Tertinggi":
            values = [real, *(round(real / 2, 2) for _ in keys[1:])]
        else:
            part = int(real) // len(keys)
            values = [part] * (len(keys) - 1)
            values.append(round(real - sum(values), 2))
        line.cells |= dict(zip(keys, values, strict=True))
        line.cells["cara_hitung"] = way
        if self.often():
            line.cells["realisasi"] = None

    def _break_pages(self, grid: Grid) -> None:
        lines: list[Line] = []
        for line in grid.lines:
            if line.level == "program" and lines:
                if self.often():
                    lines.append(Line({}))
                if self.often():
                    lines.append(Line({}, "page"))
            lines.append(line)
        grid.lines = lines

    # -- what is calculated -----------------------------------------------------------------------------------------------------

    def _results(self, grid: Grid, tops: list[Line]) -> None:
        """Sums, percentages and capaian: left to fill, typed as a reader rounds them, or by the office's own formulas."""
        office = Office(self.period, self.kind, {"matriks": grid}, {})
        sums = [line for line in (*grid.lines, grid.total) if line is not None and line.below]
        for line in reversed(sums) if grid.total is None else [*reversed(sums[:-1]), sums[-1]]:
            for key in ("anggaran", "realisasi_anggaran"):
                filled = [below for below in line.below if below.cells.get(key) is not None]
                if self.has("formulas"):
                    line.cells[key] = Sum(tuple(line.below))
                elif filled and self.has("typed results"):
                    line.cells[key] = round(sum(office.number(grid, below, key) for below in filled), 2)
        if self.has("typed results") and self.often(3) and not self.has("formulas"):
            for line in sums:  # some sums are left to fill; those above must then be left too, or be right
                if self.often(4):
                    line.cells.pop("anggaran", None), line.cells.pop("realisasi_anggaran", None)
        for line in grid.every():
            self._percent(office, grid, line)
            if grid.has("capaian") and line is not grid.total:
                self._capaian(line)

    def _percent(self, office: Office, grid: Grid, line: Line) -> None:
        pagu, spent = (line.cells.get(key) for key in ("anggaran", "realisasi_anggaran"))
        if line.head is not None or pagu is None or spent is None or not office.number(grid, line, "anggaran"):
            return
        if self.has("formulas"):
            line.cells["persen"] = Calc(self.percent)
        elif self.has("typed results") and not self.often(4):
            exact = Decimal(str(office.number(grid, line, "realisasi_anggaran"))) * 100
            line.cells["persen"] = self._rounded(exact / Decimal(str(office.number(grid, line, "anggaran"))))

    def _rounded(self, value: Decimal) -> Any:
        digits = 2 if self.has("template") else self.random.choice((2, 2, 2, 1))  # the template's cells show two
        shown = float(round_half_up(value, digits))
        return Shown(shown, "0.0" if digits == 1 else "0.00") if self.often() else shown

    def _capaian(self, line: Line) -> None:
        target, real = line.cells.get("target"), line.cells.get("realisasi")
        if not target or real is None or line.cells.get("status") not in (None, "aktif"):
            return
        if self.has("formulas") and "arah" not in line.cells and real is not None:
            line.cells["capaian"] = Calc("{realisasi}/{target}*100")
        elif self.has("typed results") and not self.has("formulas") and not self.often(3):
            line.cells["capaian"] = self._rounded(self.achieved(target, real, line.cells.get("arah") == LOWER))

    def achieved(self, target: float, real: float, falling: bool = False) -> Decimal:
        """The capaian in percent points, by the workbook's formula."""
        t, r = Decimal(str(target)), Decimal(str(real))
        if not falling:
            return r * 100 / t
        return t * 100 / r if self.variant == VARIANT_B else (2 * t - r) * 100 / t

    # -- the other sheets -------------------------------------------------------------------------------------------------------

    def _sasaran(self, tops: list[Line]) -> Grid:
        keys = [column.key for column in NEWEST.table("sasaran").columns]
        grid = Grid(NEWEST.table("sasaran"), keys)
        programs = [line.cells["uraian"] for line in self.rows if line.level == "program"]
        while True:
            grid.lines, groups = [], []
            for number in range(1, self.random.randint(1, 3) + 1):
                group = self._aim(number, programs[:1])
                groups.append(group)
                grid.lines += group
            if self.kind != YEAR or self._same_category(groups):
                break
        grid.total = Line({"sasaran": "RATA-RATA"}, "total")
        self.aims = grid.lines
        return grid

    def _aim(self, number: int, programs: list[str]) -> list[Line]:
        name = (
            "Meningkatnya kesejahteraan sosial",
            "Meningkatnya kualitas pelayanan",
            "Terwujudnya tata kelola yang baik",
        )[number - 1]
        group = []
        for place in range(self.random.randint(1, 2)):
            unit = self.random.choice(("Persen", "Nilai", "Orang"))
            line = Line(
                {
                    "indikator": f"{'Persentase' if unit == 'Persen' else unit} {name.split()[1]} {'AB'[place]}",
                    "satuan": unit,
                }
            )
            line.cells |= {
                "arah": HIGHER,
                "target": self.random.choice((100, 80, 92.5, 1200) if unit != "Persen" else (100, 80, 92.5)),
            }
            if place == 0:
                line.cells |= {
                    "tujuan": "Kesejahteraan masyarakat",
                    "sasaran": name,
                    "program_pendukung": "; ".join(programs),
                }
            if self.has("lower is better") and unit == "Orang" and self.often():
                line.cells |= {"indikator": f"Jumlah keluhan {number}{place}", "arah": LOWER}
            if self.kind == YEAR or self.often():
                self._aim_reached(line, unit)
            group.append(line)
        return group

    def _aim_reached(self, line: Line, unit: str) -> None:
        target, falling = line.cells["target"], line.cells["arah"] == LOWER
        real = self._reached(target, falling)
        line.cells["realisasi"] = real
        if unit == "Persen" and self.kind == YEAR and self.often():
            whole = self.random.choice((400, 1250, 18336))
            part = int(whole * real / 100)
            exact = Decimal(part) * 100 / whole
            line.cells |= {
                "pembilang": part,
                "penyebut": whole,
                "realisasi": float(round_half_up(exact, 2)) if self.often() else None,
            }
            real = line.cells["realisasi"] or float(exact)
        if self.often():
            end = round(target * (0.9 if falling else 1.05), 2)
            line.cells["target_renstra"] = end
            if self.has("typed results"):
                line.cells["kemajuan"] = float(round_half_up(self.achieved(end, real, falling), 2))
        value = self.achieved(target, real, falling)
        line.cells["_capaian"] = value
        if self.has("typed results") and self.often():
            line.cells["capaian"] = float(round_half_up(value, 2))
            line.cells["_capaian"] = round_half_up(value, 2)
            if self.kind == YEAR:
                line.cells["kategori"] = self._band(value)
        line.cells |= {"capaian_n1": 95.5, "penyebab": "Dukungan semua pihak", "upaya": "Memperluas layanan"}

    def _band(self, value: Decimal) -> str:
        return [name for name, lower in self.bands if value >= lower or lower == self.bands[0][1]][-1]

    def _same_category(self, groups: list[list[Line]]) -> bool:
        """Whether no figure as printed lies in another kategori than the exact one."""
        each = [[line.cells["_capaian"] for line in group] for group in groups]
        capped = [[value if self.cap is None else min(value, Decimal(self.cap)) for value in group] for group in each]
        means = [sum(group) / len(group) for group in capped]
        values = [*(value for group in each for value in group), sum(means) / len(means)]
        return all(self._band(value) == self._band(round_half_up(value, 2)) for value in values)

    def _pk(self, tops: list[Line]) -> Grid:
        keys = [column.key for column in NEWEST.table("pk").columns]
        grid = Grid(NEWEST.table("pk"), keys)
        aims = self.aims
        for year in (2023, 2024):
            name = ""
            for line in aims:
                name = line.cells.get("sasaran", name)
                target = line.cells["target"]
                cells = {
                    "tahun": year,
                    "sasaran": name,
                    "indikator": line.cells["indikator"],
                    "satuan": line.cells["satuan"],
                }
                grid.lines.append(Line({**cells, "target": target if year == 2023 else round(target * 1.02, 2)}))
            for program, pagu in self._program_money().items() if len(grid.lines) < 20 else ():
                grid.lines.append(Line({"tahun": year, "program": program, "anggaran": pagu if year == 2023 else None}))
        grid.lines = grid.lines[:30]
        return grid

    def _program_money(self) -> dict[str, float | None]:
        money: dict[str, float | None] = {}
        for line in self.rows:
            if line.level == "program":
                pagus = [leaf.cells["anggaran"] for leaf in line.leaves() if leaf.cells["anggaran"] is not None]
                name = line.cells["uraian"]
                if pagus:
                    money[name] = round(sum(pagus) + (money.get(name) or 0), 2)
                else:
                    money.setdefault(name, None)
        return money

    def _belanja(self, tops: list[Line]) -> Grid:
        keys = [column.key for column in NEWEST.table("belanja").columns]
        if not self.has("template") and (self.has("no tingkat") or self.often(3)):
            keys.remove("tingkat")
        grid = Grid(NEWEST.table("belanja"), keys)
        leaves = [leaf for top in tops for leaf in top.leaves()]
        pagu, spent = ([leaf.cells[key] or 0 for leaf in leaves] for key in ("anggaran", "realisasi_anggaran"))
        kinds = ["5.1.01", "5.1.02", "5.2.02"]
        names = {"5.1": "BELANJA OPERASI", "5.1.01": "Belanja Pegawai", "5.1.02": "Belanja Barang dan Jasa",
                 "5.2": "BELANJA MODAL", "5.2.02": "Belanja Modal Peralatan dan Mesin"}  # fmt: skip
        made: dict[str, Line] = {}
        for code, name in names.items():
            line = Line({"kode": code, "uraian": name}, "kelompok" if code.count(".") == 1 else "jenis")
            made[code] = line
            if code in kinds:
                mine = range(kinds.index(code), len(leaves), len(kinds))
                for n in mine:
                    leaves[n].kind = line
                line.cells["anggaran"] = round(sum(pagu[n] for n in mine), 2)
                line.cells["realisasi_anggaran"] = round(sum(spent[n] for n in mine), 2)
                made[code[:3]].below.append(line)
            grid.lines.append(line)
        if self.has("account 5"):
            whole = {key: round(sum(each), 2) for key, each in (("anggaran", pagu), ("realisasi_anggaran", spent))}
            grid.lines.insert(0, Line({"kode": "5", "uraian": "BELANJA DAERAH", **whole}))
        if not any(pagu):
            for line in grid.lines:
                line.cells["anggaran"] = line.cells["realisasi_anggaran"] = None
        tops = [made["5.1"], made["5.2"]]
        grid.total = Line({"uraian": "JUMLAH"}, "total", tops)
        office = Office(self.period, self.kind, {"belanja": grid}, {})
        for line in (*tops, grid.total):
            for key in ("anggaran", "realisasi_anggaran"):
                if self.has("formulas"):
                    line.cells[key] = Sum(tuple(line.below))
                elif self.has("typed results"):
                    line.cells[key] = round(sum(office.number(grid, below, key) for below in line.below), 2)
        if not any(pagu):
            for line in (*tops, grid.total):
                line.cells["anggaran"] = line.cells["realisasi_anggaran"] = None
        for line in grid.every():
            self._percent(office, grid, line)
        return grid

    def _spread(self, tops: list[Line]) -> Iterator[tuple[Line, str]]:
        """The sub kegiatan, each with the name of its sub unit."""
        for top in tops:
            for leaf in top.leaves():
                yield leaf, top.cells["uraian"] if top.level == "sub unit" else ""

    def _bulanan(self, tops: list[Line]) -> Grid:
        """What was spent, by month, and in some offices the cash budget."""
        spec = NEWEST.table("bulanan")
        keys = [column.key for column in spec.columns]
        grid = Grid(
            spec,
            keys
            if self.has("template")
            else [key for key in keys if not key.startswith("k0") and not key.startswith("k1")],
        )
        last, planned = last_month_of(self.period), self.often()
        for leaf, unit in self._spread(tops):
            spent = leaf.cells.get("realisasi_anggaran")
            line = Line(
                {key: leaf.cells.get(key) for key in ("kode", "uraian", "indikator", "satuan")}
                | {"sub_unit": unit or None}
            )
            if isinstance(spent, float | int) and spent:
                parts = self._parts(spent, last)
                line.cells |= {f"rp{month:02}": part for month, part in enumerate(parts, start=1) if part}
                if planned:
                    line.cells |= {f"rak{month:02}": round(part * 1.1, 2) for month, part in enumerate(parts, start=1)}
            grid.lines.append(line)
        grid.total = Line({"uraian": "JUMLAH"}, "total")
        return grid

    def _parts(self, whole: float, count: int) -> list[float]:
        """Parts, to the sen, that add up to the whole."""
        cents = round(whole * 100)
        cuts = sorted(self.random.randint(0, cents) for _ in range(count - 1))
        return [(high - low) / 100 for low, high in zip([0, *cuts], [*cuts, cents], strict=True)]

    def _rencana_aksi(self, tops: list[Line]) -> Grid:
        """Targets by quarter that were reached: the first says what is done so far, which holds by every CARA HITUNG."""
        spec = NEWEST.table("rencana_aksi")
        grid = Grid(spec, [column.key for column in spec.columns if not column.key.startswith("rp_")])
        for leaf, unit in self._spread(tops):
            done = leaf.cells.get("realisasi")
            line = Line(
                {key: leaf.cells.get(key) for key in ("kode", "uraian", "indikator", "satuan")}
                | {"sub_unit": unit or None}
            )
            if isinstance(done, float | int) and done:
                line.cells["target_tw1"] = done
            grid.lines.append(line)
        return grid

    def _pegawai(self) -> Grid:
        keys = [column.key for column in NEWEST.table("pegawai").columns]
        grid = Grid(NEWEST.table("pegawai"), keys)
        degrees = ("s2", "s1", "d3", "slta")
        for name in ("Kepala Dinas", "Sekretaris", "Kepala Bidang", "Pelaksana"):
            line = Line({"jabatan": name})
            # Falling, for rising small numbers look like the official numbers of columns.
            counts = sorted((self.random.randint(1, 9) for _ in degrees), reverse=True)
            line.cells |= dict(zip(degrees, counts if name == "Pelaksana" else counts[:1], strict=False))
            if self.has("typed results"):
                line.cells["jumlah"] = sum(line.cells.get(key, 0) for key in degrees)
            grid.lines.append(line)
        grid.total = Line({"jabatan": "JUMLAH"}, "total")
        if self.has("typed results"):
            for key in (*degrees, "jumlah"):
                grid.total.cells[key] = sum(line.cells.get(key, 0) for line in grid.lines)
        return grid

    def _lay_out(self, grid: Grid) -> None:
        """Where the table stands on the sheet, and under which headings."""
        if self.has("template"):
            return
        if grid.has("no") and self.often():
            for number, line in enumerate(line for line in grid.lines if line.cells and line.head is None):
                line.cells["no"] = number + 1
        else:
            grid.columns = [key for key in grid.columns if key != "no"]
        if self.has("shifted"):
            grid.top, grid.left = self.random.choice(((4, 1), (1, 3), (6, 2), (3, 28)))
        if self.has("numbered"):
            grid.numbered = True
        if self.has("aliases"):
            for key in grid.columns:
                aliases = grid.spec.by_key[key].aliases
                if aliases and self.often():
                    grid.headings[key] = self.random.choice(aliases)
            if grid.spec.key == "matriks" and self.often():
                grid.title = "LAKIP 2023"
        if self.has("formulas") or self.often():
            grid.formats |= {key: "#,##0" for key in ("anggaran", "realisasi_anggaran") if not self.has("sen")}


def correct(seed: int, period: str = "Akhir tahun", size: int = 20, traits: frozenset[str] | None = None) -> Office:
    """A correct workbook; without ``traits``, with some that follow from the seed."""
    if traits is None:
        random = Random(f"traits {seed} {period}")
        traits = frozenset(random.sample(TRAITS, random.randint(0, 12)))
    return Maker(seed, period, size, traits).office()


def offices(largest: int = 40) -> st.SearchStrategy[Office]:
    """Correct workbooks; a failing one shrinks to few rows and few traits."""
    return st.builds(
        correct,
        seed=st.integers(0, 10**6),
        period=st.sampled_from(sorted(PERIODS)),
        size=st.integers(3, largest),
        traits=st.frozensets(st.sampled_from(TRAITS)),
    )


def sizes(seed: int) -> int:
    """How many rows the workbook of a seed has: mostly few, one in 25 with 300."""
    return 300 if seed % 25 == 24 else (4, 8, 12, 20, 30, 45, 60, 15, 25, 100)[seed % 10]


def alarms(data: bytes) -> list[str]:
    """The errors, and the warnings that nobody explained, in words; nothing for a correct workbook."""
    from lakip_xl import tasks
    from lakip_xl.findings import Severity
    from lakip_xl.rules.catalogue import render

    found = tasks.examine(data).findings
    return [
        f"{f.cell} {f.code} {render(f).message}" for f in found if f.severity is not Severity.INFO and not f.explained
    ]


def main(many: int) -> None:
    """Looks at workbooks beyond those of the tests."""
    wrong = 0
    for seed in range(1000, 1000 + many):
        period = list(PERIODS)[seed % len(PERIODS)]
        office = correct(seed, period, sizes(seed))
        said = alarms(office.to_bytes())
        if said:
            wrong += 1
            sys.stdout.write(
                f"{seed} {period} {sizes(seed)} {sorted(office.traits)}\n  " + "\n  ".join(said[:4]) + "\n"
            )
    sys.stdout.write(f"{wrong} of {many} alarm\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
