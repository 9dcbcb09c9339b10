"""Starts Offprint on a bare Python: sets it up once if needed, then hands over to its command line.

Written so that even an old Python can read it and say which one it should have been.
"""

import sys

if __name__ == "__main__":
    if sys.version_info < (3, 11):
        sys.stderr.write(
            "Offprint needs Python 3.11 or later, and this is %d.%d. Start it with a newer one, "
            "for example: python3.11 main.py\n" % sys.version_info[:2]
        )
        sys.exit(1)
    from reader.bootstrap import ensure

    ensure("run")

    from reader.cli import main

    sys.exit(main())
