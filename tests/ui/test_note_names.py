"""The colours of notes under names of one's own: set once, said wherever the colour is named."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.settings import Settings, load_settings, save_settings
from desktop.ui.kit.theme import Theme
from desktop.ui.panels.colours import ColourRow
from desktop.ui.panels.note_names import NoteNames


def test_a_name_is_typed_kept_and_said(theme: Theme, qtbot: QtBot, tmp_path: Path) -> None:
    names, row = NoteNames(theme, {}), ColourRow(theme)
    for widget in (names, row):
        qtbot.addWidget(widget)
        widget.show()
    QTest.keyClicks(names.fields["risk"], "  Ask   Priya ")
    with qtbot.waitSignal(names.changed) as told:
        QTest.keyClick(names.fields["risk"], Qt.Key.Key_Return)
    assert told.args == [{"risk": "Ask Priya"}]
    save_settings(tmp_path, Settings(note_names=told.args[0]))
    theme.use_note_names(load_settings(tmp_path).note_names)
    assert row.button("risk").accessibleName() == "Ask Priya"
    assert row.button("agree").accessibleName() == "Agree"
    theme.use_note_names({})
    assert row.button("risk").accessibleName() == "Risk"
