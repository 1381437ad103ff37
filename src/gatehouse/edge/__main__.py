"""Print the contract of the machine API: `python -m gatehouse.edge > docs/openapi.json`."""

import json

from gatehouse.platform import setup

setup()

from gatehouse.edge.routes import api  # noqa: E402

print(json.dumps(api.get_openapi_schema(path_prefix="/edge/"), indent=2, ensure_ascii=False))
