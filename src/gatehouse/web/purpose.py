"""Nobody looks at a person's record without saying why."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from gatehouse.audit.api import Purpose
from gatehouse.platform.actors import Actor
from gatehouse.web import words


class PurposeForm(forms.Form):
    """Why these records are looked at; both answers go into the audit log with the look."""

    purpose = forms.ChoiceField(label=_("Purpose"), error_messages={"required": _("Choose the purpose.")})
    reason = forms.CharField(
        label=_("Reason or case number"),
        help_text=_("Why it has to be these records. It is kept in the audit log under your name."),
        max_length=500,
        error_messages={"required": _("Say why it has to be these records.")},
    )

    #: The purposes that this page can be opened for.
    offered: tuple[Purpose, ...] = ()

    def __init__(self, *args: object, reader: Actor, **kwargs: object) -> None:
        """`reader` chooses among those of this page that are theirs."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        field = self.fields["purpose"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (declared above)
        theirs = [(one.value, words.PURPOSES[one]) for one in self.offered if one in reader.purposes]
        field.choices = [("", _("Choose a purpose")), *theirs]
        if not theirs:
            field.help_text = _("None of your roles has a purpose for this page: it opens nothing for you.")
