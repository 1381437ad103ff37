"""Every address of the screens. Each view names its permission; see permissions.py."""

from django.urls import include, path

from gatehouse.platform.permissions import ANYONE, SIGNED_IN
from gatehouse.web.account import views as account
from gatehouse.web.account.password import password
from gatehouse.web.home import health, home
from gatehouse.web.metrics.views import metrics
from gatehouse.web.passkeys import confirming
from gatehouse.web.passkeys import signing as passkey_signing
from gatehouse.web.passkeys import views as passkeys
from gatehouse.web.permissions import permission
from gatehouse.web.shift.views import shift
from gatehouse.web.signin.views import SignIn, SignOut
from gatehouse.web.signon import views as signon

urlpatterns = [
    path("", home, name="home"),
    path("health", health, name="health"),
    path("metrics", metrics, name="metrics"),
    path("sign-in/", permission(ANYONE)(SignIn.as_view()), name="sign_in"),
    path("sign-in/agency/", signon.begin, name="sign_on"),
    path("sign-in/agency/back/", signon.back, name="sign_on_back"),
    path("sign-in/passkey/", passkey_signing.sign_in, name="passkey_sign_in"),
    path("sign-in/passkey/options/", passkey_signing.options, name="passkey_sign_in_options"),
    path("sign-out/", permission(SIGNED_IN)(SignOut.as_view()), name="sign_out"),
    path("language/", account.language, name="language"),
    path("theme/", account.theme, name="theme"),
    path("account/", passkeys.account, name="account"),
    path("account/confirm/options/", confirming.options, name="confirm_options"),
    path("account/passkeys/add/", passkeys.add, name="passkey_add"),
    path("account/passkeys/options/", passkeys.options, name="passkey_options"),
    path("account/passkeys/<uuid:passkey>/remove/", passkeys.remove, name="passkey_remove"),
    path("account/password/", password, name="password"),
    path("session/", account.keep_session, name="keep_session"),
    path("shift/", shift, name="shift"),
    path("handovers/", include("gatehouse.web.shift.urls")),
    path("console/", include("gatehouse.web.console.urls")),
    path("figures/", include("gatehouse.web.figures.urls")),
    path("performance/", include("gatehouse.web.performance.urls")),
    path("emergency/", include("gatehouse.web.emergency.urls")),
    path("security/", include("gatehouse.web.security.urls")),
    path("access-log/", include("gatehouse.web.accesslog.urls")),
    path("trust/", include("gatehouse.web.trustlists.urls")),
    path("equipment/", include("gatehouse.web.equipment.urls")),
    path("incidents/", include("gatehouse.web.incidents.urls")),
    path("wall/", include("gatehouse.web.wall.urls")),
    path("second-line/", include("gatehouse.web.secondline.urls")),
]
