"""Methods of dataclasses that are compiled late: in a process of its own, since it is for good."""

import subprocess
import sys

_TRIED = """
from desktop.late_methods import compile_later
compile_later()
import copy, pickle, threading
from dataclasses import FrozenInstanceError, asdict, dataclass, field, fields, replace

@dataclass(frozen=True)
class Paper:
    '''A paper.'''
    title: str
    pages: int = field(default=1, compare=False)
    names: list[str] = field(default_factory=list, repr=False, hash=False)

@dataclass(frozen=True, slots=True, order=True)
class Place(object):
    '''A place.'''
    page: int
    y: float = 0.0

@dataclass
class Report(Paper.__mro__[1]):
    '''Changes.'''
    title: str
    read: bool = False
    def __post_init__(self):
        self.title = self.title.upper()

@dataclass(frozen=True)
class Minutes(Paper):
    '''A paper with more.'''
    day: str = ""

one, two = Paper("a", 3, ["x"]), Paper("a", 4, ["x"])
assert one == two and hash(one) == hash(two) and one.names is not two.names
assert repr(one) == "Paper(title='a', pages=3)" == repr(one)
assert Minutes("a", day="b") != Minutes("a", day="c")
assert repr(Minutes("a", 2, [], "d")) == "Minutes(title='a', pages=2, day='d')"
assert one != Minutes("a", 3, ["x"]) and one.__eq__(1) is NotImplemented
assert Paper("b").names == [] and asdict(one) == {"title": "a", "pages": 3, "names": ["x"]}
assert replace(one, title="c") == Paper("c", 3, ["x"])
assert copy.deepcopy(one) == one and pickle.loads(pickle.dumps(one)) == one
for change in (lambda: setattr(one, "title", "b"), lambda: delattr(one, "title"), lambda: setattr(Place(1), "page", 2)):
    try:
        change()
        raise SystemExit("it was changed")
    except FrozenInstanceError:
        pass
assert Place(1) < Place(1, 2.0) < Place(2) and sorted({Place(2), Place(1), Place(1)}) == [Place(1), Place(2)]
assert Report("a").title == "A" and Report("a") == Report("A") and Report.__hash__ is None
try:
    Paper()
    raise SystemExit("it needs a title")
except TypeError as error:
    assert "title" in str(error), error
assert Paper.__init__.__qualname__ == "Paper.__init__" and [each.name for each in fields(Place)] == ["page", "y"]
made = []
@dataclass
class Many:
    '''Made by several threads at once.'''
    number: int
threads = [threading.Thread(target=lambda n=n: made.append(Many(n))) for n in range(16)]
[each.start() for each in threads]
[each.join() for each in threads]
assert sorted(each.number for each in made) == list(range(16))
print("as ever")
"""


def test_they_do_what_they_did() -> None:
    done = subprocess.run([sys.executable, "-P", "-c", _TRIED], capture_output=True, text=True, timeout=60)
    assert done.stdout == "as ever\n", done.stderr
