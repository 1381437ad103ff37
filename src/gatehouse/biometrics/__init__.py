"""Comparing a live sample with a document: engines plug in, and no answer is ever a bare yes or no (BSI TR-03121)."""
