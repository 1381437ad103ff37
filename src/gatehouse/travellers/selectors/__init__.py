"""Reading persons."""

from gatehouse.travellers.selectors.biometrics import biometrics_of
from gatehouse.travellers.selectors.persons import recognised

__all__ = ["biometrics_of", "recognised"]
