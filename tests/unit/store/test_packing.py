import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.errors import StoreError
from monitor.store.packing import pack, unpack


@given(st.binary(max_size=4000), st.binary(max_size=4000))
def test_what_is_packed_against_any_prefix_comes_back(content: bytes, prefix: bytes) -> None:
    assert unpack(pack(content, prefix), prefix, size=len(content)) == content


@given(st.binary(max_size=200))
def test_what_is_packed_alone_comes_back(content: bytes) -> None:
    assert unpack(pack(content)) == content


def test_a_prefix_makes_a_nearly_equal_page_small() -> None:
    page = bytes(range(256)) * 200
    assert len(pack(page + b"changed", page)) < 40


@pytest.mark.parametrize(
    "damage", [lambda data: data[:-5], lambda data: data[:20] + b"\x00\x01" + data[22:], lambda _: b""]
)
def test_damaged_data_is_told(damage) -> None:
    content = b"The council closed twelve wells. " * 9 + b"And one more."
    with pytest.raises(StoreError):
        unpack(damage(pack(content)), size=len(content))


def test_the_wrong_prefix_is_told() -> None:
    content = b"The council of Maravel closed twelve wells in the dry season."
    with pytest.raises(StoreError):
        unpack(pack(content, content[:40]), b"x" * 40, size=len(content))
