"""The way in without make: ``python -m scripts.make run``; the Makefile comes through here too.

Written so that an older Python 3 can read it and gives its user a sentence, no traceback.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - it is here for those who come with an older one
    sys.exit(
        f"planmap needs Python 3.11 or newer, this is {sys.version_info[0]}.{sys.version_info[1]}. "
        "With a newer one beside it: make run PYTHON=python3.12 (or python3.12 -m scripts.make run)"
    )

from scripts.steps import main

if __name__ == "__main__":
    main()
