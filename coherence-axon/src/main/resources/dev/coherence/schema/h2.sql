-- The link index of coherence, version 1, for H2 2 in any mode. It lies beside Axon's event table, in the same
-- database, because its rows are written in the same transactions.

-- One row for each trigger that was ever locked. The row says nothing; it exists to be locked.
CREATE TABLE IF NOT EXISTS coherence_trigger (
  name VARCHAR(255) NOT NULL PRIMARY KEY
);

-- Which aggregate is linked to which trigger, since which position in the global order; with the position of the
-- aggregate's first event, by which replays go through aggregates, and with Axon's type of it.
CREATE TABLE IF NOT EXISTS coherence_link (
  aggregate_identifier VARCHAR(255) NOT NULL,
  trigger_name VARCHAR(255) NOT NULL,
  sequence_number BIGINT NOT NULL,
  aggregate_number BIGINT NOT NULL,
  aggregate_type VARCHAR(255),
  PRIMARY KEY (aggregate_identifier, trigger_name)
);
CREATE INDEX IF NOT EXISTS coherence_link_trigger ON coherence_link (trigger_name, aggregate_number);

-- Which effect, by its position in the global order, fired which trigger, and which stream that trigger names itself.
CREATE TABLE IF NOT EXISTS coherence_effect (
  sequence_number BIGINT NOT NULL PRIMARY KEY,
  trigger_name VARCHAR(255) NOT NULL,
  aggregate_identifier VARCHAR(255) NOT NULL
);
CREATE INDEX IF NOT EXISTS coherence_effect_trigger ON coherence_effect (trigger_name, sequence_number);
CREATE INDEX IF NOT EXISTS coherence_effect_aggregate ON coherence_effect (aggregate_identifier, sequence_number);

-- Which request, by its position in the global order, asks for the replay of which aggregate, or of a whole kind, and to
-- which processing groups: each between line feeds; to all, if it names none.
CREATE TABLE IF NOT EXISTS coherence_replay (
  sequence_number BIGINT NOT NULL PRIMARY KEY,
  reason VARCHAR(255) NOT NULL,
  kind VARCHAR(255) NOT NULL,
  aggregate_identifier VARCHAR(255),
  processing_groups CHARACTER VARYING
);

-- How far the tables above are built from the events that are older than they are: one row. A store that had events before it had
-- these tables has none until somebody builds.
CREATE TABLE IF NOT EXISTS coherence_index_state (
  name VARCHAR(20) NOT NULL PRIMARY KEY,
  schema_version INT NOT NULL,
  status VARCHAR(20) NOT NULL,
  run VARCHAR(36) NOT NULL,
  position_done BIGINT NOT NULL,
  position_target BIGINT NOT NULL,
  unreadable BIGINT NOT NULL
);
