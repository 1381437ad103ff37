"""Indicators, plans, the annual performance report and the auditor of such reports."""
