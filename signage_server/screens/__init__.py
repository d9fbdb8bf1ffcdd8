"""The boards: pairing, what they proved of themselves, and what they played."""
