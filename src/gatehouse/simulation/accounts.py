"""The accounts of the demo: one for each role. They exist in demo mode alone, with a password made on this machine."""

from __future__ import annotations

from dataclasses import dataclass

from gatehouse.kernel.errors import RefusedError
from gatehouse.platform.config import Mode, config, kept_secret
from gatehouse.platform.models import User
from gatehouse.platform.permissions import Role
from gatehouse.platform.services import user_create


@dataclass(frozen=True)
class DemoAccount:
    username: str
    full_name: str
    title: str
    roles: tuple[Role, ...]
    password: str


_PEOPLE = (
    ("chen", "陳怡君", "inspector 查驗官", (Role.INSPECTOR,)),
    ("lin", "林志明", "second line 第二線", (Role.INSPECTOR, Role.SECOND_LINE)),
    ("wang", "王淑芬", "supervisor 督導", (Role.SUPERVISOR,)),
    ("huang", "黃建宏", "analyst 分析官", (Role.ANALYST,)),
    ("lee", "李雅婷", "caseworker 承辦人", (Role.CASEWORKER,)),
    ("wu", "吳俊傑", "engineer 工程師", (Role.ENGINEER,)),
    ("liu", "劉美玲", "security auditor 資安稽核", (Role.SECURITY_AUDITOR,)),
    ("tsai", "蔡文雄", "data-protection officer 個資保護", (Role.DATA_PROTECTION_OFFICER,)),
    ("yang", "楊惠如", "statistician 統計", (Role.STATISTICIAN,)),
    ("wall", "監控中心", "wall display 監控牆", (Role.DISPLAY,)),
)


def demo_accounts() -> tuple[DemoAccount, ...]:
    """The accounts with the password that this installation made for itself. Raises `RefusedError` in production."""
    if config().mode is Mode.PRODUCTION:
        raise RefusedError("demo accounts do not exist in production")
    password = f"demo-{kept_secret(config().state_dir / 'demo-password')[:10]}"
    return tuple(DemoAccount(name, full_name, title, roles, password) for name, full_name, title, roles in _PEOPLE)


def accounts_create() -> int:
    """Create the demo accounts that do not exist yet, and say how many those were."""
    known = set(User.objects.values_list("username", flat=True))
    missing = [account for account in demo_accounts() if account.username not in known]
    for account in missing:
        user_create(
            username=account.username,
            password=account.password,
            roles=account.roles,
            full_name=account.full_name,
            is_demo=True,
        )
    return len(missing)
