"""The person and the document that a zone names, for the room that knows persons."""

from __future__ import annotations

from gatehouse.documents.mrz import Mrz
from gatehouse.travellers.api import Holder


def holder_of(mrz: Mrz, names: tuple[str, ...] = ()) -> Holder:
    """`names` are those that the chip has in other scripts."""
    return Holder(
        document_type=mrz.document_code,
        issuer=mrz.issuer,
        number=mrz.document_number,
        expiry_date=mrz.expiry_date,
        surname=mrz.surname,
        given_names=mrz.given_names,
        birth_date=mrz.birth_date,
        sex=mrz.sex,
        nationality=mrz.nationality,
        names=names,
    )
