"""How the program gets onto a computer. Standard library only: nothing is installed yet when this runs."""
