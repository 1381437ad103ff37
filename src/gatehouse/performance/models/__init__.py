from gatehouse.performance.models.editions import Edition, NarrativePart, PublishedValue

__all__ = ["Edition", "NarrativePart", "PublishedValue"]
