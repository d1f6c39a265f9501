@echo off
rem Menghapus yang dipasang pasang.bat. Buku kerja Anda tidak disentuh.
rem (Removes what pasang.bat installed. Your workbooks are not touched.)
setlocal
title lakip_xl
if not defined LOCALAPPDATA goto gagal
if not defined APPDATA goto gagal
set "RUMAH=%LOCALAPPDATA%\lakip_xl"
set "KIRIM=%APPDATA%\Microsoft\Windows\SendTo"
if exist "%KIRIM%\Isi LAKIP.lnk" del /q "%KIRIM%\Isi LAKIP.lnk"
if exist "%KIRIM%\Isi LAKIP.cmd" del /q "%KIRIM%\Isi LAKIP.cmd"
if exist "%RUMAH%\isi.py" del /q "%RUMAH%\isi.py"
if exist "%RUMAH%\venv\pyvenv.cfg" rmdir /s /q "%RUMAH%\venv"
if exist "%RUMAH%\venv" goto gagal
rem Folder yang masih berisi berkas lain tinggal di tempatnya.
if exist "%RUMAH%" rmdir "%RUMAH%" 2>nul
echo lakip_xl sudah dihapus. (lakip_xl was removed.)
pause
exit /b 0

:gagal
echo Belum terhapus. Tutup semua jendela lakip-xl, lalu jalankan hapus.bat sekali lagi.
echo (Not removed. Close all windows of lakip-xl and try again.)
pause
exit /b 1
