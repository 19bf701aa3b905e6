"""Results come back on the window's thread, to owners that are still there, and leave nothing behind."""

import gc
import threading
import weakref
from concurrent.futures import Future

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.changes import Change, Changes, Event
from desktop.jobs import Lane
from desktop.ui.kit.bridge import Bridge


class Listener(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.heard: list[object] = []
        self.threads: list[int] = []

    def hear(self, value: object) -> None:
        self.heard.append(value)
        self.threads.append(threading.get_ident())


def test_a_result_from_a_lane_arrives_on_this_thread(qtbot: QtBot) -> None:
    bridge, listener, lane = Bridge(), Listener(), Lane("trial")
    bridge.then(lane.do(lambda: 7), listener.hear, owner=listener)
    qtbot.waitUntil(lambda: listener.heard == [7])
    lane.close()
    assert listener.threads == [threading.get_ident()]


def test_a_finished_future_is_still_delivered_later_and_not_in_the_call(qtbot: QtBot) -> None:
    bridge, listener = Bridge(), Listener()
    future: Future[int] = Future()
    future.set_result(3)
    bridge.then(future, listener.hear)
    assert listener.heard == []
    qtbot.waitUntil(lambda: listener.heard == [3])


def test_errors_go_to_failed(qtbot: QtBot) -> None:
    bridge, good, bad = Bridge(), Listener(), Listener()
    future: Future[int] = Future()
    bridge.then(future, good.hear, bad.hear)
    error = OSError("gone")
    future.set_exception(error)
    qtbot.waitUntil(lambda: bad.heard == [error])
    assert good.heard == []


def test_an_error_nobody_takes_is_raised_on_this_thread_and_the_rest_still_comes(qtbot: QtBot) -> None:
    bridge, listener = Bridge(), Listener()
    broken: Future[int] = Future()
    whole: Future[int] = Future()
    with qtbot.captureExceptions() as raised:
        bridge.then(broken, listener.hear)
        bridge.then(whole, listener.hear)
        broken.set_exception(ZeroDivisionError())
        whole.set_result(1)
        qtbot.waitUntil(lambda: listener.heard == [1])
    assert [kind for kind, _, _ in raised] == [ZeroDivisionError]


def test_cancelled_futures_are_ignored(qtbot: QtBot) -> None:
    bridge, listener = Bridge(), Listener()
    cancelled: Future[int] = Future()
    after: Future[int] = Future()
    bridge.then(cancelled, listener.hear, listener.hear)
    bridge.then(after, listener.hear)
    assert cancelled.cancel()
    after.set_result(2)
    qtbot.waitUntil(lambda: listener.heard == [2])


@pytest.mark.parametrize("own_method", [True, False])
def test_nothing_is_delivered_to_an_owner_that_is_gone(qtbot: QtBot, own_method: bool) -> None:
    bridge, witness = Bridge(), Listener()
    parent, owner = QWidget(), Listener()
    owner.setParent(parent)
    future: Future[int] = Future()
    after: Future[int] = Future()
    heard = owner.heard
    bridge.then(future, owner.hear if own_method else witness.hear, owner=owner)
    bridge.then(after, witness.hear)
    parent.deleteLater()
    qtbot.waitSignal(parent.destroyed).wait()
    future.set_result(1)
    after.set_result(2)
    qtbot.waitUntil(lambda: 2 in witness.heard)
    assert heard == []
    assert witness.heard == [2]


def test_waiting_keeps_no_owner_alive(qtbot: QtBot) -> None:
    bridge, owner = Bridge(), Listener()
    future: Future[int] = Future()
    bridge.then(future, owner.hear, owner=owner)
    seen = weakref.ref(owner)
    del owner
    gc.collect()
    assert seen() is None
    future.set_result(1)


def test_changes_from_any_thread_come_in_order(qtbot: QtBot) -> None:
    bridge, listener, changes, lane = Bridge(), Listener(), Changes(), Lane("trial")
    bridge.changed.connect(listener.hear)
    stop = changes.listen(bridge.carry)
    sent = [Change(Event.PAPER_PROGRESSED, pack_id="p", done=step) for step in range(200)]
    lane.do(lambda: [changes.publish(change) for change in sent])
    qtbot.waitUntil(lambda: len(listener.heard) == 200)
    lane.close()
    stop()
    assert listener.heard == sent
    assert set(listener.threads) == {threading.get_ident()}


def test_a_closed_bridge_carries_nothing(qtbot: QtBot) -> None:
    bridge, other, listener = Bridge(), Bridge(), Listener()
    future: Future[int] = Future()
    bridge.then(future, listener.hear)
    future.set_result(1)
    bridge.close()
    bridge.carry(Change(Event.STORE_FAILED))
    last: Future[int] = Future()
    other.then(last, listener.hear)
    last.set_result(9)
    qtbot.waitUntil(lambda: listener.heard == [9])
