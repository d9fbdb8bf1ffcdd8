"""What can be shown: assets, their files, and the work that makes them fit for a board."""
