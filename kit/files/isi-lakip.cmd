@echo off
rem Isi LAKIP: dipakai bila Windows menolak membuat pintasan (used where Windows refuses a shortcut).
"%LOCALAPPDATA%\lakip_xl\venv\Scripts\python.exe" -I "%LOCALAPPDATA%\lakip_xl\isi.py" %*
exit
