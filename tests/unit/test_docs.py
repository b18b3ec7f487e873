"""docs/actions.md lists every action, as the registry has it. Run this file to write the table anew."""

import re
from inspect import cleandoc
from pathlib import Path

from deskhand.actions import REGISTRY, Action
from deskhand.actions.dialects import dialects

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGE = DOCS / "actions.md"
_TABLE = re.compile(r"(<!-- table: .*? -->\n).*?(<!-- end -->)", re.DOTALL)


def fields(kind: type[Action]) -> str:
    """Its fields; those that must be given in bold, the others with their defaults."""
    told = []
    for name, field in kind.model_fields.items():
        if field.is_required():
            told.append(f"**`{name}`**")
            continue
        default = kind.model_construct(**{name: field.default}).model_dump(mode="json", include={name})[name]
        shown = (
            ""
            if default in (None, [], "")
            else f"={default:g}"
            if isinstance(default, float)
            else f"={default}"
        )
        told.append(f"`{name}{shown}`")
    return " ".join(told) or "–"


def row(name: str, kind: type[Action]) -> str:
    about = " ".join(cleandoc(kind.__doc__ or "").split("\n\n")[0].split())
    after = "ends" if kind.terminal else "settles" if kind.settles else "–"
    return f"| `{name}` | {about} | {fields(kind)} | {after} |"


def table() -> str:
    rows = [row(name, kind) for name, kind in REGISTRY.items()]
    return "\n".join(["| type | what it does | fields | after |", "|---|---|---|---|", *rows]) + "\n"


def test_the_table_of_actions_is_up_to_date() -> None:
    assert table() in PAGE.read_text(), "run: python tests/unit/test_docs.py"


def test_every_dialect_is_described() -> None:
    page = (DOCS / "dialects.md").read_text()
    assert all(f"| `{name}` |" in page for name in dialects())


def test_the_example_of_the_memory_screen_runs() -> None:
    [*_, example] = re.findall(r"```python\n(.*?)```", PAGE.read_text(), re.DOTALL)
    exec(compile(example, str(PAGE), "exec"), {})


if __name__ == "__main__":
    PAGE.write_text(_TABLE.sub(lambda found: found[1] + table() + found[2], PAGE.read_text()))
