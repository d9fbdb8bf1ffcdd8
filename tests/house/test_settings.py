import re

import pytest

from signage_server.config import Settings
from tests.house.tree import text


@pytest.mark.parametrize("page", ["README.md", "README.vi.md", "docs/operating.md"])
def test_pages_name_no_setting_that_does_not_exist(page: str) -> None:
    named = set(re.findall(r"`SIGNAGE_([A-Z_]+)`", text(page)))
    assert named <= {name.upper() for name in Settings.model_fields}


def test_every_setting_stands_in_the_readme() -> None:
    rows = re.findall(r"^\| `SIGNAGE_([A-Z_]+)` \| \S", text("README.md"), re.M)
    assert rows == [name.upper() for name in Settings.model_fields]


def test_every_setting_says_what_it_is_for() -> None:
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []
