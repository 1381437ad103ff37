"""Asking network devices how they are, by SNMP, without a store. `docs/monitoring.md` has the format of the file."""
