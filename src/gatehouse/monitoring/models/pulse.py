"""When each part of the monitor last finished a round."""

from __future__ import annotations

from django.db import models


class Pulse(models.Model):
    """A row for each part that goes round, written anew at the end of each round."""

    name = models.CharField(max_length=64, primary_key=True)
    at = models.DateTimeField()
    #: How long a round takes, in seconds.
    every_s = models.FloatField()
