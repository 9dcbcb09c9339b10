"""Runs every quality gate on a bare machine, in an environment that is made when it is not there.

Arguments go to pytest, and then only the tests run. Written so that even an old Python can read it.
"""

import sys

if __name__ == "__main__":
    if sys.version_info < (3, 11):
        sys.stderr.write(
            "Offprint's tests need Python 3.11 or later, and this is %d.%d.\n"
            % sys.version_info[:2]
        )
        sys.exit(1)
    from reader.bootstrap import ensure

    ensure("test")

    from tests.gates import main

    sys.exit(main(sys.argv[1:]))
