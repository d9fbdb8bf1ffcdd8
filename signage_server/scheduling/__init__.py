"""When and where playlists play. `recurrence`, `timeline` and `playout` are pure."""
