"""The meeting sheet: what stands on it and in which order, and the same in every form in which it leaves."""

import re
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import docx
import pymupdf
import pytest
from notes_making import CASE, FINANCE, GONE, PACK, Nowhere, make_book, mark

from desktop.annotations.entries import Annotation, Asking, Origin
from desktop.annotations.notebook import Notebook
from desktop.annotations.sheet import Sheet, make_sheet
from desktop.annotations.sheet_writing import CSS, Heading, to_docx, to_html, to_markdown
from desktop.pdf.client import PdfClient

HEADING = Heading("Thursday 29 January 2026, 3.00 pm", "Ann Lee")


def marks() -> list[Annotation]:
    asked = Asking("13", "the Chair", True, "In March,\nor *April*.")
    return [
        mark(1, CASE, 1, "question", "What if it <slips>?", "capital cost", "question"),
        mark(2, FINANCE, 2, "note", "Compare with Month 7"),
        mark(3, FINANCE, 0, "highlight", "", "cash position", "question"),
        mark(4, FINANCE, 0, "highlight", "", "a bare mark", "risk"),
        mark(5, FINANCE, 1, "question", "Who agreed?", "", "question", asked),
        replace(mark(6, CASE, 0, "note", "Theirs", "award"), origin=Origin("Bo Hall", "x")),
    ]


def sheet() -> Sheet:
    return make_sheet(make_book(), marks(), {CASE: ("approve the full case", "note the risks")})


def told(made: Sheet) -> list[tuple[str, list[str]]]:
    return [(item.number, [f"{entry.page} {entry.words}" for entry in item.entries]) for item in made.items]


def test_questions_and_notes_stand_in_agenda_order_and_bare_marks_do_not() -> None:
    assert told(sheet()) == [
        ("10", ["41 “cash position”", "43 Compare with Month 7"]),
        ("13", ["42 Who agreed?", "44 Theirs", "45 What if it <slips>?"]),
    ]


def test_an_item_that_asks_for_a_decision_stands_there_with_what_it_asks_and_without_notes() -> None:
    made = make_sheet(make_book(), [], {CASE: ("approve the full case",)})
    assert [(item.number, item.papers[0].asks) for item in made.items] == [("13", ("approve the full case",))]


def test_notes_of_a_paper_that_is_gone_or_was_replaced_are_not_lost() -> None:
    old = mark(2, FINANCE, 1, "note", "On the old one")
    old = replace(old, anchor=replace(old.anchor, sha256="9" * 64))
    made = make_sheet(make_book(), [mark(1, GONE, 0, "note", "Of a paper that went"), old])
    assert told(made) == [("10", ["42 On the old one"]), ("13", []), ("", ["41 Of a paper that went"])]
    assert [entry.earlier for entry in made.entries] == [True, True]


def test_markdown_is_a_list_of_tasks_and_keeps_signs_as_typed() -> None:
    text = to_markdown(sheet(), HEADING)
    assert text.startswith("# Meeting sheet: Trust Board\n\nThursday 29 January 2026, 3.00 pm · Questions and notes of")
    assert "We are asked to:\n\n- approve the full case\n- note the risks" in text
    assert "- [x] **Who agreed?**  \n  page 42 · for the Chair  \n  Answer: In March,\n  or \\*April\\*." in text
    assert "- [ ] **What if it \\<slips\\>?**  \n  page 45  \n  “capital cost”" in text
    assert "- Theirs  \n  page 44 · by Bo Hall  \n  “award”" in text


def test_the_word_document_opens_with_every_item_question_and_answer() -> None:
    document = docx.Document(BytesIO(to_docx(sheet(), HEADING)))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert re.search(r"Meeting sheet: Trust Board\nThursday 29 January.*\n.*Ann Lee\n10\u2002Finance report\n", text)
    assert "☑\u2002Who agreed?\npage 42 · for the Chair\nAnswer: In March,\nor *April*." in text
    assert "☐\u2002What if it <slips>?" in text
    assert [p.text for p in document.paragraphs if p.style and p.style.name == "List Bullet"] == [
        "approve the full case", "note the risks",
    ]  # fmt: skip
    assert document.core_properties.author == "Ann Lee"
    assert "python-docx" not in f"{document.core_properties.comments}{document.core_properties.author}"


@pytest.fixture
def client() -> Iterator[PdfClient]:
    client = PdfClient("sheet")
    yield client
    client.shut_down()


def test_the_pdf_shows_boxes_to_tick_and_room_to_write(client: PdfClient, tmp_path: Path) -> None:
    made = client.typeset(to_html(sheet(), HEADING), CSS, "Private. Page {page} of {pages}").result(30)
    with pymupdf.open(stream=made) as document:
        text = document[0].get_text()
    assert "☑" in text
    assert "☐" in text
    assert "What if it <slips>?" in text
    assert "_____" in text
    assert "Private. Page 1 of 1" in text


def test_answers_typed_in_one_go_are_one_step_and_ticks_another() -> None:
    question = mark(1, CASE, 1, "question", "Why?", "", "question", Asking("13"))
    book = Notebook(PACK, [question], [], Nowhere())
    for words in ("I", "In", "In March"):
        book.answer(question.id, words)
    book.change_asking(question.id, replace(asking(book, question), asked=True))
    book.answer(question.id, "In March, he said")
    names = []
    while book.undo_name:
        names.append((book.undo_name, asking(book, question).answer))
        book.undo()
    assert names == [("answer", "In March, he said"), ("asking", "In March"), ("answer", "In March")]
    book.redo()
    assert asking(book, question).answer == "In March"


def asking(book: Notebook, of: Annotation) -> Asking:
    now = book.get(of.id)
    assert isinstance(now, Annotation)
    assert now.asking is not None
    return now.asking


def test_words_and_answer_of_one_question_are_steps_of_their_own() -> None:
    book = Notebook(PACK, [], [], Nowhere())
    made = book.add(mark(1).anchor, "question", "question", "W")
    book.change(made.id, words="Why?")
    book.answer(made.id, "Because")
    book.change(made.id, words="Why now?")
    steps = []
    while book.undo_name:
        steps.append(book.undo_name)
        book.undo()
    assert steps == ["words", "answer", "question"]


def test_what_is_taken_in_together_is_taken_back_together() -> None:
    book = Notebook(PACK, [mark(1)], [], Nowhere())
    book.take_in([mark(2), mark(3), mark(4)])
    assert len(book.annotations) == 4
    book.undo()
    assert [each.id for each in book.annotations] == [mark(1).id]
    book.redo()
    assert len(book.annotations) == 4
    assert book.redo_name == ""


def test_who_made_a_mark_elsewhere_is_kept() -> None:
    theirs = replace(mark(1), origin=Origin("Bo Hall", "pdf:1"), asking=Asking(answer="Yes"))
    assert Annotation.from_record(theirs.to_record()) == theirs
