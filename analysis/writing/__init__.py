"""Tables as files that other tools read, whole or not at all."""
