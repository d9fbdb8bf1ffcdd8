"""Doors only: the JSON API, sign-in, media, health, and the pages that serve player and console."""
