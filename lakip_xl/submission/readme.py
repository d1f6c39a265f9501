"""The text in a bundle for whoever unpacks it: what it is, what it proves and what it does not."""

from __future__ import annotations

from collections.abc import Mapping

from lakip_xl.submission.manifest import office_of

BLANK = "____-____-____-____"
"""What stands in the text for the code of the seal while it is digested: the seal covers the text, so the text cannot hold it yet."""

_TEXT = """\
BUNDEL PENGAJUAN LAPORAN KINERJA
{office}

Buku kerja  : {name}
Kode segel  : {code}
Dibuat oleh : lakip-xl {version}, edisi formulir {edition}

Jangan membuka lalu mengemas ulang berkas .zip ini; kirimkan apa adanya.

Isinya:
  {name}
      buku kerja yang sudah diisi rumus dan lolos pemeriksaan
  laporan.xlsx
      hasil pemeriksaan dan penjelasannya, siap cetak
  laporan.json, isian.json, manifes.json
      untuk lakip-xl

Penerima memeriksanya dengan:   lakip-xl verify NAMA-BERKAS.zip

Yang dibuktikan: isi bundel sama dengan saat disegel, dan isian mana yang berubah bila tidak sama.
Yang tidak dibuktikan: siapa yang menyegel, dan kapan. Ini bukan tanda tangan elektronik: orang yang
memasang lakip-xl dapat membuat bundel baru. Karena itu tulislah kode segel di atas pada surat pengantar
yang ditandatangani; penerima mencocokkannya dengan yang disebut lakip-xl verify.

This is a sealed submission. "lakip-xl verify FILE.zip" tells whether it is unchanged. It does not prove who sealed it, or when:
copy the seal code into the signed cover letter.
"""


def text(name: str, identity: Mapping[str, str], version: str, edition: str) -> str:
    """The text, with line ends that Notepad knows, and ``BLANK`` for the code of the seal."""
    said = _TEXT.format(office=office_of(identity), name=name, code=BLANK, version=version, edition=edition)
    return said.replace("\n", "\r\n")
