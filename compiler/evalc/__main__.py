"""`python -m evalc` is the command `evalc`."""

import sys

from evalc.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
