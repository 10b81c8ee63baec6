"""docs/dossier.schema.json, written from the code: the JSON Schema of an alliance's file (`make schema`)."""

import json
import os
from pathlib import Path

import django

PAGE = Path(__file__).parent.parent / "docs" / "dossier.schema.json"


def schema() -> str:
    """The schema as it is committed."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from charter.schemas import Dossier  # noqa: PLC0415 - after the settings are known

    return json.dumps(Dossier.model_json_schema(), indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    PAGE.write_text(schema())
