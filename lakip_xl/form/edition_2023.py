"""Edition 2023: the matrix as printed in the 2023 LAKIP of Dinas Sosial Kabupaten Manggarai. Data only.

The report prints columns 1, 3, 4, 6, 11, 13, 14 and 15. Columns 2, 5, 7-10, 12 and 16 are hidden in it; their meaning here is
inferred from the family of forms around E.81 (Permendagri 86/2017), and so are the helper columns.
"""

from __future__ import annotations

from lakip_xl.form import formulas as f
from lakip_xl.form.expressions import Key, Setting, Span, call
from lakip_xl.form.spec import Band, Column, Field, FormSpec, Kind, TableSpec, Threshold, Under

ARAH = (f.HIGHER, f.LOWER)
CARA_HITUNG = (f.SUM, f.LAST, f.MEAN, f.HIGHEST)
STATUS = (f.ACTIVE, f.ZEROED, f.EMPTY)
WAKTU_UKUR = ("Bulanan", "Triwulanan", "Semesteran", "Tahunan")
PERIODS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember",
    "TW I", "TW II", "TW III", "Akhir tahun",
)  # fmt: skip
MATRIX_CODE_LEVELS = ("urusan", "bidang urusan", "program", "", "kegiatan", "sub kegiatan")
BELANJA_CODE_LEVELS = ("", "kelompok", "jenis")
MATRIX_LEVELS = ("total", "sub unit", "urusan", "bidang urusan", "program", "kegiatan", "sub kegiatan")

_capaian = f.achievement(Key("target"), Key("realisasi"), Key("arah"), Setting("rumus_rendah"))
SERAPAN = (
    "% Realisasi Anggaran", "Serapan (%)", "Tingkat Penyerapan (%)", "% Keuangan", "Keuangan (%)", "% Realisasi Keuangan",
    "Realisasi Keuangan (%)", "Capaian Keuangan (%)", "% Capaian Keuangan", "% Serapan", "Serapan Anggaran (%)", "% Serapan Anggaran",
    "Persentase Serapan", "Persentase Keuangan", "Realisasi Anggaran (%)",
)  # fmt: skip
"""Headings that say of what they are the percentage: the money. Of "% Fisik", the progress of works, the form has no column."""

_persen = f.ratio(Key("realisasi_anggaran"), Key("anggaran"))
_kategori = f.at_year_end(
    Setting("kelompok_periode"),
    f.category(
        Key("capaian"),
        Setting("batas_kategori"),
        Setting("nama_kategori"),
        Setting("batas_terbawah"),
        Setting("kategori_terbawah"),
    ),
)

