"""The machine readable zone of travel documents (ICAO Doc 9303-3 to 9303-7): read it, write it, check it.

>>> from datetime import date
>>> zone = parse_mrz("I<UTOD231458907<<<<<<<<<<<<<<<7408122F1204159UTO<<<<<<<<<<<6ERIKSSON<<ANNA<MARIA<<<<<<<<<<",
...                  on=date(2024, 1, 1))
>>> zone.format, zone.surname, zone.birth_date, zone.valid
('TD1', 'ERIKSSON', '1974-08-12', True)
"""

from gatehouse.documents.mrz.check_digits import check_digit
from gatehouse.documents.mrz.composing import compose_mrz
from gatehouse.documents.mrz.parsing import parse_mrz
from gatehouse.documents.mrz.record import Mrz

__all__ = ["Mrz", "check_digit", "compose_mrz", "parse_mrz"]
