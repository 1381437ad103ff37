"""Made-up states: their certificate authorities, and the passports that they issue, sound and faulty.

Every certificate says that it is simulated, whatever state's code it bears.

>>> from datetime import date
>>> from gatehouse.simulation.holders import made_up_holder
>>> utopia = Issuer("UT", "UTO", seed=1, on=date(2026, 11, 22))
>>> passport = utopia.personalise(made_up_holder("UTO", 7, on=date(2026, 11, 22)))
>>> sorted(passport.files)
['COM', 'DG1', 'DG12', 'DG14', 'DG2', 'SOD']
"""

from gatehouse.simulation.issuing.chips import ChipKind
from gatehouse.simulation.issuing.faults import Fault
from gatehouse.simulation.issuing.issuer import IssuedDocument, Issuer

__all__ = ["ChipKind", "Fault", "IssuedDocument", "Issuer"]
