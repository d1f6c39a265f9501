@echo off
rem Memasang lakip_xl tanpa internet. Hanya mencari Python; selebihnya dikerjakan alat\pasang.py.
rem (Installs lakip_xl offline. Only finds a Python; alat\pasang.py does the rest.)
setlocal
title lakip_xl
set "PYTHON_MANAGER_AUTOMATIC_INSTALL=false"
set "PYTHON="
if not exist "%~dp0alat\pasang.py" goto belum
for %%V in (3.13 3.12 3.11) do call :coba py -%%V
call :coba python
if not defined PYTHON goto tanpa
%PYTHON% -I "%~dp0alat\pasang.py"
if errorlevel 1 goto gagal
pause
exit /b 0

:coba
if defined PYTHON exit /b 0
%* -I "%~dp0alat\pasang.py" --cek <nul >nul 2>nul
if "%ERRORLEVEL%"=="0" set "PYTHON=%*"
exit /b 0

:belum
echo Salin atau ekstrak dahulu seluruh folder ini, lalu jalankan pasang.bat dari folder hasilnya.
echo (Copy or extract the whole folder first.)
pause
exit /b 2

:tanpa
echo Python 3.11, 3.12, atau 3.13 (64-bit) dari python.org tidak ditemukan di komputer ini.
echo Pasang dahulu Python itu, lalu jalankan pasang.bat sekali lagi. Caranya ada di BACA-SAYA.txt.
echo (Install Python 3.11 to 3.13, 64-bit, from python.org first.)
pause
exit /b 2

:gagal
echo.
echo Belum terpasang. Sebabnya tertulis di atas.
echo (Not installed; the reason stands above.)
pause
exit /b 1
