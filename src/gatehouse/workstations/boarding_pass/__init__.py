"""Bar-coded boarding passes (IATA Resolution 792): their elements, and reading them from pictures.

>>> from datetime import date
>>> found = parse_boarding_pass("M1DESMARAIS/LUC       EABC123 YULFRAAC 0834 326J001A0025 100", on=date(2026, 11, 25))
>>> found.surname, found.legs[0].conveyance, found.legs[0].flight_date.isoformat()
('DESMARAIS', 'AC 834', '2026-11-22')
"""

from gatehouse.workstations.boarding_pass.parsing import boarding_pass_of, parse_boarding_pass
from gatehouse.workstations.boarding_pass.records import BoardingPass, Leg
from gatehouse.workstations.boarding_pass.symbols import read_symbols

__all__ = ["BoardingPass", "Leg", "boarding_pass_of", "parse_boarding_pass", "read_symbols"]
