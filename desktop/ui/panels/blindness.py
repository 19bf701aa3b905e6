"""What search cannot see, in words: a scan is a picture of a page, and no word of it can be found."""

from collections.abc import Sequence

from desktop.ui.kit.words import say_count


def say_blind(grades: Sequence[str], pages: int) -> str:
    """ "Search cannot see 12 of 203 pages: they are pictures." grades: of those pages alone that are not "good"; "" is
    one whose words are still being read."""
    scans, doubtful, waiting = (sum(grade == each for grade in grades) for each in ("none", "unreliable", ""))
    said = []
    if scans:
        what = "it is a picture" if scans == 1 else "they are pictures"
        said.append(f"Search cannot see {scans} of {say_count(pages, 'page')}: {what}.")
    if doubtful:
        which = "its letters are" if doubtful == 1 else "their letters are"
        said.append(f"On {say_count(doubtful, 'page')} it may miss words: the file does not say what {which}.")
    if waiting:
        said.append(f"{say_count(waiting, 'page')} {'is' if waiting == 1 else 'are'} still being read.")
    return " ".join(said)


def say_page(grade: str) -> str:
    """The same of the page in sight; "" where there is nothing to say."""
    return {
        "none": "This page is a picture. Its words cannot be searched or selected.",
        "unreliable": "Search may miss words on this page: the file does not say what its letters are.",
    }.get(grade, "")


def say_page_short(grade: str) -> str:
    """The same in as few words as stand upon the page itself."""
    return {"none": "A picture: no words to search", "unreliable": "Search may miss words here"}.get(grade, "")
