"""What a notebook shows: tables, answers in words, and the sentences behind a row."""
