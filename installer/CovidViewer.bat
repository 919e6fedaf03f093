@echo off
rem Double click on Windows: a terminal shows what is installed the first time, then the window opens.
where py >nul 2>nul && (py -3 "%~dp0bootstrap.py" run %*) || (python "%~dp0bootstrap.py" run %*)
if errorlevel 1 pause
