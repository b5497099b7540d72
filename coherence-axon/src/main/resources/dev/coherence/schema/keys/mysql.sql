-- The keys of coherence's vault, version 1, for MySQL 8 and MariaDB. NOT TESTED. They may lie beside the events: then a key is created in
-- the transaction of the first event that needs it. A backup that holds both can bring keys back that have ended.

-- One row for each key, also once it has ended; then what is wrapped is null. Times are text in ISO 8601, in UTC, all of one length.
CREATE TABLE IF NOT EXISTS coherence_key (
  name VARCHAR(255) NOT NULL PRIMARY KEY,
  retention VARCHAR(255),
  created_at VARCHAR(40) NOT NULL,
  ends_at VARCHAR(40),
  master_key VARCHAR(255),
  wrapped TEXT,
  ended_at VARCHAR(40),
  effect BIGINT,
  INDEX coherence_key_end (ends_at),
  INDEX coherence_key_created (created_at),
  INDEX coherence_key_ended (ended_at)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

