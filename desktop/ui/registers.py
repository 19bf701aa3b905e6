"""The registers: decisions, actions, risks, assurance and what is asked, read out of a body's papers."""

import html
from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QHeaderView, QTabBar, QTableView, QVBoxLayout

from desktop.registers.table import Entry, Register, filtered
from desktop.ui.kit.notices import announce
from desktop.ui.kit.theme import Theme
from desktop.ui.kit.widgets import Button, Leading, SearchField, Text, add_shortcut, row
from desktop.ui.kit.words import say_count
from desktop.ui.panels.risk_views import RiskViews

_ORDER = int(Qt.ItemDataRole.UserRole)
_LEAD = "Read out of the papers. Every row opens the page it was read from."
_LARGE = 18  # points from which the rows need the room
_NONE = "Nothing is here yet. Open an invitation on the shelf; what its papers say is read by itself."
Index = QModelIndex | QPersistentModelIndex


class RegisterModel(QAbstractTableModel):
    """Rows of one register."""

    def __init__(self) -> None:
        super().__init__()
        self.register = Register("", (), (), "", 0)
        self.entries: tuple[Entry, ...] = ()

    def show(self, register: Register, entries: Sequence[Entry]) -> None:
        """Show these rows of a register."""
        self.beginResetModel()
        self.register, self.entries = register, tuple(entries)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many rows."""
        return 0 if parent.isValid() else len(self.entries)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many columns."""
        return 0 if parent.isValid() else len(self.register.heads)

    def headerData(self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What stands over a column."""
        if way is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.register.heads[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A cell's words, what it is sorted by, and the doubt there is."""
        entry, column = self.entries[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{entry.cells[column]} ?" if entry.doubt and column == 0 else entry.cells[column]
        if role == _ORDER:
            return entry.order[column] or entry.cells[column].casefold()
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"<qt>{html.escape(entry.doubt or entry.cells[column])}</qt>"  # plain, and the whole of a long cell
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        return None


class RegistersScreen(Leading):
    """Shows a body's registers. place_wanted(pack id, paper id, page from 0) · export_wanted(Register, its rows)."""

    place_wanted = Signal(str, str, int)
    body_chosen = Signal(str)
    export_wanted = Signal(object, object)
    closed = Signal()
    through_wanted = Signal(str, object)  # name of a register, Entry of it to be followed through time

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._registers: tuple[Register, ...] = ()
        self._bodies: tuple[str, ...] = ()
        back = Button("Back", "link", "arrow-left", theme)
        back.clicked.connect(self.closed)
        self.body = QComboBox()
        self.body.setAccessibleName("Body")
        self.body.activated.connect(lambda place: self.body_chosen.emit(self._bodies[place]))
        self.filter = SearchField(theme, "Filter this register")
        self.filter.textChanged.connect(lambda _: self._refresh())
        self.export = Button("Export…", "", "file-output", theme)
        self.export.clicked.connect(self._export)
        self.tabs = QTabBar()
        self.tabs.setAccessibleName("Register")
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.currentChanged.connect(lambda _: self._show())
        self.count, self._lead = Text("", "quiet"), Text(_LEAD, "quiet")
        self._make_table()
        self.views = self._make_views(theme)
        layout = self._parts = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 8)
        layout.setSpacing(8)
        for part in (
            row(back), Text("Registers", "title"), self._lead,
            row(self.filter, self.body, self.export, stretch=0), self.tabs,
            row(self.views.choice, self.count, stretch=1),
        ):  # fmt: skip
            layout.addWidget(part)
        layout.addWidget(self.views, 0)
        layout.addWidget(self.table, 1)
        theme.changed.connect(lambda: self._lead.setVisible(theme.size < _LARGE))
        self._lead.setVisible(theme.size < _LARGE)  # in its place first: what has none would be a window of its own
        self.first = self.filter
        add_shortcut(self, "Ctrl+F", "Filter the register", self.filter.setFocus)
        add_shortcut(self, "Ctrl+Tab", "Next register", lambda: self._turn(1))
        add_shortcut(self, "Ctrl+Shift+S", "Sort by the column the keys are in", self._sort)
        add_shortcut(self, "Ctrl+Shift+Tab", "Register before", lambda: self._turn(-1))

    def show_bodies(self, bodies: Sequence[tuple[str, str]], chosen: str) -> None:
        """The bodies there are, (id, name) each; chosen: whose registers are shown."""
        self._bodies = tuple(body_id for body_id, _ in bodies)
        self.body.clear()
        self.body.addItems([name for _, name in bodies])
        if chosen in self._bodies:
            self.body.setCurrentIndex(self._bodies.index(chosen))
        self.body.setVisible(len(bodies) > 1)

    def show_registers(self, registers: Sequence[Register]) -> None:
        """What the papers say now; the register in sight stays in sight."""
        self._registers = tuple(registers)
        now = max(0, self.tabs.currentIndex())
        self.tabs.blockSignals(True)
        while self.tabs.count():
            self.tabs.removeTab(0)
        for register in registers:
            self.tabs.addTab(f"{register.name} ({len(register.entries)})")
        self.tabs.setCurrentIndex(now)
        self.tabs.blockSignals(False)
        self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.table.hasFocus():
            self._open(self.table.currentIndex())
            return
        super().keyPressEvent(event)

    def _make_table(self) -> None:
        self._model, self._sorted = RegisterModel(), QSortFilterProxyModel(self)
        self._sorted.setSourceModel(self._model)
        self._sorted.setSortRole(_ORDER)
        self.table = QTableView()
        self.table.setModel(self._sorted)
        self.table.setAccessibleName("Register")
        self.table.setSortingEnabled(True)
        self.table.setWordWrap(True)
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.table.clicked.connect(self._open)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.table.addAction(add_shortcut(self, "Ctrl+Shift+Y", "Follow through time", self._follow))

    def _make_views(self, theme: Theme) -> RiskViews:
        views = RiskViews(theme)
        views.place_wanted.connect(self.place_wanted)
        views.cell_chosen.connect(self.filter.setText)
        views.turned.connect(self._refresh)
        return views

    def _show(self) -> None:
        self._sorted.sort(-1)
        header = self.table.horizontalHeader()
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self._refresh()
        register = self._register()
        if self._fit(register):
            header.setSectionResizeMode(register.wide, QHeaderView.ResizeMode.Stretch)
        self.table.resizeRowsToContents()

    def _fit(self, register: Register) -> bool:
        """Make the columns as wide as their words; whether that leaves the wide one room to take what is left.

        Where it does not, as in large text, the wide one keeps a width one can read, and the table is scrolled.
        """
        header, others = self.table.horizontalHeader(), 0
        for column in range(len(register.heads)):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
            self.table.resizeColumnToContents(column)
            most = self._widest() * (1.5 if column == register.wide else 1)
            header.resizeSection(column, round(min(header.sectionSize(column), most)))
            others += header.sectionSize(column) if column != register.wide else 0
        return self.table.viewport().width() - others >= self._widest()

    def _widest(self) -> int:
        return self.fontMetrics().averageCharWidth() * 22

    def _refresh(self) -> None:
        register = self._register()
        entries = filtered(register, self.filter.text())
        self._model.show(register, entries)
        has_courses = any(entry.course for entry in register.entries)
        self.views.setVisible(has_courses and not self.views.shows_table)
        self.views.choice.setVisible(has_courses)
        self.views.show_courses([entry.course for entry in entries if entry.course] if has_courses else [])
        drawn = has_courses and not self.views.shows_table
        self.table.setVisible(bool(entries) and not drawn)
        self._parts.setStretchFactor(self.views, int(drawn))
        self.export.setEnabled(bool(entries))
        rows = say_count(len(entries), "entry", "entries")
        nothing = (register.empty or _NONE) if not register.entries else "No entry has these words."
        self.count.say(rows if entries else nothing)
        self.table.resizeRowsToContents()

    def _register(self) -> Register:
        place = self.tabs.currentIndex()
        return self._registers[place] if 0 <= place < len(self._registers) else Register("", (), (), "", 0)

    def _turn(self, by: int) -> None:
        if self.tabs.count():
            self.tabs.setCurrentIndex((self.tabs.currentIndex() + by) % self.tabs.count())
            announce(self, self.tabs.tabText(self.tabs.currentIndex()))

    def _sort(self) -> None:
        """What a click on a column's head does; the second time the other way round."""
        column = max(0, self.table.currentIndex().column())
        header = self.table.horizontalHeader()
        rising = Qt.SortOrder.AscendingOrder
        again = header.sortIndicatorSection() == column and header.sortIndicatorOrder() == rising
        self.table.sortByColumn(column, Qt.SortOrder.DescendingOrder if again else rising)
        announce(self, f"Sorted by {self._register().heads[column]}, {'last' if again else 'first'} first")

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            entry = self._model.entries[self._sorted.mapToSource(index).row()]
            self.place_wanted.emit(entry.pack_id, entry.paper_id, entry.page)

    def _follow(self) -> None:
        index = self.table.currentIndex()
        if index.isValid():
            entry = self._model.entries[self._sorted.mapToSource(index).row()]
            self.through_wanted.emit(self._register().name, entry)

    def _export(self) -> None:
        order = [self._sorted.index(place, 0) for place in range(self._sorted.rowCount())]
        shown = [self._model.entries[self._sorted.mapToSource(index).row()] for index in order]
        self.export_wanted.emit(self._register(), shown)
