"""How a paper's pages are asked of the worker: a few at a time."""

from collections.abc import Iterator, Sequence

BATCH = 25  # pages; the store keeps them in one go, and other things wait meanwhile: some 50 ms on a slow disk


def batches_of(pages: Sequence[int]) -> Iterator[tuple[int, int]]:
    """(first, last) of runs of neighbouring pages, none longer than BATCH."""
    start = 0
    for place in range(1, len(pages) + 1):
        if place == len(pages) or pages[place] != pages[place - 1] + 1 or place - start == BATCH:
            yield pages[start], pages[place - 1]
            start = place
