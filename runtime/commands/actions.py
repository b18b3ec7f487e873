"""``deskhand actions``: the vocabulary, as the registry has it."""

from __future__ import annotations

from inspect import cleandoc
from typing import Annotated, Any

import typer
from pydantic import BaseModel
from pydantic_core import PydanticUndefined
from rich.markup import escape
from rich.table import Table

from ...actions import REGISTRY, UnknownAction
from ..console import out, put_json


def actions(
    name: Annotated[str | None, typer.Argument(help="Only that one.", show_default=False)] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the JSON schema of each.")] = False,
) -> None:
    """Say which actions there are, and their fields.

    [bold]Examples[/bold]

    deskhand actions

    deskhand actions drag --json
    """
    if name is not None and name not in REGISTRY:
        raise UnknownAction(f"There is no action {name!r}. Known: {', '.join(sorted(REGISTRY))}.")
    chosen = {one: REGISTRY[one] for one in ([name] if name else sorted(REGISTRY))}
    if as_json:
        put_json({one: kind.model_json_schema() for one, kind in chosen.items()})
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("action", "does", "fields"):
        table.add_column(heading, overflow="fold")
    for one, kind in chosen.items():
        does = cleandoc(kind.__doc__ or "").split("\n\n", maxsplit=1)[0].replace("\n", " ")
        table.add_row(f"[bold]{one}[/bold]", escape(does), escape("\n".join(fields(kind))))
    out.print(table)


def fields(kind: type[BaseModel]) -> list[str]:
    """The fields as ``name: form``, with the default where there is one."""
    schema = kind.model_json_schema()
    told = []
    for name, field in kind.model_fields.items():
        form = _form(schema["properties"][name])
        if field.default is PydanticUndefined and field.default_factory is None:
            told.append(f"{name}: {form}")
        else:
            told.append(f"{name}: {form} = {schema['properties'][name].get('default', field.default)!r}")
    return told


def _form(schema: dict[str, Any]) -> str:
    """A JSON schema in a few words."""
    if "anyOf" in schema:
        return " or ".join(_form(one) for one in schema["anyOf"] if one.get("type") != "null")
    if "enum" in schema:
        return "|".join(map(str, schema["enum"]))
    if "const" in schema:
        return str(schema["const"])
    if "prefixItems" in schema:
        return "[" + ", ".join(one.get("title", "?").lower() for one in schema["prefixItems"]) + "]"
    if schema.get("type") == "array":
        return f"[{_form(schema.get('items', {}))}, …]"
    return str(schema.get("type", schema.get("$ref", "any").rsplit("/", maxsplit=1)[-1]))
