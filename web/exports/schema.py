"""`python -m web.exports.schema FILE` writes the JSON Schema of an export."""

import json
from argparse import ArgumentParser
from pathlib import Path

from web.exports.document import PersonExported


def main() -> None:
    """Write the schema to a file."""
    arguments = ArgumentParser(description=main.__doc__)
    arguments.add_argument("file", type=Path)
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **PersonExported.model_json_schema(mode="serialization"),
    }
    text = json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
    arguments.parse_args().file.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