MATRIKS = TableSpec(
    key="matriks",
    title="Matriks",
    caption="MATRIKS CAPAIAN KINERJA DAN REALISASI ANGGARAN",
    required=True,
    rows=80,
    levels=MATRIX_LEVELS,
    code_levels=MATRIX_CODE_LEVELS,
    sums=("anggaran", "realisasi_anggaran"),
    total="JUMLAH",
    identified_by=frozenset(("uraian", "indikator", "anggaran")),
    intro="Satu baris untuk setiap program, kegiatan, dan sub kegiatan. Indikator kedua dan seterusnya ditulis pada baris di "
    "bawahnya, dengan kode dan uraian dikosongkan. Sel abu-abu terisi rumus.",
    columns=(
        Column("no", "NO", Kind.TEXT, 5, "1", aliases=("No.", "Nomor", "No Urut"), hint="Nomor urut, boleh kosong."),
        Column(
            "kode", "KODE", Kind.CODE, 17, "2",
            aliases=("Kode Rekening", "Kode Program", "Kode Program/Kegiatan/Sub Kegiatan", "Kode Sub Kegiatan"),
            hint="Kode nomenklatur sebagai teks, misalnya 1.06.01.2.01.0001. Dari kode ini tingkat baris diketahui.",
            inferred=True,
        ),
        Column(
            "uraian", "PROGRAM / KEGIATAN / SUB KEGIATAN", Kind.TEXT, 36, "3",
            aliases=("Program/Kegiatan/Sub Kegiatan", "Program/Kegiatan", "Uraian", "Program dan Kegiatan", "Nama Program/Kegiatan/Sub Kegiatan",
                     "Urusan/Program/Kegiatan", "Urusan/Program/Kegiatan/Sub Kegiatan"),
            required=True,
            under=(Under("program kegiatan", without="indikator target realisasi kode kinerja unit capaian"),), hint="Nama program, kegiatan, atau sub kegiatan sesuai DPA/DPPA.",
        ),
        Column(
            "indikator", "INDIKATOR", Kind.TEXT, 34, "4",
            aliases=("Indikator Kinerja", "Indikator Kinerja Program/Kegiatan", "Indikator Kinerja Program (Outcome)/Kegiatan (Output)"),
            under=(Under("indikator", without="target realisasi capaian"),), hint="Satu indikator dalam satu baris. Kegiatan boleh tanpa indikator.",
        ),
        Column("satuan", "SATUAN", Kind.TEXT, 11, "5", inferred=True, under=(Under("satuan"), Under("target", "satuan")), hint="Satuan target dan realisasi, misalnya Orang/bulan, Dokumen, Persen."),
        Column("target", "TARGET KINERJA", Kind.NUMBER, 11, "6", aliases=("Target", "Target Kinerja Tahun Berjalan", "Target Tahun Ini"), required=True,
               under=(Under("target", "K", "renstra triwulan tw"),), hint="Angka saja; satuannya di kolom SATUAN."),
        Column("tw1", "REALISASI TW I", Kind.NUMBER, 11, "7", aliases=("TW I", "Triwulan I"), printed=False, outline=True, inferred=True, under=(Under("triwulan|tw i|1", without="target s sampai kumulatif rp"), Under("triwulan|tw i|1", "K", "target s sampai kumulatif")), hint="Realisasi kinerja triwulan I."),
        Column("tw2", "REALISASI TW II", Kind.NUMBER, 11, "8", aliases=("TW II", "Triwulan II"), printed=False, outline=True, inferred=True, under=(Under("triwulan|tw ii|2", without="target s sampai kumulatif rp"), Under("triwulan|tw ii|2", "K", "target s sampai kumulatif")), hint="Realisasi kinerja triwulan II."),
        Column("tw3", "REALISASI TW III", Kind.NUMBER, 11, "9", aliases=("TW III", "Triwulan III"), printed=False, outline=True, inferred=True, under=(Under("triwulan|tw iii|3", without="target s sampai kumulatif rp"), Under("triwulan|tw iii|3", "K", "target s sampai kumulatif")), hint="Realisasi kinerja triwulan III."),
        Column("tw4", "REALISASI TW IV", Kind.NUMBER, 11, "10", aliases=("TW IV", "Triwulan IV"), printed=False, outline=True, inferred=True, under=(Under("triwulan|tw iv|4", without="target s sampai kumulatif rp"), Under("triwulan|tw iv|4", "K", "target s sampai kumulatif")), hint="Realisasi kinerja triwulan IV."),
        Column(
            "realisasi", "REALISASI KINERJA", Kind.NUMBER, 12, "11", aliases=("Realisasi", "Realisasi Kinerja s/d TW Ini"), required=True,
            formula=f.over_quarters((Key("tw1"), Key("tw2"), Key("tw3"), Key("tw4")), (Span("tw1:tw4"),), Key("cara_hitung"), Key("satuan")),
            needs=("tw1", "tw2", "tw3", "tw4"),
            under=(Under("realisasi s d", "K", "lalu"), Under("realisasi", "K", "triwulan tw lalu renstra")), hint="Angka saja. Bila kolom 7-10 diisi, kolom ini dihitung menurut CARA HITUNG.",
        ),
        Column(
            "capaian", "CAPAIAN (%)", Kind.PERCENT, 10, "12", aliases=("Capaian", "% Capaian Kinerja", "Capaian Kinerja (%)", "Tingkat Capaian (%)"),
            formula=call("IF", f.out_of_use(Key("status")), "", _capaian), needs=("indikator",), prefilled=True,
            under=(Under("capaian|tingkat", "K", "renstra triwulan lalu target"), Under("realisasi", "%", "rp anggaran keuangan triwulan tw")), hint="Rumus: realisasi dibagi target kali 100, atau rumus untuk makin rendah makin baik (lihat Pengaturan).",
            inferred=True,
        ),
        Column("anggaran", "ANGGARAN (Rp)", Kind.RUPIAH, 18, "13", aliases=("Anggaran", "Pagu", "Pagu Anggaran", "Pagu (Rp)", "Pagu Anggaran (Rp)", "Jumlah Anggaran"),
               required=True, under=(Under("target|pagu|anggaran", "Rp", "realisasi renstra triwulan tw"),), hint="Rupiah sesuai dokumen anggaran yang berlaku. Kegiatan dan program adalah jumlah sub kegiatannya."),
        Column("realisasi_anggaran", "REALISASI s/d TW INI (Rp)", Kind.RUPIAH, 18, "14",
               aliases=("Realisasi Anggaran", "Realisasi Anggaran (Rp)", "Realisasi (Rp)", "Realisasi Keuangan", "Realisasi Keuangan (Rp)"),
               required=True, under=(Under("realisasi s d", "Rp", "lalu"), Under("realisasi", "Rp", "triwulan tw lalu renstra")), hint="Rupiah yang terealisasi sampai dengan periode laporan."),
        Column("persen", "%", Kind.PERCENT, 8, "15", aliases=("Persen", "Persentase", *SERAPAN),
               formula=_persen, prefilled=True, under=(Under("capaian|tingkat", "Rp", "renstra triwulan lalu"),), hint="Rumus: kolom 14 dibagi kolom 13 kali 100."),
        Column("keterangan", "KETERANGAN", Kind.TEXT, 22, "16", aliases=("Ket", "Ket."), inferred=True,
               hint="Penjelasan atas baris ini; berlaku juga sebagai penjelasan atas catatan 'Perlu penjelasan' pada baris ini."),
        Column("tingkat", "TINGKAT", Kind.CHOICE, 14, choices=MATRIX_LEVELS[1:], printed=False, prefilled=True,
               formula=f.level_of_code(Key("kode"), MATRIX_CODE_LEVELS),
               hint="Terisi sendiri dari kode; pilih dari daftar bila kode kosong."),
        Column("arah", "ARAH", Kind.CHOICE, 24, choices=ARAH, printed=False, aliases=("Arah Indikator",),
               hint="Makin tinggi atau makin rendah makin baik. Kosong dihitung makin tinggi makin baik."),
        Column("cara_hitung", "CARA HITUNG", Kind.CHOICE, 15, choices=CARA_HITUNG, printed=False,
               hint="Cara menghitung kolom 11 dari kolom 7-10. Kosong: Posisi akhir untuk persen, indeks, nilai, predikat, Orang/bulan; selain itu Kumulatif."),
        Column("waktu_ukur", "WAKTU UKUR", Kind.CHOICE, 13, choices=WAKTU_UKUR, printed=False, hint="Kapan indikator diukur. Kosong: Tahunan."),
        Column("status", "STATUS", Kind.CHOICE, 12, choices=STATUS, printed=False,
               hint="dinolkan: dihapus pada Perubahan; nihil: tidak ada target dan pagu tahun ini. Keduanya tidak dihitung. Kosong: aktif."),
        Column("hasil_periksa", "HASIL PERIKSA", Kind.TEXT, 21, formula=f.flag(), printed=False, prefilled=True,
               hint="Rumus: tanda yang mengikuti isian dan Pengaturan."),
    ),
)  # fmt: skip

