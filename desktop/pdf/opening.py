"""Puts papers before the worker: reads the sealed file, sends it, learns what it is."""

import os
from typing import BinaryIO

from desktop.pdf import replies
from desktop.pdf.errors import Missing, TooLarge, TooSlow
from desktop.pdf.frames import Closed, Nonsense
from desktop.pdf.line import Died, Line
from desktop.pdf.protocol import Facts, Source
from desktop.pdf.table import Table
from desktop.pdf.waiting import Work


class Opener:
    """For the attendant's thread, while the worker has nothing in hand."""

    def __init__(self, line: Line, table: Table, limit: float, most: int) -> None:
        self._line, self._table, self._limit, self._most = line, table, limit, most
        self._mark = 0

    def bring(self, work: Work) -> Facts | None:
        """See that the worker has open what the work needs; facts where they are asked for. Raises PdfError or Died."""
        wants_facts = work.kind == "open"
        if not wants_facts and self._table.is_open(work.version):
            return None
        source = self._table.source(work.version)
        while True:
            if (refusal := self._table.refusal(work.version)) is not None:
                raise refusal
            try:
                return self._open(source, wants_facts)
            except (Nonsense, Closed):
                self._died(source)
            except Died as died:
                self._died(source)
                if died.late:
                    raise TooSlow(source.name) from died

    def _died(self, source: Source) -> None:
        self._table.died_opening(source.version)
        self._renew()

    def _renew(self) -> None:
        """A new worker, with nothing before it."""
        self._line.expect(None)
        self._table.close_all()
        self._line.renew()
        self._line.await_ready()

    def _open(self, source: Source, wants_facts: bool) -> Facts | None:
        try:
            file = source.path.open("rb")
        except OSError as error:
            raise Missing(source.name) from error
        with file:
            length = os.fstat(file.fileno()).st_size
            if length > self._most:
                raise TooLarge(source.name)
            for version in self._table.to_close_for(length):
                self._line.send({"do": "close", "version": version})
            return self._tell(source, file, length, wants_facts)

    def _tell(self, source: Source, file: BinaryIO, length: int, wants_facts: bool) -> Facts | None:
        self._mark -= 1
        header = {
            "do": "open",
            "id": self._mark,
            "limit": self._limit,
            "version": source.version,
            "key": source.key,
            "facts": wants_facts,
        }
        self._line.expect(self._mark, self._limit)
        try:
            self._line.send_file(header, file, length)
        except OSError as error:
            self._renew()  # it still waits for the rest
            raise Missing(source.name) from error
        reply, _ = self._line.hear()
        if reply.get("id") != self._mark:
            raise Nonsense
        self._line.expect(None)
        if (refused := replies.refusal(reply, source.name, None)) is not None:
            raise refused
        self._table.opened(source.version, length)
        return replies.facts(source.version, reply) if wants_facts else None
