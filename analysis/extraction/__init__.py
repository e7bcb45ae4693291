"""From a sentence to rows of the table ``figures``."""