SASARAN = TableSpec(
    key="sasaran",
    title="Sasaran",
    identified_by=frozenset(("sasaran", "indikator", "target", "realisasi")),
    caption="PENGUKURAN KINERJA SASARAN STRATEGIS",
    rows=20,
    total="RATA-RATA",
    intro="Satu baris untuk setiap indikator kinerja utama. Indikator kedua dari sasaran yang sama ditulis di bawahnya dengan kolom "
    "sasaran dikosongkan.",
    footer=(
        ("capaian", call("IF", call("COUNT", Span("rata_sasaran")).eq(0), "-", call("AVERAGE", Span("rata_sasaran")))),
        ("kategori", _kategori),
    ),
    columns=(
        Column("no", "NO", Kind.TEXT, 5, "1", aliases=("No.",), hint="Nomor urut, boleh kosong."),
        Column("tujuan", "TUJUAN", Kind.TEXT, 20, "2", hint="Tujuan Renstra."),
        Column("sasaran", "SASARAN STRATEGIS", Kind.TEXT, 22, "3", aliases=("Sasaran",), hint="Sasaran strategis sesuai Perjanjian Kinerja."),
        Column("indikator", "INDIKATOR KINERJA UTAMA", Kind.TEXT, 22, "4", aliases=("Indikator Kinerja", "Indikator", "IKU"), hint="Satu indikator dalam satu baris."),
        Column("formulasi", "FORMULASI", Kind.TEXT, 20, "5", aliases=("Formulasi Perhitungan", "Rumus"), hint="Cara menghitung indikator."),
        Column("sumber_data", "SUMBER DATA", Kind.TEXT, 15, "6", hint="Dari mana angka diambil."),
        Column("satuan", "SATUAN", Kind.TEXT, 10, "7", hint="Satuan target dan realisasi."),
        Column("arah", "ARAH", Kind.CHOICE, 14, "8", choices=ARAH, hint="Makin tinggi atau makin rendah makin baik. Kosong dihitung makin tinggi makin baik."),
        Column("target", "TARGET", Kind.NUMBER, 11, "9", aliases=("Target Kinerja",), required=True, hint="Angka saja."),
        Column("pembilang", "PEMBILANG", Kind.NUMBER, 12, "10", hint="Bila indikator adalah perbandingan: angka di atas garis."),
        Column("penyebut", "PENYEBUT", Kind.NUMBER, 12, "11", hint="Bila indikator adalah perbandingan: angka di bawah garis."),
        Column("realisasi", "REALISASI", Kind.NUMBER, 12, "12", aliases=("Realisasi Kinerja",), required=True,
               formula=f.quotient(Key("pembilang"), Key("penyebut"), Key("satuan")), needs=("pembilang", "penyebut"),
               hint="Angka saja. Bila pembilang dan penyebut diisi, kolom ini dihitung."),
        Column("capaian", "CAPAIAN (%)", Kind.PERCENT, 10, "13", aliases=("Capaian", "% Capaian"), formula=_capaian, needs=("indikator",), prefilled=True,
               hint="Rumus: realisasi dibagi target kali 100, atau rumus untuk makin rendah makin baik."),
        Column("kategori", "KATEGORI", Kind.TEXT, 13, "14", formula=call("IF", Key("capaian").eq(""), "", _kategori), needs=("indikator",), prefilled=True,
               hint="Rumus: kategori menurut Pengaturan, dari capaian yang belum dibulatkan."),
        Column("capaian_n1", "CAPAIAN TAHUN LALU (%)", Kind.PERCENT, 12, "15", aliases=("Capaian n-1 (%)", "Capaian Tahun n-1 (%)"), hint="Capaian satu tahun sebelumnya."),
        Column("capaian_n2", "CAPAIAN DUA TAHUN LALU (%)", Kind.PERCENT, 12, "16", aliases=("Capaian n-2 (%)", "Capaian Tahun n-2 (%)"), hint="Capaian dua tahun sebelumnya."),
        Column("target_renstra", "TARGET AKHIR RENSTRA", Kind.NUMBER, 13, "17", aliases=("Target Renstra",), hint="Target pada akhir periode Renstra."),
        Column("kemajuan", "KEMAJUAN TERHADAP RENSTRA (%)", Kind.PERCENT, 13, "18", aliases=("Kemajuan (%)",),
               formula=f.achievement(Key("target_renstra"), Key("realisasi"), Key("arah"), Setting("rumus_rendah")), needs=("target_renstra",), prefilled=True,
               hint="Rumus: realisasi terhadap target akhir Renstra."),
        Column("standar_nasional", "STANDAR NASIONAL", Kind.NUMBER, 12, "19", hint="Bila ada."),
        Column("program_pendukung", "PROGRAM PENDUKUNG", Kind.TEXT, 22, "20", hint="Program yang mendukung sasaran."),
        Column("penyebab", "PENYEBAB KEBERHASILAN / KEGAGALAN", Kind.TEXT, 26, "21", aliases=("Penyebab",), hint="Penyebab keberhasilan atau kegagalan."),
        Column("upaya", "UPAYA PERBAIKAN", Kind.TEXT, 26, "22", aliases=("Upaya",), hint="Alternatif solusi yang telah atau akan dilakukan."),
        Column("rata_sasaran", "RATA-RATA SASARAN (%)", Kind.PERCENT, 12, printed=False,
               formula=f.capped_mean(Span("capaian"), Setting("batas_maksimum")), needs=("sasaran",),
               hint="Rumus: rata-rata capaian indikator dalam satu sasaran, setelah batas maksimum capaian."),
    ),
)  # fmt: skip

