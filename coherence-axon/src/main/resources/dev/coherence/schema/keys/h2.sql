-- The keys of coherence's vault, version 1, for H2 2 in any mode. They may lie beside the events: then a key is created in
-- the transaction of the first event that needs it. A backup that holds both can bring keys back that have ended.

-- One row for each key, also once it has ended; then what is wrapped is null. Times are text in ISO 8601, in UTC, all of one length.
CREATE TABLE IF NOT EXISTS coherence_key (
  name VARCHAR(255) NOT NULL PRIMARY KEY,
  retention VARCHAR(255),
  created_at VARCHAR(40) NOT NULL,
  ends_at VARCHAR(40),
  master_key VARCHAR(255),
  wrapped CHARACTER VARYING,
  ended_at VARCHAR(40),
  effect BIGINT
);
CREATE INDEX IF NOT EXISTS coherence_key_end ON coherence_key (ends_at);
CREATE INDEX IF NOT EXISTS coherence_key_created ON coherence_key (created_at);
CREATE INDEX IF NOT EXISTS coherence_key_ended ON coherence_key (ended_at);
