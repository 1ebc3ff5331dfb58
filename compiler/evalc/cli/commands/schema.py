"""Print the JSON Schema of `spec.json`."""

import json
from argparse import ArgumentParser, Namespace

from evalc.cli import exit
from evalc.cli.commands.contract import Command


class SchemaCommand(Command):
    """Print the JSON Schema of `spec.json`, the compiled form of an eval."""

    def configure(self, parser: ArgumentParser) -> None:
        pass

    def run(self, arguments: Namespace) -> int:
        from evalc.model.catalog import Spec

        schema = Spec.model_json_schema(mode="serialization")
        schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
        print(json.dumps(schema, indent=2, sort_keys=True))
        return exit.GOOD
