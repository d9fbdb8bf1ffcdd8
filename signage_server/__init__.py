"""A signage server: slides go up, every board shows them, reminders come back at their rhythm."""

__version__ = "0.1.0"
