"""The machine API against its own schema: whatever a client sends, the answer is one that the schema names."""

from __future__ import annotations

import json
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi import checks
from tests.edge.certified import asking_for_certificates

from gatehouse.platform.services import device_register

pytestmark = [pytest.mark.real, pytest.mark.django_db(transaction=True)]
SCHEMA = json.loads((Path(__file__).resolve().parents[2] / "docs" / "openapi.json").read_text())
OPERATIONS = {
    operation["operationId"]: (path, method)
    for path, methods in SCHEMA["paths"].items()
    for method, operation in methods.items()
}
OWN = {"lane": "TPE-A12", "device": "TPE-A12", "port": "TPE"}
#: A passage needs a document that can be read, which nothing that is made up is, and a certificate a request that is
#: signed; a batch without events is one.
EXPECTED = {
    (GenerationMode.POSITIVE, "crossing_record"): {422},
    (GenerationMode.POSITIVE, "events_deliver"): {200, 422},
    (GenerationMode.POSITIVE, "telemetry_take"): {200, 422},
    (GenerationMode.POSITIVE, "certificate_issue"): {422},
    (GenerationMode.NEGATIVE, "certificate_issue"): {400, 401, 403, 422},
    (GenerationMode.NEGATIVE, "telemetry_take"): {400, 401, 403, 422},
    (GenerationMode.NEGATIVE, "crossing_record"): {400, 401, 403, 422},
    (GenerationMode.NEGATIVE, "events_deliver"): {400, 401, 403, 422},
}
CHECKS = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
    checks.negative_data_rejection,
]


@pytest.mark.parametrize("operation", OPERATIONS)
@pytest.mark.parametrize("mode", GenerationMode)
@pytest.mark.parametrize("known", [True, False], ids=["a device", "nobody"])
def test_every_answer_is_one_that_the_schema_names(
    operation: str, mode: GenerationMode, known: bool, live_server: Any, tmp_path: Path
) -> None:
    seen: set[int] = set()
    token = device_register(name="TPE-A12", port="TPE") if known else "no token of anybody"
    schema = schemathesis.openapi.from_dict(SCHEMA)
    schema.config.update(base_url=live_server.url)
    path, method = OPERATIONS[operation]

    @given(case=schema[path][method.upper()].as_strategy(generation_mode=mode))
    @settings(max_examples=60 if known else 15, deadline=None, suppress_health_check=list(HealthCheck))
    def answered(case: Any) -> None:
        if mode is GenerationMode.POSITIVE:  # what another device's name is refused for hides what comes after
            case.body.update({name: value for name, value in OWN.items() if name in case.body})
        answer = case.call_and_validate(checks=CHECKS, headers={"Authorization": f"Bearer {token}"})
        seen.add(answer.status_code)

    with asking_for_certificates(tmp_path) if operation == "certificate_issue" else nullcontext():
        answered()
    assert seen <= ({401} if not known else EXPECTED[mode, operation])
    assert seen & ({401} if not known else {200, 422})
