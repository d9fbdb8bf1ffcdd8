"""YAML as people write it: plain data out, or a sentence about the line that cannot be read."""

from typing import Any

import yaml

from signage_server.playlists.problems import DocumentInvalid, Problem


def read_yaml(text: str) -> Any:
    """Parse YAML text to plain data. A name given twice is refused, where YAML would lose the first.

    Raises:
        DocumentInvalid: with the line.
    """
    try:
        return yaml.load(text, _Loader)  # noqa: S506 - a SafeLoader
    except _NameTwice as error:
        raise DocumentInvalid((_twice(error),)) from None
    except (yaml.YAMLError, RecursionError) as error:
        raise DocumentInvalid((_unreadable(error),)) from None


class _NameTwice(yaml.MarkedYAMLError):
    pass


class _Loader(yaml.SafeLoader):
    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if isinstance(key, yaml.ScalarNode) and key.value in seen:
                raise _NameTwice(problem=key.value, problem_mark=key.start_mark)
            seen.add(key.value if isinstance(key, yaml.ScalarNode) else "")
        return super().construct_mapping(node, deep)


def _place(error: BaseException) -> str:
    mark = getattr(error, "problem_mark", None)
    return f"dòng {mark.line + 1} (line {mark.line + 1})" if mark else ""


def _twice(error: _NameTwice) -> Problem:
    return Problem(
        _place(error),
        f"“{error.problem}” được ghi hai lần. Hãy đổi tên hoặc bỏ một chỗ.",
        f"“{error.problem}” stands here a second time. Rename one of them or leave it out.",
    )


def _unreadable(error: BaseException) -> Problem:
    return Problem(
        _place(error),
        "không đọc được cách viết YAML. Hãy xem lại khoảng trắng đầu dòng, dấu hai chấm và dấu ngoặc kép.",
        "this is not YAML. Check indentation, colons and quotation marks.",
    )