PK = TableSpec(
    key="pk",
    title="PK",
    caption="PERJANJIAN KINERJA",
    rows=30,
    intro="Perjanjian Kinerja tahun laporan dan tahun berikutnya: baris sasaran dan indikator, lalu baris program dan anggaran.",
    columns=(
        Column("no", "NO", Kind.TEXT, 5, "1", aliases=("No.",), hint="Nomor urut, boleh kosong."),
        Column("tahun", "TAHUN", Kind.YEAR, 8, "2", hint="Tahun Perjanjian Kinerja."),
        Column("sasaran", "SASARAN STRATEGIS", Kind.TEXT, 34, "3", aliases=("Sasaran",), hint="Sasaran strategis."),
        Column("indikator", "INDIKATOR KINERJA", Kind.TEXT, 34, "4", aliases=("Indikator",), hint="Indikator kinerja."),
        Column("satuan", "SATUAN", Kind.TEXT, 12, "5", hint="Satuan target."),
        Column("target", "TARGET", Kind.NUMBER, 12, "6", hint="Angka saja."),
        Column("program", "PROGRAM", Kind.TEXT, 34, "7", hint="Program yang mendukung."),
        Column("anggaran", "ANGGARAN (Rp)", Kind.RUPIAH, 19, "8", aliases=("Anggaran",), hint="Anggaran program dalam Perjanjian Kinerja."),
        Column("keterangan", "KETERANGAN", Kind.TEXT, 26, "9", aliases=("Ket",), hint="Misalnya sumber dana."),
    ),
)  # fmt: skip

