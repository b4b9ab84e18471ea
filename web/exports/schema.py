"""`python -m web.exports.schema FILE` writes the JSON Schema of an export."""

import json
import sys
from pathlib import Path

from web.exports.document import PersonExported


def main() -> None:
    """Write the file that is the first argument."""
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **PersonExported.model_json_schema(mode="serialization"),
    }
    text = json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
    Path(sys.argv[1]).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
