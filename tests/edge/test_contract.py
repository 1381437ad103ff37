"""docs/openapi.json is what a maker of lanes builds against: it equals the program, and each route needs a device."""

from __future__ import annotations

import json
from pathlib import Path

from gatehouse.edge.authentication import DeviceToken
from gatehouse.edge.routes import api
from gatehouse.platform.permissions import DEVICE_PERMISSIONS

PUBLISHED = Path(__file__).resolve().parents[2] / "docs" / "openapi.json"


def test_the_published_contract_is_the_program() -> None:
    schema = json.loads(json.dumps(api.get_openapi_schema(path_prefix="/edge/")))
    assert json.loads(PUBLISHED.read_text()) == schema, "write it anew: python -m gatehouse.edge > docs/openapi.json"


def test_every_route_names_its_permission() -> None:
    operations = [
        operation
        for _, router in api._routers
        for view in router.path_operations.values()
        for operation in view.operations
    ]
    assert len(operations) == 4
    for operation in operations:
        [authentication] = operation.auth_callbacks
        assert isinstance(authentication, DeviceToken)
        assert authentication.permission in DEVICE_PERMISSIONS
