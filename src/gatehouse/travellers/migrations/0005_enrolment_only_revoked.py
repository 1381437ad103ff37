"""An enrolment stays as it was; nothing can happen to it but that it is revoked, once."""

from django.db import migrations

FORBID = """
CREATE FUNCTION travellers_enrolment_is_only_revoked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.wrapped IS NOT NULL AND NEW.wrapped IS NULL
       AND (NEW.id, NEW.traveller_id, NEW.version, NEW.image, NEW.engine, NEW.quality, NEW.consent, NEW.language,
            NEW.consented_at, NEW.port, NEW.enrolled_at, NEW.enrolled_by)
         = (OLD.id, OLD.traveller_id, OLD.version, OLD.image, OLD.engine, OLD.quality, OLD.consent, OLD.language,
            OLD.consented_at, OLD.port, OLD.enrolled_at, OLD.enrolled_by) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'an enrolment is never changed or deleted, only revoked'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER travellers_enrolment_only_revoked BEFORE UPDATE OR DELETE ON travellers_enrolment
    FOR EACH ROW EXECUTE FUNCTION travellers_enrolment_is_only_revoked();
CREATE TRIGGER travellers_enrolment_no_truncate BEFORE TRUNCATE ON travellers_enrolment
    FOR EACH STATEMENT EXECUTE FUNCTION travellers_enrolment_is_only_revoked();
"""
ALLOW = """
DROP TRIGGER travellers_enrolment_only_revoked ON travellers_enrolment;
DROP TRIGGER travellers_enrolment_no_truncate ON travellers_enrolment;
DROP FUNCTION travellers_enrolment_is_only_revoked();
"""


class Migration(migrations.Migration):
    dependencies = [("travellers", "0004_enrolment")]
    operations = [migrations.RunSQL(FORBID, ALLOW)]
