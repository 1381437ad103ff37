"""The tree against the known answers of RFC 6962's reference implementation and against pymerkle."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymerkle import InmemoryTree, verify_consistency, verify_inclusion

from gatehouse.audit.merkle import (
    EMPTY_ROOT,
    CompactRange,
    Node,
    consistency_holds,
    consistency_proof,
    inclusion_holds,
    inclusion_proof,
    leaf_hash,
    node_hash,
    peaks_of,
)

# The eight leaves and their roots of certificate-transparency's merkle tree tests.
LEAVES = [
    bytes.fromhex(leaf)
    for leaf in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def grown(leaves: list[bytes]) -> tuple[CompactRange, Node]:
    """The tree of these leaves, and all its complete subtrees."""
    tree = CompactRange()
    nodes: dict[tuple[int, int], bytes] = {}
    for index, leaf in enumerate(leaves):
        nodes[0, index] = leaf_hash(leaf)
        tree.append(nodes[0, index], lambda height, at, hashed: nodes.__setitem__((height, at), hashed))
    return tree, lambda height, index: nodes[height, index]


def test_the_empty_tree() -> None:
    assert CompactRange().root().hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert CompactRange().root() == EMPTY_ROOT


@pytest.mark.parametrize("size", range(1, 9))
def test_known_roots(size: int) -> None:
    assert grown(LEAVES[:size])[0].root().hex() == ROOTS[size - 1]


def test_known_inclusion_proof() -> None:
    _, node = grown(LEAVES)
    proof = inclusion_proof(5, 8, node)
    assert [step.hex() for step in proof] == [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ]
    assert inclusion_holds(leaf_hash(LEAVES[5]), 5, 8, proof, bytes.fromhex(ROOTS[7]))


def test_known_consistency_proof() -> None:
    _, node = grown(LEAVES)
    proof = consistency_proof(6, 8, node)
    assert [step.hex() for step in proof] == [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ]
    assert consistency_holds(6, 8, bytes.fromhex(ROOTS[5]), bytes.fromhex(ROOTS[7]), proof)


@given(st.lists(st.binary(max_size=8), min_size=1, max_size=70), st.data())
def test_agrees_with_pymerkle(leaves: list[bytes], data: st.DataObject) -> None:
    oracle = InmemoryTree.init_from_entries(leaves)
    tree, node = grown(leaves)
    size = len(leaves)
    index = data.draw(st.integers(0, size - 1))
    first = data.draw(st.integers(1, size))
    first_root = oracle.get_root(first)

    assert tree.root() == oracle.get_root()
    assert CompactRange(size, peaks_of(size, node)).root() == tree.root()
    inclusion = inclusion_proof(index, size, node)
    assert inclusion_holds(leaf_hash(leaves[index]), index, size, inclusion, tree.root())
    assert set(inclusion) <= set(oracle.prove_inclusion(index + 1).path)
    verify_inclusion(leaf_hash(leaves[index]), oracle.get_root(), oracle.prove_inclusion(index + 1))
    consistency = consistency_proof(first, size, node)
    assert consistency_holds(first, size, first_root, tree.root(), consistency)
    verify_consistency(first_root, oracle.get_root(), oracle.prove_consistency(first, size))


@given(st.integers(2, 70), st.data())
def test_a_proof_of_something_else_does_not_hold(size: int, data: st.DataObject) -> None:
    tree, node = grown([b"%d" % number for number in range(size)])
    index = data.draw(st.integers(0, size - 1))
    proof = inclusion_proof(index, size, node)
    hashed, root = leaf_hash(b"%d" % index), tree.root()
    wrong = data.draw(st.integers(0, size - 1).filter(lambda other: other != index))

    assert not inclusion_holds(leaf_hash(b"x"), index, size, proof, root)
    assert not inclusion_holds(hashed, index, size, proof, leaf_hash(b"x"))
    assert not inclusion_holds(hashed, index, size, proof[:-1], root)
    assert not inclusion_holds(hashed, index, size, [*proof, root], root)
    assert not inclusion_holds(hashed, wrong, size, proof, root)
    assert not inclusion_holds(hashed, size, size, proof, root)


@given(st.integers(2, 70), st.data())
def test_a_fork_is_not_consistent(size: int, data: st.DataObject) -> None:
    first = data.draw(st.integers(1, size - 1))
    old, _ = grown([b"%d" % number for number in range(first)])
    forked, node = grown([b"0 rewritten", *(b"%d" % number for number in range(1, size))])
    proof = consistency_proof(first, size, node)

    assert not consistency_holds(first, size, old.root(), forked.root(), proof)
    assert not consistency_holds(first, size, old.root(), forked.root(), proof[:-1])
    assert not consistency_holds(first, size, old.root(), forked.root(), [*proof, old.root()])
    assert not consistency_holds(0, size, old.root(), forked.root(), proof)


def test_what_cannot_be_asked() -> None:
    _, node = grown(LEAVES)
    with pytest.raises(ValueError, match="not in the tree"):
        inclusion_proof(8, 8, node)
    with pytest.raises(ValueError, match="one leaf or more"):
        consistency_proof(0, 8, node)
    with pytest.raises(ValueError, match="each bit of its size"):
        CompactRange(3, [node_hash(b"", b"")])
