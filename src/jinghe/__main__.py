"""`python -m jinghe` is the command line."""

from jinghe.cli import main

main()
