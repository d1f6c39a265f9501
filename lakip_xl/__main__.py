"""``python -m lakip_xl``: the command line where the script is not on the path."""

from lakip_xl.cli import main

main(prog_name="lakip-xl")
