"""What Qt's binding has to explain a mistake with is loaded when there is a mistake, and not at every start.

PySide6 loads, before its first class, all it needs to spell out signatures: in a call with wrong arguments, in `help`,
in files of type hints. That is half of the time its import takes. Where that code lies in a folder (`start.py` and the
frozen build see to it, by the binding's own switch SBK_EMBED), the parts named here load themselves when something is
first asked of them; else this changes nothing.
"""

import sys
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType

# Not `mapping`: the binding reads its names past its door.
_PARTS = ("errorhandler", "layout", "parser", "lib.enum_sig", "lib.pyi_generator", "lib.tool")
_LATE = frozenset(f"shibokensupport.signature.{part}" for part in _PARTS)


class _LateFinder:
    """Finds these modules as anybody would, and gives them a loader that waits."""

    @staticmethod
    def find_spec(name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        """As `importlib` wants it."""
        if name not in _LATE:
            return None
        found = PathFinder.find_spec(name, path)  # type: ignore[arg-type]  # what came from the import machinery
        if found is None or found.loader is None:
            return None
        return ModuleSpec(name, _LateLoader(found), origin=found.origin)  # type: ignore[arg-type]  # by its methods


class _LateLoader:
    """Runs the module's code when the first of its names is wanted."""

    def __init__(self, found: ModuleSpec) -> None:
        self._found = found

    @staticmethod
    def create_module(spec: ModuleSpec) -> None:
        """An ordinary module will do."""

    def exec_module(self, module: ModuleType) -> None:
        """Only leave word where its names come from."""

        def load(name: str) -> object:
            if name.startswith("__"):
                raise AttributeError(name)
            if module.__dict__.pop("__getattr__", None) is not None:
                assert self._found.loader is not None
                self._found.loader.exec_module(module)
            return getattr(module, name)

        module.__dict__["__getattr__"] = load


def explain_later() -> None:
    """From now on, and so before the first import of PySide6."""
    sys.meta_path.insert(0, _LateFinder)
