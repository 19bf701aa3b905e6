"""What a worker gives up before it meets a PDF: files, network, children, and memory without bound."""

import ctypes
import os
import sys
from collections.abc import Callable
from typing import Any

from desktop.pdf import landlock

try:  # now: once the files are given up nothing can be imported any more
    import pyseccomp
except (ImportError, OSError, RuntimeError):  # Linux only, and there it needs a library that may be missing
    pyseccomp = None
try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]

Report = dict[str, str]  # layer: "on…" or "off: why"

# All that reading pipes, MuPDF and Python itself ask for once everything is imported. Anything else fails with EPERM,
# which is an error of that call only; killing outright would let a harmless newer libc end every worker.
# fmt: off
_ALLOWED = (
    "read", "write", "readv", "writev", "lseek", "close", "brk", "munmap", "mremap", "madvise", "futex", "membarrier",
    "rseq", "set_robust_list", "rt_sigaction", "rt_sigprocmask", "rt_sigreturn", "sigaltstack", "setitimer", "alarm",
    "restart_syscall", "exit", "exit_group", "clock_gettime", "clock_getres", "clock_nanosleep", "nanosleep",
    "gettimeofday", "time", "getrandom", "getpid", "gettid", "getrusage", "sched_yield", "getcpu", "sysinfo",
)
# fmt: on
_PROT_EXEC = 4
_EPERM = 1
_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _SIGKILL = 1, 4, 9


def die_with(parent: int) -> None:
    """End when the thread that started this process ends (Linux); at once if the parent is gone already."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, _SIGKILL, 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)


def lock(memory_mb: int) -> Report:
    """Give everything up, for good, each layer as far as the platform has it. Call once all modules are imported."""
    layers: dict[str, Callable[[], str]] = {}
    if sys.platform == "linux":
        layers |= {"no core dump": _undumpable, "landlock": landlock.forbid_everything}
    layers["limits"] = lambda: _limits(memory_mb)  # after Landlock, which needs one more file
    if sys.platform == "linux":
        layers["seccomp"] = _seccomp
    report = {}
    for name, layer in layers.items():
        try:
            report[name] = layer()
        except (OSError, ValueError, RuntimeError, ImportError, AttributeError) as error:
            report[name] = f"off: {error}"
    return report


def _limits(memory_mb: int) -> str:
    if resource is None:
        return "off: not on this platform"
    wanted = {"RLIMIT_CORE": 0, "RLIMIT_FSIZE": 0, "RLIMIT_NPROC": 0, "RLIMIT_NOFILE": 0, "RLIMIT_AS": memory_mb << 20}
    refused = []
    for name, most in wanted.items():
        try:
            resource.setrlimit(getattr(resource, name), (most, most))
        except (OSError, ValueError, AttributeError):
            refused.append(name)
    return "on" if not refused else "on, but for " + ", ".join(refused)


def _undumpable() -> str:
    """RLIMIT_CORE does not bind a system that pipes core dumps to a program, and the paper would be in it."""
    return "on" if ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0) == 0 else "off: refused"


def _seccomp() -> str:
    if pyseccomp is None:
        return "off: libseccomp is not installed"
    rules = pyseccomp.SyscallFilter(pyseccomp.ERRNO(_EPERM))
    allowed = sum(_allow(rules, name) for name in _ALLOWED)
    for name in ("mmap", "mprotect"):  # memory, but none that can be run
        rules.add_rule(pyseccomp.ALLOW, name, pyseccomp.Arg(2, pyseccomp.MASKED_EQ, _PROT_EXEC, 0))
    rules.add_rule(pyseccomp.ALLOW, "tgkill", pyseccomp.Arg(0, pyseccomp.EQ, os.getpid()))  # abort()
    rules.load()
    return f"on: {allowed + 3} calls allowed"


def _allow(rules: Any, name: str) -> bool:
    """Whether this machine's architecture has the call."""
    try:
        rules.add_rule(pyseccomp.ALLOW, name)
    except (OSError, ValueError):
        return False
    return True
