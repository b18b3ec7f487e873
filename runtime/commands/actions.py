"""``deskhand actions``: the vocabulary, as the registry has it."""

from __future__ import annotations

import json
from inspect import cleandoc
from typing import Annotated, Any

import typer
from pydantic import BaseModel
from rich.markup import escape
from rich.table import Table

from ...actions import REGISTRY, parse
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
        parse({"type": name})  # raises UnknownAction, with the near ones
    chosen = {one: REGISTRY[one] for one in ([name] if name else sorted(REGISTRY))}
    if as_json:
        put_json({one: kind.model_json_schema() for one, kind in chosen.items()})
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading, share in (("action", 1), ("does", 3), ("fields", 4)):
        table.add_column(heading, overflow="fold", ratio=share)
    for one, kind in chosen.items():
        does = cleandoc(kind.__doc__ or "").split("\n\n", maxsplit=1)[0].replace("\n", " ")
        table.add_row(f"[bold]{one}[/bold]", escape(does), escape("\n".join(fields(kind))))
    out.print(table)


def fields(kind: type[BaseModel]) -> list[str]:
    """The fields as ``name: form``, with the default where there is one."""
    schema = kind.model_json_schema()
    defaults = kind.model_construct().model_dump(mode="json")
    told = []
    for name in kind.model_fields:
        form = _form(schema["properties"][name], schema.get("$defs", {}))
        default = f" = {json.dumps(defaults[name])}" if name in defaults else ""
        told.append(f"{name}: {form}{default}")
    return told


def _form(schema: dict[str, Any], known: dict[str, Any]) -> str:
    """A JSON schema in a few words."""
    match schema:
        case {"$ref": name}:
            return _form(known[name.rpartition("/")[2]], known)
        case {"anyOf": several}:
            return " or ".join(_form(one, known) for one in several if one.get("type") != "null")
        case {"enum": values}:
            return "|".join(map(str, values))
        case {"prefixItems": parts}:
            return "[" + ", ".join(part["title"].lower() for part in parts) + "]"
        case {"type": "array", "items": items}:
            return f"[{_form(items, known)}, …]"
    return str(schema.get("type", "any"))
