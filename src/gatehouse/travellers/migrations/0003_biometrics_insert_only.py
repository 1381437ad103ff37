"""What was captured stays as it was; of a key nothing can happen but that it is destroyed, once."""

from django.db import migrations

from gatehouse.platform.insert_only import insert_only

FORBID = """
CREATE FUNCTION travellers_biometrickey_is_only_destroyed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.wrapped IS NOT NULL AND NEW.wrapped IS NULL
       AND (NEW.id, NEW.traveller_id, NEW.made_at) = (OLD.id, OLD.traveller_id, OLD.made_at) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a key of biometrics is never changed or deleted, only destroyed'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER travellers_biometrickey_only_destroyed BEFORE UPDATE OR DELETE ON travellers_biometrickey
    FOR EACH ROW EXECUTE FUNCTION travellers_biometrickey_is_only_destroyed();
CREATE TRIGGER travellers_biometrickey_no_truncate BEFORE TRUNCATE ON travellers_biometrickey
    FOR EACH STATEMENT EXECUTE FUNCTION travellers_biometrickey_is_only_destroyed();
"""
ALLOW = """
DROP TRIGGER travellers_biometrickey_only_destroyed ON travellers_biometrickey;
DROP TRIGGER travellers_biometrickey_no_truncate ON travellers_biometrickey;
DROP FUNCTION travellers_biometrickey_is_only_destroyed();
"""


class Migration(migrations.Migration):
    dependencies = [("travellers", "0002_biometrics")]
    operations = [insert_only("travellers_biometric"), migrations.RunSQL(FORBID, ALLOW)]
