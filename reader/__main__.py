"""python -m reader: the same as main.py, in an environment that is already complete."""

import sys

from reader.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
