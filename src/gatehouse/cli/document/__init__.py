"""`gatehouse document`: read and authenticate travel documents."""

from gatehouse.cli.command import LazyGroup

document = LazyGroup(
    "document",
    help="Read and authenticate travel documents.",
    commands={
        "mrz": "gatehouse.cli.document.mrz:mrz",
        "read": "gatehouse.cli.document.read:read",
        "simulate": "gatehouse.cli.document.simulate:simulate",
        "verify": "gatehouse.cli.document.verify:verify",
        "seal": "gatehouse.cli.document.seal:seal",
        "trust": "gatehouse.cli.document.trust:trust",
    },
)
