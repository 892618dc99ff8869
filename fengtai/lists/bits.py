"""Sets of keys as whole numbers: bit n says whether key n is among them. Counting what two share takes microseconds."""

from collections.abc import Collection, Iterable, Iterator

LARGEST_KEY = 16_000_000  # of a set of bits, which takes an eighth as many bytes; beyond it the database is asked


def bits_of(keys: Collection[int]) -> int:
    if not keys:
        return 0
    held = bytearray(max(keys) // 8 + 1)
    for key in keys:
        held[key >> 3] |= 1 << (key & 7)
    return int.from_bytes(held, "little")


def keys_of(bits: int) -> Iterator[int]:
    """In their order."""
    held = bits.to_bytes((bits.bit_length() + 7) // 8, "little")
    for place, byte in enumerate(held):
        if byte:
            start = place << 3
            yield from (start + bit for bit in _BITS[byte])


def exchanged(bits: int, keys: int, held: int) -> int:
    """The set with some of its keys asked anew: of `keys` only those `held` are among it."""
    return (bits | keys) ^ keys | held


def too_large(keys: Iterable[int]) -> bool:
    return max(keys, default=0) > LARGEST_KEY


_BITS = [[bit for bit in range(8) if byte >> bit & 1] for byte in range(256)]
