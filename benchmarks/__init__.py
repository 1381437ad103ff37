"""What is promised about speed, measured: `python -m benchmarks [NAME …]` runs them and prints one table.

A benchmark is a module here with `run() -> list[Row]`. Each figure stands beside a peer, or the bare cost that cannot
be avoided, measured in the same run on the same machine.
"""
