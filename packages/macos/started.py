"""What Offprint.app starts; its worker processes come through here, too."""

import multiprocessing
import sys

if __name__ == "__main__":
    multiprocessing.freeze_support()

    from reader.cli.main import main

    sys.exit(main())
