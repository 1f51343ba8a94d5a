"""Token buckets."""

from bot.channels.limits import Buckets


def test_a_full_bucket_gives_its_capacity_and_then_fills_slowly() -> None:
    buckets = Buckets(capacity=3, per_second=2)

    assert [buckets.allow("a", now=0.0) for _ in range(4)] == [True, True, True, False]
    assert not buckets.allow("a", now=0.4)
    assert buckets.allow("a", now=0.6)


def test_a_bucket_never_holds_more_than_its_capacity() -> None:
    buckets = Buckets(capacity=1, per_second=1)
    buckets.allow("a", now=0.0)

    assert [buckets.allow("a", now=1000.0) for _ in range(2)] == [True, False]


def test_keys_do_not_share_a_bucket() -> None:
    buckets = Buckets(capacity=1, per_second=0)

    assert buckets.allow("a", now=0.0)
    assert buckets.allow("b", now=0.0)


def test_the_longest_unused_bucket_is_forgotten_first() -> None:
    buckets = Buckets(capacity=1, per_second=0, most=2)
    for key in ("a", "b", "a", "c"):
        buckets.allow(key, now=0.0)

    assert not buckets.allow("a", now=0.0)
    assert buckets.allow("b", now=0.0)
