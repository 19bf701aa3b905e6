"""The registers on the screen: read out of the store for one body at a time, opened at their source, exported."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject

from desktop.errors import KnownError
from desktop.library.current import current_rows
from desktop.packs.index import kept_pack
from desktop.papers.finding import Finding
from desktop.registers.export import write_register
from desktop.registers.table import KINDS, Entry, ReadPaper, Register, registers_of
from desktop.registers.workplan import Business, business_of
from desktop.ui.kit.files import ask_where_to_save
from desktop.ui.window import Screen

if TYPE_CHECKING:
    from db.records import BodyRecord
    from desktop.app.application import Application
    from desktop.library.holdings import Holdings
    from desktop.room import Room
    from desktop.ui.registers import RegistersScreen

Then = Callable[..., None]
_OUTSIDE = "The file lies outside the seal of Despatch: look after it."


class Registering(QObject):
    """Answers the registers. then: goes on with a future unless the room was left."""

    def __init__(self, application: "Application", room: "Room", then: Then) -> None:
        super().__init__(application)
        self._app, self._room, self._then = application, room, then
        self._body_id = ""

    def show(self) -> None:
        """Go to the registers."""
        self._app.window.show_screen(Screen.REGISTERS)
        self._then(self._room.store.do(self._room.holdings.bodies.all), self._show_bodies)

    def renew(self) -> None:
        """Papers say more than they did: show that where registers are in sight."""
        if self._app.window.screen_now is Screen.REGISTERS and self._body_id:
            self._read(self._body_id)

    def make(self) -> "RegistersScreen":
        """The registers, answered here."""
        from desktop.ui.registers import RegistersScreen

        screen = RegistersScreen(self._app.theme)
        screen.closed.connect(self._app.window.go_back)
        screen.body_chosen.connect(self._read)
        screen.place_wanted.connect(self._app.window.open_place)
        screen.export_wanted.connect(self._export)
        return screen

    def _show_bodies(self, bodies: "list[BodyRecord]") -> None:
        named = [(body.id, body.name) for body in bodies]
        if not named:
            self._screen().show_registers([])
            return
        known = [body_id for body_id, _ in named]
        body_id = self._body_id if self._body_id in known else known[0]
        self._screen().show_bodies(named, body_id)
        self._read(body_id)

    def _read(self, body_id: str) -> None:
        self._body_id = body_id
        today = self._app.now().date()
        reading = self._room.store.do(read_registers, self._room.holdings, body_id, today)
        self._then(reading, lambda registers: self._screen().show_registers(registers))

    def _screen(self) -> "RegistersScreen":
        return cast("RegistersScreen", self._app.window.screen_of(Screen.REGISTERS))

    def _export(self, register: Register, entries: list[Entry]) -> None:
        def save(path: str) -> None:
            file = Path(path if Path(path).suffix.lower() in (".csv", ".xlsx") else f"{path}.xlsx")
            try:
                write_register(register, entries, file)
            except KnownError as error:
                self._app.window.notices.tell(error)
                return
            self._app.window.notices.say(f"{file.name} was written.", _OUTSIDE, tone="good", seconds=20)

        ask_where_to_save(self._screen(), f"Export {register.name}", f"{register.name}.xlsx", "Export", save)


def read_registers(holdings: "Holdings", body_id: str, today: date) -> list[Register]:
    """A body's registers, from the editions in force. In the store's lane."""
    read = []
    agendas: defaultdict[date, list[Business]] = defaultdict(list)
    kinds = [kind.value for kind in KINDS]
    for record in holdings.packs.of_body(body_id):
        pack = kept_pack(record.index)
        agendas[pack.meeting.held_on] += business_of(pack)
        here = {row.paper_id: row.sha256 for row in current_rows(holdings, pack)}
        for paper in pack.papers:
            found = holdings.findings.of(here[paper.id], kinds) if paper.id in here else []
            if found:
                findings = tuple(map(Finding.from_row, found))
                read.append(ReadPaper(pack.id, paper.id, pack.meeting.held_on, paper.item, paper.title, findings))
    return registers_of(read, today, agendas)