BELANJA = TableSpec(
    key="belanja",
    title="Belanja",
    caption="ANGGARAN DAN REALISASI BELANJA MENURUT JENIS",
    rows=16,
    levels=("total", "kelompok", "jenis"),
    code_levels=BELANJA_CODE_LEVELS,
    sums=("anggaran", "realisasi_anggaran"),
    total="JUMLAH",
    intro="Belanja menurut jenis dari LRA. Jumlahnya harus sama dengan jumlah Matriks.",
    given=(
        (("kode", "5.1"), ("uraian", "BELANJA OPERASI")),
        (("kode", "5.1.01"), ("uraian", "Belanja Pegawai")),
        (("kode", "5.1.02"), ("uraian", "Belanja Barang dan Jasa")),
        (("kode", "5.1.05"), ("uraian", "Belanja Hibah")),
        (("kode", "5.1.06"), ("uraian", "Belanja Bantuan Sosial")),
        (("kode", "5.2"), ("uraian", "BELANJA MODAL")),
        (("kode", "5.2.02"), ("uraian", "Belanja Modal Peralatan dan Mesin")),
        (("kode", "5.2.03"), ("uraian", "Belanja Modal Gedung dan Bangunan")),
    ),
    columns=(
        Column("kode", "KODE", Kind.CODE, 12, "1", aliases=("Kode Rekening",), hint="Kode rekening belanja sebagai teks, misalnya 5.1.01."),
        Column("uraian", "URAIAN", Kind.TEXT, 44, "2", required=True, hint="Kelompok atau jenis belanja."),
        Column("anggaran", "ANGGARAN (Rp)", Kind.RUPIAH, 20, "3", aliases=("Anggaran",), required=True, hint="Rupiah sesuai dokumen anggaran yang berlaku."),
        Column("realisasi_anggaran", "REALISASI (Rp)", Kind.RUPIAH, 20, "4", aliases=("Realisasi", "Realisasi Anggaran (Rp)"), required=True, hint="Rupiah menurut LRA."),
        Column("persen", "%", Kind.PERCENT, 10, "5", aliases=("Persen", "Persentase"), formula=_persen, prefilled=True, hint="Rumus: realisasi dibagi anggaran kali 100."),
        Column("keterangan", "KETERANGAN", Kind.TEXT, 30, "6", aliases=("Ket",), hint="Boleh kosong."),
        Column("tingkat", "TINGKAT", Kind.CHOICE, 12, choices=("kelompok", "jenis"), printed=False, prefilled=True,
               formula=f.level_of_code(Key("kode"), BELANJA_CODE_LEVELS), hint="Terisi sendiri dari kode; pilih dari daftar bila kode kosong."),
    ),
)  # fmt: skip

