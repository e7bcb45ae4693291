"""From ``figures`` to ``comparisons`` and ``outlook``."""
