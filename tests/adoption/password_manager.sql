-- The shape of a password manager: UUIDs in text, references without indexes, rows of no number, sealed blobs.
CREATE TABLE accounts (
  uuid CHAR(36) NOT NULL PRIMARY KEY,
  created_at DATETIME NOT NULL,
  updated_at DATETIME NOT NULL,
  email TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  password_hash BLOB NOT NULL,
  salt BLOB NOT NULL,
  iterations INTEGER NOT NULL DEFAULT 600000,
  hint TEXT,
  equivalent_domains TEXT NOT NULL DEFAULT '[]',
  enabled BOOLEAN NOT NULL DEFAULT 1,
  verified_at DATETIME DEFAULT NULL
);
CREATE TABLE teams (uuid VARCHAR(40) NOT NULL PRIMARY KEY, name TEXT NOT NULL, billing_email TEXT NOT NULL, private_key TEXT);
CREATE TABLE shelves (uuid TEXT NOT NULL PRIMARY KEY, team_uuid VARCHAR(40) NOT NULL REFERENCES teams(uuid), name TEXT NOT NULL);
CREATE TABLE secrets (
  uuid CHAR(36) NOT NULL PRIMARY KEY,
  created_at DATETIME NOT NULL,
  account_uuid CHAR(36) REFERENCES accounts(uuid),
  team_uuid VARCHAR(40) REFERENCES teams(uuid),
  atype INTEGER NOT NULL,
  name TEXT NOT NULL,
  notes TEXT,
  fields TEXT,
  data TEXT NOT NULL,
  password_history TEXT,
  deleted_at DATETIME,
  reprompt INTEGER
);
CREATE TABLE shelved_secrets (secret_uuid CHAR(36) NOT NULL REFERENCES secrets(uuid), shelf_uuid TEXT NOT NULL REFERENCES shelves(uuid),
  PRIMARY KEY (secret_uuid, shelf_uuid));
CREATE TABLE attachments (id TEXT NOT NULL PRIMARY KEY, secret_uuid TEXT NOT NULL REFERENCES secrets(uuid), file_name TEXT NOT NULL, file_size INTEGER NOT NULL, akey TEXT);
CREATE TABLE devices (uuid TEXT NOT NULL, account_uuid CHAR(36) NOT NULL REFERENCES accounts(uuid), name TEXT NOT NULL, atype INTEGER NOT NULL,
  push_token TEXT, refresh_token TEXT NOT NULL, PRIMARY KEY (uuid, account_uuid)) WITHOUT ROWID;
CREATE TABLE memberships (uuid TEXT NOT NULL PRIMARY KEY, account_uuid CHAR(36) NOT NULL REFERENCES accounts (uuid), team_uuid VARCHAR(40) NOT NULL REFERENCES teams (uuid),
  access_all BOOLEAN NOT NULL, status INTEGER NOT NULL, UNIQUE (account_uuid, team_uuid));
CREATE TABLE invitations (email TEXT NOT NULL PRIMARY KEY);
CREATE TABLE twofactor_incomplete (account_uuid CHAR(36) NOT NULL REFERENCES accounts(uuid), device_uuid TEXT NOT NULL, login_time DATETIME NOT NULL, ip_address TEXT NOT NULL,
  PRIMARY KEY (account_uuid, device_uuid)) WITHOUT ROWID;
CREATE TABLE events (uuid TEXT NOT NULL PRIMARY KEY, event_type INTEGER NOT NULL, account_uuid TEXT, event_date TEXT NOT NULL) STRICT;
INSERT INTO accounts VALUES ('0a8ee5a1-6a3c-4b6c-9d2e-0f2f6f6d0001', '2024-01-02 03:04:05.678901', '2024-01-02 03:04:05', 'ann@example.com', 'Ann', x'00ff', x'01', 600000, NULL, '[]', 1, NULL),
  ('0a8ee5a1-6a3c-4b6c-9d2e-0f2f6f6d0002', '2024-01-02 03:04:05', '2024-01-02 03:04:05', 'bob@example.com', 'Bob', x'', x'02', 1, 'dog', '[1]', 0, '2024-02-02 00:00:00');
INSERT INTO teams VALUES ('t-1', 'Team', 'pay@example.com', NULL);
INSERT INTO shelves VALUES ('c-1', 't-1', 'Shared');
INSERT INTO secrets VALUES ('s-1', '2024-01-02 03:04:05', '0a8ee5a1-6a3c-4b6c-9d2e-0f2f6f6d0001', NULL, 1, '2.abc|def=', NULL, '[]', '{"a":1}', NULL, NULL, 0),
  ('s-2', '2024-01-02 03:04:05', NULL, 't-1', 2, 'n', 'x', NULL, '{}', '[]', '2024-03-03 00:00:00', NULL);
INSERT INTO shelved_secrets VALUES ('s-2', 'c-1');
INSERT INTO attachments VALUES ('a-1', 's-1', 'key.pem', 1704, NULL);
INSERT INTO devices VALUES ('d-1', '0a8ee5a1-6a3c-4b6c-9d2e-0f2f6f6d0001', 'phone', 1, NULL, 'r');
INSERT INTO memberships VALUES ('m-1', '0a8ee5a1-6a3c-4b6c-9d2e-0f2f6f6d0002', 't-1', 0, 2);
INSERT INTO invitations VALUES ('new@example.com');
INSERT INTO twofactor_incomplete VALUES ('0a8ee5a1-6a3c-4b6c-9d2e-0f2f6f6d0001', 'd-1', '2024-01-02 03:04:05', '::1');
INSERT INTO events VALUES ('e-1', 1000, NULL, '2024-01-02');