_EDUCATION = (
    ("s2", "S2"),
    ("s1", "S1"),
    ("d4", "D-IV"),
    ("d3", "D-III"),
    ("slta", "SLTA"),
    ("sd", "SD"),
    ("lainnya", "LAINNYA"),
)

PEGAWAI = TableSpec(
    key="pegawai",
    title="Pegawai",
    caption="JUMLAH PEGAWAI MENURUT JABATAN DAN PENDIDIKAN",
    rows=16,
    total="JUMLAH",
    intro="Jumlah orang saja. Jangan menulis nama atau NIP.",
    given=tuple(
        (("jabatan", name),)
        for name in ("Kepala Dinas", "Sekretaris", "Kepala Bidang", "Jabatan Fungsional dan Kepala Sub Bagian", "Pelaksana")
    ),
    footer=tuple(
        (key, call("IF", call("COUNT", Span(key)).eq(0), "", call("SUM", Span(key))))
        for key in (*(key for key, _ in _EDUCATION), "jumlah", "rangkap")
    ),
    columns=(
        Column("no", "NO", Kind.TEXT, 5, "1", aliases=("No.",), hint="Nomor urut, boleh kosong."),
        Column("jabatan", "JABATAN", Kind.TEXT, 42, "2", hint="Termasuk pelaksana."),
        *(Column(key, heading, Kind.COUNT, 10, str(n), hint=f"Jumlah orang dengan pendidikan {heading}.") for n, (key, heading) in enumerate(_EDUCATION, 3)),
        Column("jumlah", "JUMLAH", Kind.COUNT, 10, "10", formula=f.sum_or_blank(Span("s2:lainnya")), prefilled=True, hint="Rumus: jumlah ke samping."),
        Column("rangkap", "RANGKAP JABATAN", Kind.COUNT, 12, "11", hint="Di antaranya, orang yang sudah dihitung pada jabatan lain."),
        Column("keterangan", "KETERANGAN", Kind.TEXT, 28, "12", aliases=("Ket",), hint="Boleh kosong."),
    ),
)  # fmt: skip

