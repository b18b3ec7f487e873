"""The tree of errors: as drawn, each with a sentence and an exit code."""

import re

import pytest

from deskhand import actions
from deskhand.actions import DeskhandError, DisplayGone, errors
from deskhand.actions.errors import ProgramMissing, translated


def tree(kind: type[DeskhandError]) -> list[type[DeskhandError]]:
    return [kind, *(below for child in kind.__subclasses__() for below in tree(child))]


OURS = [kind for kind in tree(DeskhandError) if kind.__module__ == errors.__name__]


def real(kind: type[DeskhandError], depth: int = 0) -> list[tuple[int, str]]:
    children = [child for child in kind.__subclasses__() if child.__module__ == errors.__name__]
    return [(depth, kind.__name__), *(line for child in children for line in real(child, depth + 1))]


def test_the_tree_is_as_drawn() -> None:
    drawing = re.findall(r"^ {4}((?:[│├└─ ]{4})*)(\w+Error|\w+)\b", errors.__doc__ or "", re.MULTILINE)
    drawn = [(len(indent) // 4, name) for indent, name in drawing]
    assert drawn == real(DeskhandError)


@pytest.mark.parametrize("kind", OURS, ids=lambda kind: kind.__name__)
def test_every_error_has_a_sentence_and_an_exit_code(kind: type[DeskhandError]) -> None:
    error = kind("xvfb", "xvfb") if kind is ProgramMissing else kind()
    assert len(str(error)) > 15
    assert (kind.__doc__ or "").strip().endswith((".", "`."))
    assert kind.exit_code in (1, 64, 69, 74)
    assert getattr(actions, kind.__name__) is kind


def test_a_missing_program_names_the_command() -> None:
    assert "apt-get install --no-install-recommends xvfb" in str(ProgramMissing("Xvfb", "xvfb"))


def test_foreign_errors_are_translated_and_kept() -> None:
    with pytest.raises(DisplayGone, match="broken pipe") as caught, translated({OSError: DisplayGone}):
        raise BrokenPipeError("broken pipe")
    assert isinstance(caught.value.__cause__, BrokenPipeError)
    with pytest.raises(KeyError), translated({OSError: DisplayGone}):
        raise KeyError
