"""What must hold before the program serves anyone."""

from __future__ import annotations

from typing import Any

from django.core import checks
from django.core.checks import Error, Tags, register

from gatehouse.platform.config import Mode, config


@register(Tags.database)
def no_demo_accounts(app_configs: Any, databases: Any, **kwargs: Any) -> list[Error]:
    """Production does not start while an account of the demo exists."""
    from gatehouse.platform.models import User  # noqa: PLC0415

    if not databases or config().mode is not Mode.PRODUCTION:
        return []
    demo = User.objects.filter(is_demo=True).count()
    if not demo:
        return []
    return [
        Error(f"{demo} demo accounts exist: delete them before this database serves in production", id="gatehouse.E001")
    ]


@register
def engines_are_there(app_configs: Any, **kwargs: Any) -> list[checks.Warning]:
    """Says at the start which engine of biometrics could not be loaded: inspections go on by eye."""
    from gatehouse.platform.engines import engines  # noqa: PLC0415

    settings = config()
    if settings.face_engine is None and settings.fingerprint_engine is None:
        return []
    fault = engines().fault
    return [] if fault is None else [checks.Warning(f"no engine of biometrics: {fault}", id="gatehouse.W001")]
