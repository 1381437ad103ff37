"""Keys of names are cut where every format of a machine readable zone still holds them: `domain.NAME_KEY_LENGTH`."""

from django.db import migrations

CUT = "UPDATE watchlist_entry SET name_key = rtrim(left(name_key, 24), '<') WHERE length(name_key) > 24"


class Migration(migrations.Migration):
    dependencies = [("watchlist", "0001_initial")]

    # The names themselves stand beside the keys, so that nothing is lost; going back leaves shorter keys.
    operations = [migrations.RunSQL(CUT, migrations.RunSQL.noop)]
