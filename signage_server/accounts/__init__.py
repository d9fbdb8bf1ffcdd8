"""People and their place: units, sign-in, API tokens, and the trail of who did what."""
