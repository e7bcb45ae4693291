"""What all errors have in common that the person who runs a command can do something about."""

__all__ = ["UserError"]


class UserError(Exception):
    """Something is wrong; the message is one sentence that says what, where, and what to do."""
