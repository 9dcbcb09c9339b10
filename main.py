"""Starts Offprint on a bare Python: sets it up once if needed, then hands over to its command line.

Written so that any Python since 2.7 can read it; reader/bootstrap/launch.py says which it should
be.
"""

import sys

if __name__ == "__main__":
    from reader.bootstrap.launch import ensure

    ensure("run")

    from reader.cli.main import main

    sys.exit(main())
