"""`gatehouse biometrics`: how engines do in the field, and the end of what is kept of persons."""

from gatehouse.cli.command import LazyGroup

biometrics = LazyGroup(
    "biometrics",
    help="How engines do in the field, and the end of what is kept of persons.",
    commands={
        "erase": "gatehouse.cli.biometrics.erase:erase",
        "expire": "gatehouse.cli.biometrics.expire:expire",
        "rates": "gatehouse.cli.biometrics.rates:rates",
    },
)
