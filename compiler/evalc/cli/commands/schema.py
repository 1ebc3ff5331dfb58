"""Print the JSON Schema of what evalc writes."""

import json
from argparse import ArgumentParser, Namespace

from evalc.cli import exit
from evalc.cli.commands.contract import Command

FORMATS = ("spec", "catalog", "eval")


class SchemaCommand(Command):
    """Print the JSON Schema of a file that evalc writes.

    `spec` is `spec.json`, the compiled form of an eval; `catalog` and `eval` are `catalog.json` and `eval.json` of the
    site, which publishes both schemas too.
    """

    def configure(self, parser: ArgumentParser) -> None:
        parser.add_argument("format", nargs="?", choices=FORMATS, default="spec", help="default: spec")

    def run(self, arguments: Namespace) -> int:
        if arguments.format == "spec":
            from evalc.model.catalog import Spec

            schema = Spec.model_json_schema(mode="serialization")
            schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
            print(json.dumps(schema, indent=2, sort_keys=True))
            return exit.GOOD
        from evalc.pages.machines import SCHEMAS, schema_text

        print(schema_text(SCHEMAS[arguments.format]), end="")
        return exit.GOOD
