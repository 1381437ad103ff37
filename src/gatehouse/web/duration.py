"""Lengths of time in words."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext as _


def said(length: timedelta) -> str:
    """ "2 h 05 min", or "45 s" under a minute; the sign is left to the sentence around it."""
    seconds = abs(int(length.total_seconds()))
    if seconds < 60:
        return _("%(seconds)s s") % {"seconds": seconds}
    hours, minutes = divmod(seconds // 60, 60)
    if not hours:
        return _("%(minutes)s min") % {"minutes": minutes}
    return _("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": f"{minutes:02d}"}
