"""The tree as the database holds it: leaf hashes in `Entry`, and every eighth level above them in `Node`."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from gatehouse.audit.merkle import CompactRange, leaf_hash, peaks_of
from gatehouse.audit.models import Entry, Node

#: Levels between stored ones: a node between them is folded from at most 2**7 stored hashes.
STEP = 8


def tree_size() -> int:
    last = Entry.objects.order_by("-index").values_list("index", flat=True).first()
    return 0 if last is None else last + 1


def node(height: int, index: int) -> bytes:
    """The hash of a complete subtree, as `merkle.Node` asks for it."""
    above = height % STEP
    first, end = index << above, (index + 1) << above
    stored = CompactRange()
    for hashed in _stored(height - above, first, end):
        stored.append(hashed)
    if stored.size != end - first:
        raise LookupError("the tree lacks stored hashes below a complete subtree", height, index)
    return stored.root()


def tree_at(size: int) -> CompactRange:
    """The tree as it was at `size` leaves."""
    return CompactRange(size, peaks_of(size, node))


def tree_extend(leaves: Sequence[tuple[UUID, str]]) -> None:
    """Give these leaves (id, body) the next places. The caller holds the sequencer's lock."""
    tree = tree_at(tree_size())
    entries: list[Entry] = []
    nodes: list[Node] = []

    def completed(height: int, index: int, hashed: bytes) -> None:
        if height % STEP == 0:
            nodes.append(Node(height=height, index=index, hash=hashed))

    for id_, body in leaves:
        hashed = leaf_hash(body.encode())
        entries.append(Entry(index=tree.size, leaf_id=id_, leaf_hash=hashed))
        tree.append(hashed, completed)
    Entry.objects.bulk_create(entries)
    Node.objects.bulk_create(nodes)


def _stored(height: int, first: int, end: int) -> list[bytes]:
    if height == 0:
        entries = Entry.objects.filter(index__gte=first, index__lt=end).order_by("index")
        return [bytes(hashed) for hashed in entries.values_list("leaf_hash", flat=True)]
    nodes = Node.objects.filter(height=height, index__gte=first, index__lt=end).order_by("index")
    return [bytes(hashed) for hashed in nodes.values_list("hash", flat=True)]
