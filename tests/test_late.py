"""Qt's binding explains mistakes as well when it has to load for it what to say."""

import subprocess
import sys

MISTAKES = """
import sys
if "late" in sys.argv:
    from desktop.late import explain_later
    explain_later()
from PySide6.QtCore import QObject, QPoint
for mistake in (lambda: QObject().setObjectName(1), lambda: QPoint("a"), lambda: QObject(parent=3)):
    try:
        mistake()
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
print(QObject.setObjectName.__doc__)
"""


def said(*arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", MISTAKES, *arguments], capture_output=True, text=True, timeout=180, check=True
    )
    return done.stdout


def test_a_mistake_is_explained_in_the_same_words_early_and_late() -> None:
    early = said()
    assert "called with wrong argument types" in early
    assert "setObjectName(self, name: str" in early
    assert said("late") == early
