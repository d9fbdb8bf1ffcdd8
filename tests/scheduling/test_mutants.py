"""The small sister of `make mutants`: every mutant still fits its place."""

import pytest

from tests.house.tree import ROOT, text
from tests.scheduling.mutant_table import MUTANTS, Mutant


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: str(mutant.name))
def test_a_mutant_fits_and_its_tests_are_there(mutant: Mutant) -> None:
    source = text(mutant.path)
    assert mutant.applied(source) != source
    compile(mutant.applied(source), mutant.path, "exec")
    assert all((ROOT / "tests/scheduling" / test).is_file() for test in mutant.tests)


def test_no_two_mutants_are_called_the_same() -> None:
    assert len({mutant.name for mutant in MUTANTS}) == len(MUTANTS)
