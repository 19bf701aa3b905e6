"""The first steps: welcome, passphrase, recovery code, five words, the lock."""

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import Qt

from desktop.sample import SAMPLE_PASSPHRASE
from desktop.tour.walk import CONTROL, TYPED, Walk, has_button, open_home
from desktop.ui.window import Screen


def first_steps(name: Path, sample: Path, folder: Path, look: str) -> Iterator[Path]:
    """A new member: from the welcome to a shelf that waits, the lock, and the places beside."""
    home, invitation = name / f"new-{look}", name / f"invitation-{look}.despatch"
    invitation.write_bytes(_invite(sample))
    walk = open_home(home, folder, look)
    walk.wait(walk.shows(Screen.WELCOME), "the welcome")
    yield walk.take("01-welcome")
    walk.app.open_file(str(invitation))
    walk.wait(lambda: len(walk.fields()) > 1, "the passphrase step")
    for field in walk.fields()[:2]:
        field.setFocus()
        walk.type(TYPED)
    yield walk.take("02-passphrase")
    walk.press("Protect my papers")
    walk.wait(lambda: has_button(walk, "I have kept it"), "the recovery code")
    yield walk.take("03-recovery-code")
    yield from _through_recovery(walk)
    walk.wait(lambda: has_button(walk, "Go to the shelf"), "the five words")
    yield walk.take("06-five-words")
    walk.press("Go to the shelf")
    walk.wait(walk.shows(Screen.SHELF), "the shelf")
    yield walk.take("07-shelf-waiting")
    walk.key(Qt.Key.Key_L, CONTROL)
    walk.wait(walk.shows(Screen.UNLOCK), "the lock")
    yield walk.take("08-locked")
    walk.type("not the passphrase")
    walk.key(Qt.Key.Key_Return)
    walk.rest()
    yield walk.take("09-wrong-passphrase")
    walk.end()


def _through_recovery(walk: Walk) -> Iterator[Path]:
    from desktop.ui.panels.set_up import RecoveryStep

    step = walk.window.findChildren(RecoveryStep)[0]
    walk.press("I have kept it")
    walk.type(step.asked_group())
    yield walk.take("04-recovery-check")
    walk.key(Qt.Key.Key_Return)
    walk.wait(lambda: has_button(walk, "Ask to be admitted"), "who is asking")
    walk.fields()[0].setFocus()
    walk.type("Amina Okonkwo")
    yield walk.take("05-who-is-asking")
    walk.press("Ask to be admitted")


def _invite(sample: Path) -> bytes:
    """What the sample's secretary would send to a new member."""
    from db.store import Store
    from desktop.secretary import roster
    from desktop.secretary.registry import Registry
    from desktop.vault import Vault

    folder = sample / "secretary"
    store = Store.open(folder, Vault(folder).open_with_passphrase(SAMPLE_PASSPHRASE))
    try:
        registry = Registry(store)
        return roster.invite(registry, registry.office(), "Amina Okonkwo").to_bytes()
    finally:
        store.close()
