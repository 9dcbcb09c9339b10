"""Runs every quality gate on a bare machine, in an environment that is made when it is not there.

Arguments go to pytest, and then only the tests run. Any Python since 2.7 can read this far.
"""

import sys

if __name__ == "__main__":
    from reader.bootstrap.launch import ensure

    ensure("test")

    from tests.gates import main

    sys.exit(main(sys.argv[1:]))
