"""What becomes of notes can be read and chosen by eye, keys and screen reader, in plain and in large text."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from notes_making import mark
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from reach import faults

from db.records import ReceiptRecord
from desktop.annotations.retention import Count, Outlook, Own
from desktop.library.retaining import BodyOutlook, Due, Receipt
from desktop.packs.pack import Meeting, Session
from desktop.packs.retention import Retention, Rule
from desktop.ui.kit.theme import SIZES, Theme
from desktop.ui.panels.ending_notice import EndingNotice
from desktop.ui.panels.receipts_dialog import ReceiptsDialog
from desktop.ui.panels.retention_card import RetentionCard
from desktop.ui.panels.retention_dialog import RetentionDialog
from desktop.ui.panels.retention_words import say_fate, say_receipt, say_rule

TODAY = date(2026, 4, 1)
DECIDED = Retention(Rule.CONFIRMED, datetime(2026, 1, 1, tzinfo=UTC))
LOOK = Outlook(
    "p", "b", "Audit and Risk Assurance Committee", "Audit and Risk Assurance Committee, 29 January 2026",
    Meeting(date(2026, 1, 29), "", "", Session.PUBLIC), DECIDED, Own(confirmed=date(2026, 3, 26)), Count(2, 1, 1),
)  # fmt: skip
NOTES = [
    Due(mark(1, words="Ask for the trajectory by month and for what the auditors said of it"), "Finance", False),
    Due(mark(2, exact="cash position", kind="highlight"), "Finance report of the quarter", True),
]
RECORD = ReceiptRecord(
    "0123456789abcdef", "b", "p", "Audit Committee, January", "2026-01-29", Rule.DAYS.value, 90, "", "2026-04-01",
    "2026-04-29T10:00:00Z", 12, 1, 2,
)  # fmt: skip


@pytest.fixture(params=[SIZES[0], SIZES[-1]], ids=["plain", "large"])
def theme(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[Theme]:
    theme = Theme("light", request.param, False)
    theme.apply_to(qapp)
    yield theme
    qapp.setStyleSheet("")


def shown(part: QWidget, qtbot: QtBot) -> QWidget:
    qtbot.addWidget(part)
    part.show()
    part.activateWindow()
    qtbot.waitExposed(part)
    QTest.qWait(10)
    return part


def test_the_dialog_of_a_pack_is_within_reach_and_says_each_choice(theme: Theme, qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    dialog = RetentionDialog(theme, LOOK, NOTES, TODAY, holder)
    said: list[tuple[object, ...]] = []
    dialog.pack_kept.connect(lambda on: said.append(("keep", on)))
    dialog.held.connect(lambda why: said.append(("hold", why)))
    dialog.confirmed.connect(lambda on: said.append(("confirmed", on)))
    dialog.note_kept.connect(lambda key, on: said.append((key, on)))
    shown(dialog, qtbot)
    assert faults(dialog) == []
    for box in (dialog.keep, dialog.hold, dialog.minutes):
        box.setFocus()
        QTest.keyClick(box, Qt.Key.Key_Space)
    dialog.list.setFocus()
    dialog.list.setCurrentRow(0)
    QTest.keyClick(dialog.list, Qt.Key.Key_Space)
    assert said == [("keep", True), ("hold", ""), ("confirmed", False), (NOTES[0].entry.id, True)]
    dialog.show_outlook(replace(LOOK, own=Own(hold="Request 12")))
    assert dialog.why.text() == "Request 12"
    assert "you have stopped it" in dialog.fate.text()
    dialog.accept()


def test_the_notice_the_card_and_the_receipts_are_within_reach(theme: Theme, qtbot: QtBot) -> None:
    notice = EndingNotice(theme, [LOOK, replace(LOOK, pack_id="q", count=Count(0, 1))], TODAY)
    notice.resize(theme.grid(100), theme.grid(80))
    assert faults(shown(notice, qtbot)) == []
    card = RetentionCard()
    card.resize(theme.grid(80), theme.grid(80))
    card.show_bodies([BodyOutlook("b", "Audit", DECIDED, "", 2), BodyOutlook("c", "Board", None, None, 0)])
    assert faults(shown(card, qtbot)) == []
    assert card.receipts.text() == "Show 2 receipts…"
    holder = QWidget()
    qtbot.addWidget(holder)
    receipts = ReceiptsDialog(theme, [Receipt("Audit Committee", RECORD)], holder)
    assert faults(shown(receipts, qtbot)) == []
    receipts.accept()
    nothing = ReceiptsDialog(theme, [], holder)
    shown(nothing, qtbot)
    assert "No notes were destroyed" in nothing.text.toPlainText()
    nothing.accept()


def test_a_receipt_is_said_a_fact_a_line() -> None:
    said = say_receipt(Receipt("Audit Committee", RECORD)).split("\n")
    assert "Destroyed: 12 notes and 1 bookmark" in said
    assert "By which rule: 90 days after the meeting" in said
    assert "Announced: 1 April 2026" in said
    assert "Kept as exceptions: 2 notes" in said


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({}, "will be destroyed on Wednesday 15 April 2026"),
        ({"told": date(2026, 3, 27)}, "will be destroyed on Friday 10 April 2026"),
        ({"retention": None}, "are kept"),
        ({"retention": replace(DECIDED, hold="FOI 12.")}, "for now: FOI 12."),
        ({"own": Own()}, "once the minutes are confirmed"),
        ({"own": Own(keep=True)}, "You keep your notes here"),
        ({"own": Own(body_hold="")}, "you have stopped it"),
        ({"retention": replace(DECIDED, rule=Rule.DAYS, days=90), "count": Count()}, "not before Wednesday 29 April"),
    ],
)  # fmt: skip
def test_the_fate_of_notes_is_said_as_it_stands(change: dict[str, object], words: str) -> None:
    assert words in say_fate(replace(LOOK, **change), TODAY)  # type: ignore[arg-type]


def test_every_rule_has_its_sentence() -> None:
    assert "decided nothing" in say_rule(None)
    assert "14 days after it" in say_rule(replace(DECIDED, rule=Rule.DAYS, days=14))
    assert say_rule(replace(DECIDED, rule=Rule.KEEP)) == "Your notes are kept."
