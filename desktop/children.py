"""A child process that was started without `subprocess`, which is not loaded when the first ones are."""

import os
import signal
import threading


class Child:
    """One, by its number; as `subprocess.Popen` has it. Safe from any thread; not for Windows.

    The number is another process's as soon as this one was waited for, and nothing is sent to it then.
    """

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self._ended, self._lock = False, threading.Lock()

    def poll(self) -> int | None:
        """None while it runs."""
        with self._lock:
            if not self._ended:
                self._ended = os.waitpid(self.pid, os.WNOHANG)[0] != 0
            return 0 if self._ended else None

    def kill(self) -> None:
        """End it, if it has not ended."""
        with self._lock:
            if not self._ended:
                os.kill(self.pid, signal.SIGKILL)

    def wait(self) -> None:
        """Until it has ended."""
        with self._lock:
            if self._ended:
                return
        os.waitid(os.P_PID, self.pid, os.WEXITED | os.WNOWAIT)
        self.poll()
