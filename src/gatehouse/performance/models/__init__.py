from gatehouse.performance.models.editions import Edition, NarrativePart, PublishedValue
from gatehouse.performance.models.targets import IndicatorTarget

__all__ = ["Edition", "IndicatorTarget", "NarrativePart", "PublishedValue"]