FORM = FormSpec(
    edition="2023.1",
    name="Matriks LAKIP / LKjIP Perangkat Daerah, edisi 2023",
    sources=(
        "LAKIP Dinas Sosial Kabupaten Manggarai 2023 (kolom 1, 3, 4, 6, 11, 13, 14, 15)",
        "Formulir E.81, Permendagri 86/2017 (kolom 7-10; kolom 2, 5, 12, 16 disimpulkan)",
        "PermenPANRB 53/2014 (isi Sasaran)",
    ),
    identity=(
        Field("perangkat_daerah", "Perangkat Daerah", required=True, hint="Misalnya Dinas Sosial."),
        Field("kabupaten", "Kabupaten/Kota", required=True, hint="Misalnya Kabupaten Manggarai."),
        Field("tahun", "Tahun", Kind.YEAR, required=True, hint="Tahun anggaran laporan, misalnya 2023."),
        Field("periode", "Periode", Kind.CHOICE, "Akhir tahun", PERIODS, required=True, hint="Periode menentukan batas dan pemeriksaan yang berlaku."),
        Field("dokumen_anggaran", "Dokumen anggaran yang berlaku", Kind.CHOICE, None,
              ("DPA", "Pergeseran ke-1", "Pergeseran ke-2", "Pergeseran ke-3", "DPPA"), hint="Dokumen asal kolom ANGGARAN."),
        Field("nama_laporan", "Nama laporan", Kind.CHOICE, "LAKIP", ("LAKIP", "LKjIP"), hint="Nama yang dipakai pada judul."),
        Field("jabatan_penanda_tangan", "Jabatan penanda tangan", hint="Jabatan saja, tanpa nama dan NIP. Misalnya Plt. Kepala Dinas Sosial."),
    ),
    settings=(
        Field("rumus_rendah", "Rumus makin rendah makin baik", Kind.CHOICE, f.VARIANT_A, (f.VARIANT_A, f.VARIANT_B), required=True,
              hint="Kedua rumus dipakai di daerah; pilih sesuai pedoman kabupaten/kota. Tercetak pada Ringkasan."),
        Field("batas_maksimum", "Batas maksimum capaian (%)", Kind.CHOICE, f.NO_CAP, (f.NO_CAP, "100", "120"), required=True,
              hint="Hanya untuk rata-rata; kolom capaian tetap menampilkan angka aslinya."),
        Field("kelompok_periode", "Kelompok periode", Kind.NUMBER, formula=f.period_class(Setting("periode")),
              hint="Rumus dari Identitas: 1 bulan, 2 triwulan, 3 akhir tahun."),
    ),
    thresholds=(
        Threshold("capaian_min", "Capaian paling rendah (%)", None, None, 70, "Di bawah ini perlu penjelasan."),
        Threshold("capaian_max", "Capaian paling tinggi (%)", 100, 100, 110, "Di atas ini perlu penjelasan; sebelum akhir tahun hanya informasi."),
        Threshold("capaian_satuan", "Capaian yang menandakan salah satuan (%)", 150, 150, 150, "Di atas ini, periksa dahulu satuan dan target."),
        Threshold("serapan_min", "Serapan paling rendah (%)", None, None, 80, "Di bawah ini perlu penjelasan."),
        Threshold("sisa_min", "Sisa anggaran besar (% dari jumlah pagu)", None, None, 1, "Sisa satu sub kegiatan sebesar ini atau lebih perlu penjelasan."),
        Threshold("selisih_kinerja", "Selisih serapan dan kinerja (poin)", None, 20, 20, "Kinerja tertinggal sebanyak ini dari serapan perlu penjelasan."),
    ),
    # Printed in the report as >=100, >=85-99, >=70-84, >=50-69, <=49; closed here as lower bounds, so 99,65 has a kategori.
    bands=(Band(0, "Kurang"), Band(50, "Cukup"), Band(70, "Baik"), Band(85, "Sangat Baik"), Band(100, "Memuaskan")),
    tables=(SASARAN, PK, MATRIKS, BELANJA, PEGAWAI),
)  # fmt: skip
