"""How long properties are tried. A slow machine is no failure, so nothing here has a deadline."""

from hypothesis import settings

PATIENT = settings(deadline=None, max_examples=60)
#: For properties that walk whole days.
FEW = settings(deadline=None, max_examples=25)
