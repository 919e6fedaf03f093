@echo off
rem Double click on Windows: a window (where Python has Tk, else the terminal) shows what is installed the first time, then the window opens.
where py >nul 2>nul && (py -3 "%~dp0bootstrap.py" launch %*) || (python "%~dp0bootstrap.py" launch %*)
if errorlevel 1 pause
