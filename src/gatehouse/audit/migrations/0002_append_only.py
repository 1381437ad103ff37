"""The database refuses by itself what would make the tree a lie: see the comments of each trigger."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER audit_leaf_append_only BEFORE UPDATE OR DELETE ON audit_leaf
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_entry_append_only BEFORE UPDATE OR DELETE ON audit_entry
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_node_append_only BEFORE UPDATE OR DELETE ON audit_node
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_signedcheckpoint_append_only BEFORE UPDATE OR DELETE ON audit_signedcheckpoint
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
-- A payload may be erased, but never say something else.
CREATE TRIGGER audit_payload_unchanged BEFORE UPDATE ON audit_payload
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_pending_unchanged BEFORE UPDATE ON audit_pending
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();

CREATE TRIGGER audit_leaf_no_truncate BEFORE TRUNCATE ON audit_leaf
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_entry_no_truncate BEFORE TRUNCATE ON audit_entry
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_node_no_truncate BEFORE TRUNCATE ON audit_node
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_signedcheckpoint_no_truncate BEFORE TRUNCATE ON audit_signedcheckpoint
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_pending_no_truncate BEFORE TRUNCATE ON audit_pending
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();

-- Every leaf waits for its place from the moment that it is written: no program can forget to queue it.
CREATE FUNCTION audit_leaf_waits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO audit_pending (leaf_id) VALUES (NEW.id);
    RETURN NULL;
END $$;
CREATE TRIGGER audit_leaf_waits AFTER INSERT ON audit_leaf FOR EACH ROW EXECUTE FUNCTION audit_leaf_waits();

-- And it stops waiting only once it has its place.
CREATE FUNCTION audit_pending_has_place() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM gone WHERE NOT EXISTS (SELECT FROM audit_entry e WHERE e.leaf_id = gone.leaf_id)) THEN
        RAISE EXCEPTION 'a leaf without a place in the tree cannot stop waiting'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER audit_pending_has_place AFTER DELETE ON audit_pending REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION audit_pending_has_place();
"""

BACKWARD = """
DROP FUNCTION audit_refuse, audit_leaf_waits, audit_pending_has_place CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
