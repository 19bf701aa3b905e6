"""What every process of ours that holds a key does first."""

import os
import sys


def harden() -> None:
    """Nothing of this process is left where others can read it: no core dumps, files for this person only."""
    os.umask(0o077)
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
