"""A store bounded by bytes."""

from desktop.reader.cache import ByteCache


def test_it_forgets_what_was_used_longest_ago() -> None:
    cache: ByteCache[str, bytes] = ByteCache(30, len)
    cache.put("a", bytes(10))
    cache.put("b", bytes(10))
    cache.put("c", bytes(10))
    cache.get("a")
    assert cache.put("d", bytes(10)) == ["b"]
    assert ("a" in cache, "b" in cache, cache.bytes) == (True, False, 30)


def test_what_is_pinned_stays_even_beyond_the_limit() -> None:
    cache: ByteCache[str, bytes] = ByteCache(10, len)
    cache.put("a", bytes(10), {"a"})
    assert cache.put("b", bytes(10), {"a", "b"}) == []
    assert len(cache) == 2
    assert cache.put("c", bytes(10), {"c"}) == ["a", "b"]


def test_putting_again_replaces() -> None:
    cache: ByteCache[str, bytes] = ByteCache(100, len)
    cache.put("a", bytes(10))
    cache.put("a", bytes(4))
    assert cache.bytes == 4
    cache.drop("a")
    cache.drop("a")
    assert (cache.bytes, cache.get("a")) == (0, None)
