"""The methods that `dataclass` writes are compiled when they are first called, and not while modules are loaded.

It writes five or six for every class, as text that Python has to read. That was a quarter of the time loading took,
for methods of which few are ever called. Where this Python's `dataclass` is made otherwise, this changes nothing.
"""

import dataclasses
import inspect
from collections.abc import Callable
from typing import Any

_MAKES = ("name", "args", "body", "globals", "locals", "return_type")  # what its maker of methods takes

Make = Callable[..., Callable[..., Any]]


def compile_later() -> None:
    """From now on."""
    make: Make | None = getattr(dataclasses, "_create_fn", None)
    if make is not None and tuple(inspect.signature(make).parameters) == _MAKES:
        dataclasses._create_fn = _later(make)  # type: ignore[attr-defined]


def _later(make: Make) -> Make:
    def made_later(name: str, *rest: Any, **more: Any) -> Callable[..., Any]:
        real: Callable[..., Any] | None = None

        def method(*given: Any, **named: Any) -> Any:
            nonlocal real
            if real is None:
                real = make(name, *rest, **more)
                real.__qualname__ = method.__qualname__
                _put(type(given[0]), name, method, real)
            return real(*given, **named)

        method.__name__ = method.__qualname__ = name
        return method

    return made_later


def _put(kind: type, name: str, stub: object, real: object) -> None:
    """In the place of the one that stood for it, in whichever class that is."""
    for each in kind.__mro__:
        if each.__dict__.get(name) is stub:
            setattr(each, name, real)
            return
