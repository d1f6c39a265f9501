"""What Petunjuk says beside the form's own hints: steps, habits, and the meaning of sheets and flags. Data only."""

from lakip_xl.form import formulas, places

STEPS = (
    (
        "Isi Identitas",
        "Nama Perangkat Daerah, tahun, dan periode laporan. Periode menentukan batas pemeriksaan yang berlaku.",
    ),
    (
        "Periksa Pengaturan",
        "Rumus untuk indikator yang makin rendah makin baik, batas maksimum capaian, batas pemeriksaan, dan "
        "kategori. Nilai yang sudah ada boleh dipakai langsung.",
    ),
    (
        "Isi Matriks",
        "Satu baris untuk setiap program, kegiatan, dan sub kegiatan, lengkap dengan kodenya. Setiap bulan "
        "cukup memperbarui realisasi.",
    ),
    (
        "Isi lembar lainnya",
        "Sasaran, PK, Belanja, dan Pegawai. Jumlah pada Belanja harus sama dengan jumlah pada Matriks.",
    ),
    (
        "Simpan, lalu jalankan",
        "Tutup berkas ini, lalu jalankan perintah: lakip-xl fill NAMA-BERKAS.xlsx. Hasilnya berkas baru "
        "dengan akhiran -selesai di folder yang sama; berkas asal tidak berubah.",
    ),
    (
        "Baca hasilnya",
        "Buka berkas -selesai. Ringkasan memuat capaian dan serapan; Catatan Perbaikan menunjukkan sel yang "
        "perlu diperbaiki.",
    ),
    (
        "Perbaiki dan jelaskan",
        "Betulkan yang Wajib diperbaiki. Untuk yang Perlu penjelasan, tulis sebabnya di kolom penjelasan pada "
        "Catatan Perbaikan atau di kolom KETERANGAN pada baris yang bersangkutan.",
    ),
    (
        "Lanjutkan bulan berikutnya",
        "Teruskan mengisi berkas -selesai itu dan jalankan perintah yang sama. Berkas sebelumnya disimpan "
        "sebagai cadangan.",
    ),
)

HABITS = (
    ("Sel putih dan sel abu-abu", "Sel putih diisi. Sel abu-abu berisi rumus dan terisi sendiri."),
    ("Angka", "Tulis angka saja, tanpa Rp, satuan, atau tanda %. Persentase ditulis 90,44 dan bukan 0,9044."),
    (
        "Kosong dan nol",
        "Kosongkan bila datanya belum ada. Tulis 0 hanya bila nilainya memang nol. Bila target atau anggaran "
        '0, hasilnya "-".',
    ),
    ("Indikator kedua", "Tulis pada baris di bawahnya; kode, uraian, dan anggarannya dikosongkan."),
    (
        "Menambah baris",
        "Sisipkan baris di atas baris tipis berarsir supaya ikut terjumlah. Baris kosong yang berlebih boleh dihapus.",
    ),
    (
        "Realisasi per triwulan",
        "Klik tanda [+] di atas kolom REALISASI KINERJA pada Matriks untuk membuka kolom TW I sampai TW IV.",
    ),
    ("Data pribadi", "Jangan menulis nama orang atau NIP di lembar mana pun."),
)

OWNED_SHEETS = ("Ringkasan", "Catatan Perbaikan")
OTHER_SHEETS = {
    places.IDENTITY_SHEET: "Perangkat Daerah, kabupaten/kota, tahun, periode, dokumen anggaran, nama laporan, dan jabatan "
    "penanda tangan.",
    places.SETTINGS_SHEET: "Pilihan rumus, batas maksimum capaian, batas pemeriksaan menurut periode, dan kategori capaian.",
    "Ringkasan": "Dibuat oleh lakip-xl: ringkasan capaian, serapan, dan grafik, siap dicetak.",
    "Catatan Perbaikan": "Dibuat oleh lakip-xl: daftar sel yang perlu diperbaiki atau dijelaskan.",
}

FLAG_MEANINGS = {
    formulas.PAGU_NIHIL: "Anggaran 0, tetapi ada target atau realisasi anggaran. Bila dinolkan pada Perubahan, pilih STATUS "
    "dinolkan; bila tidak, isi anggarannya.",
    formulas.TARGET_NIHIL: "Target 0, tetapi ada anggaran atau realisasi kinerja. Periksa targetnya.",
    formulas.BUKAN_ANGKA: "Target, realisasi, atau anggaran berisi teks. Tulis ulang sebagai angka.",
    formulas.DI_ATAS_BATAS: "Capaian melebihi batas tertinggi. Periksa satuan dan target; bila sudah benar, beri penjelasan.",
    formulas.MELEBIHI_PAGU: "Realisasi anggaran lebih besar daripada anggaran. Periksa DPA/DPPA terakhir dan pembebanannya.",
    formulas.KINERJA_SERAPAN: "Capaian kinerja jauh tertinggal dari serapan anggaran. Periksa realisasi kinerja; bila sudah benar, "
    "beri penjelasan.",
    formulas.DI_BAWAH_BATAS: "Capaian atau serapan anggaran di bawah batas terendah. Beri penjelasan.",
}

SEVERITIES = (
    ("Wajib diperbaiki", "Isian rusak atau hitungannya keliru. Harus dibetulkan sebelum laporan diajukan."),
    ("Perlu penjelasan", "Tidak lazim, tetapi bisa saja benar. Selesai setelah diberi penjelasan."),
    ("Informasi", "Cukup diketahui."),
)
