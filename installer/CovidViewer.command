#!/bin/sh
# Double click on macOS, and behind CovidViewer.desktop on Linux: a window (where Python has Tk, else the terminal) shows what is installed the first time, then the window opens.
python3 "$(dirname "$0")/bootstrap.py" launch "$@" || { echo; echo "Press Enter to close."; read -r _; }
