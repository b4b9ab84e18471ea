-- Roles of the directory, the notifier, governance and the web processes. Run as the owner of the schemas, in the engine's
-- database, after every migration; it may be repeated. The roles are made without passwords;
-- `badge-web roles --passwords` sets them (docs/operating.md, 'Roles of the pages').
DO $roles$
DECLARE
  role text;
  relation regclass;
  rights text;
BEGIN
  FOREACH role IN ARRAY ARRAY[
    'badge_reader', 'badge_people', 'badge_notes', 'badge_directory', 'badge_notify',
    'badge_governance'
  ] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role) THEN
      EXECUTE format('CREATE ROLE %I LOGIN', role);
    END IF;
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO %I', current_database(), role);
    EXECUTE format('REVOKE ALL ON ALL TABLES IN SCHEMA public, web, directory, notify, governance '
      'FROM %I', role);
  END LOOP;

  -- badge_reader: the engine's tables, to read; never messages, refused records or the outbox.
  ALTER ROLE badge_reader SET default_transaction_read_only = on;
  GRANT USAGE ON SCHEMA public TO badge_reader;
  FOR relation IN
    SELECT oid::regclass FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v')
      AND relname NOT IN ('messages', 'note_keys', 'dead_letters', 'outbox')
  LOOP
    EXECUTE format('GRANT SELECT ON %s TO badge_reader', relation);
  END LOOP;

  -- badge_people: sessions and preferences; who is who, and of what they were notified, to read.
  GRANT USAGE ON SCHEMA web, directory, notify TO badge_people;
  GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA web TO badge_people;
  REVOKE INSERT, UPDATE, DELETE ON web.schema_version FROM badge_people;
  IF to_regclass('web.jobs') IS NOT NULL THEN  -- they are the console's
    REVOKE ALL ON web.jobs, web.ops_sessions FROM badge_people;
  END IF;
  GRANT SELECT ON ALL TABLES IN SCHEMA directory TO badge_people;
  GRANT SELECT ON notify.schema_version, notify.items, notify.notices, notify.invitations,
    notify.bad_addresses, notify.case_news TO badge_people;
  GRANT UPDATE (read) ON notify.items TO badge_people;
  GRANT UPDATE (dismissed) ON notify.invitations TO badge_people;
  GRANT SELECT, INSERT, UPDATE, DELETE ON notify.preferences TO badge_people;

  IF to_regclass('web.note_reads') IS NOT NULL THEN
    REVOKE INSERT, UPDATE, DELETE ON web.note_reads, web.note_reports FROM badge_people;
  END IF;

  -- What was shared ends, and what was signed is revoked; neither is undone or forgotten.
  IF to_regclass('web.shares') IS NOT NULL THEN
    REVOKE UPDATE, DELETE ON web.shares, web.credentials, web.status_lists FROM badge_people;
    GRANT UPDATE (show_name, ended, why) ON web.shares TO badge_people;
    GRANT UPDATE (revoked) ON web.credentials TO badge_people;
    GRANT UPDATE (used, signed, signed_at) ON web.status_lists TO badge_people;
  END IF;

  -- badge_notes: sealed notes, the keys of their recipients, and who read what.
  GRANT USAGE ON SCHEMA public, web, directory, notify TO badge_notes;
  FOR relation, rights IN
    SELECT c.oid::regclass, r.rights FROM pg_class c JOIN (VALUES
      ('public', 'messages', 'SELECT'),
      ('public', 'note_keys', 'SELECT, INSERT, UPDATE'),
      ('public', 'audit_log', 'SELECT, INSERT'),
      ('public', 'schema_version', 'SELECT'),
      ('web', 'note_reads', 'SELECT, INSERT'),
      ('web', 'note_reports', 'SELECT, INSERT, UPDATE'),
      ('web', 'removals', 'INSERT'),
      ('directory', 'erased', 'SELECT'),
      ('notify', 'items', 'INSERT')
    ) r (namespace, name, rights)
      ON c.relnamespace = r.namespace::regnamespace AND c.relname = r.name
  LOOP
    EXECUTE format('GRANT %s ON %s TO badge_notes', rights, relation);
  END LOOP;

  IF to_regproc('web.erase_person') IS NOT NULL THEN
    GRANT EXECUTE ON FUNCTION web.erase_person TO badge_notes;
  END IF;
  IF to_regproc('web.erase_from_governance') IS NOT NULL THEN
    GRANT EXECUTE ON FUNCTION web.erase_from_governance TO badge_notes;
  END IF;

  -- badge_engine, of workers and of the console, is made by who owns the schemas: docs/operating.md.
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'badge_engine')
      AND to_regclass('web.jobs') IS NOT NULL THEN
    GRANT USAGE ON SCHEMA web TO badge_engine;
    GRANT SELECT, INSERT, UPDATE, DELETE ON web.jobs, web.ops_sessions TO badge_engine;
    GRANT SELECT ON web.schema_version TO badge_engine;
  END IF;

  -- badge_directory: who is who.
  GRANT USAGE ON SCHEMA directory TO badge_directory;
  GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA directory TO badge_directory;
  REVOKE INSERT, UPDATE, DELETE ON directory.schema_version FROM badge_directory;

  -- badge_notify: of what people are notified; who is who, and what badges are called, to read.
  GRANT USAGE ON SCHEMA public, directory, notify TO badge_notify;
  GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA notify TO badge_notify;
  REVOKE INSERT, UPDATE, DELETE ON notify.schema_version FROM badge_notify;
  GRANT SELECT ON ALL TABLES IN SCHEMA directory TO badge_notify;
  GRANT SELECT ON noted, programs, generations, catalogs, policies TO badge_notify;

  -- badge_governance: cases and who decides them; whom to notify, to read. What somebody signed,
  -- opened or froze is never changed; nothing is deleted but by an erasure.
  GRANT USAGE ON SCHEMA governance, directory, notify TO badge_governance;
  GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA governance TO badge_governance;
  REVOKE INSERT ON governance.schema_version FROM badge_governance;
  GRANT UPDATE ON governance.people, governance.conflicts TO badge_governance;
  GRANT UPDATE ON governance.cases, governance.audits TO badge_governance;
  GRANT UPDATE (left_at, why) ON governance.seats TO badge_governance;
  GRANT UPDATE (published_at, partition, record_offset) ON governance.outbox TO badge_governance;
  GRANT UPDATE (verdict, judged_at) ON governance.samples TO badge_governance;
  GRANT UPDATE (outsiders, conflict_days, outside, adjudicated, state, closed_at, spread_stays,
    noted) ON governance.panels TO badge_governance;
  GRANT UPDATE (state, asked_at, due_on, answered_at, reviewer, review) ON governance.panel_seats
    TO badge_governance;
  GRANT UPDATE (sealed) ON governance.draw_pieces TO badge_governance;
  GRANT UPDATE (given_at, withdrawn_at) ON governance.consents TO badge_governance;
  GRANT UPDATE (answer, answered_at) ON governance.warnings TO badge_governance;
  GRANT UPDATE (reviewed_at) ON governance.baselines TO badge_governance;
  GRANT UPDATE (slug, shown, indexed, changed_at) ON governance.mentor_pages TO badge_governance;
  GRANT UPDATE (state, checked_by, checked_at, removed_at) ON governance.exemplar_links
    TO badge_governance;
  GRANT UPDATE (chosen_at, ended_at) ON governance.page_voices TO badge_governance;
  GRANT UPDATE (answer, answer_words, answered_by, answered_at) ON governance.policy_proposals
    TO badge_governance;
  GRANT UPDATE ("group", declared_at) ON governance.declared_groups TO badge_governance;
  GRANT UPDATE (retired_at) ON governance.anchors TO badge_governance;
  GRANT UPDATE (state, closed_at, result) ON governance.calibrations TO badge_governance;
  GRANT UPDATE (took_part, finding, sealed) ON governance.calibration_raters TO badge_governance;
  GRANT UPDATE (given_at, sealed) ON governance.anchor_ratings TO badge_governance;
  GRANT UPDATE (bench, discipline, changed_at) ON governance.offers TO badge_governance;
  GRANT UPDATE (given_at, withdrawn_at) ON governance.reward_consents TO badge_governance;
  GRANT UPDATE (served_at) ON governance.bench_terms TO badge_governance;
  GRANT UPDATE (ended_at, seen_through) ON governance.pairings TO badge_governance;
  GRANT SELECT ON directory.programs, directory.participants, directory.erased,
    directory.schema_version TO badge_governance;
  GRANT SELECT, INSERT ON notify.case_news TO badge_governance;
  GRANT INSERT ON notify.items TO badge_governance;
  GRANT SELECT ON notify.preferences, notify.schema_version TO badge_governance;
END
$roles$;
