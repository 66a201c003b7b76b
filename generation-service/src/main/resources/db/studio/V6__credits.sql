-- Owner: credit
CREATE TABLE credit_accounts (
    owner_id   uuid        PRIMARY KEY REFERENCES profiles (user_id),
    balance    bigint      NOT NULL DEFAULT 0 CHECK (balance >= 0),
    reserved   bigint      NOT NULL DEFAULT 0 CHECK (reserved >= 0),
    updated_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE credit_accounts IS 'In hundredths of a credit, as all money here.';
COMMENT ON COLUMN credit_accounts.balance IS 'What can still be spent; reserved credits are out of it already.';

CREATE TABLE credit_ledger (
    id              uuid        PRIMARY KEY DEFAULT uuid_v7(),
    owner_id        uuid        NOT NULL REFERENCES credit_accounts (owner_id),
    type            text        NOT NULL CHECK (type IN ('reserve', 'finalize', 'refund', 'purchase', 'adjust')),
    amount          bigint      NOT NULL,
    balance_effect  bigint      NOT NULL,
    reserved_effect bigint      NOT NULL,
    generation_id   uuid        REFERENCES generations (id) DEFERRABLE INITIALLY DEFERRED,
    reference       text,
    created_at      timestamptz NOT NULL DEFAULT now(),
    UNIQUE (generation_id, type),
    CHECK ((generation_id IS NULL) = (type IN ('purchase', 'adjust'))),
    CHECK ((generation_id IS NULL) = (reference IS NOT NULL)),
    CHECK (amount >= 0 OR type = 'adjust'),
    CHECK (CASE type
        WHEN 'reserve'  THEN balance_effect = -amount AND reserved_effect = amount
        WHEN 'finalize' THEN balance_effect = 0 AND reserved_effect <= -amount
        WHEN 'refund'   THEN balance_effect = amount AND reserved_effect IN (0, -amount)
        ELSE balance_effect = amount AND reserved_effect = 0 END)
);
COMMENT ON TABLE credit_ledger IS
    'Append-only. Per account: balance = sum of balance_effect, reserved = sum of reserved_effect.';
CREATE UNIQUE INDEX credit_ledger_reference ON credit_ledger (owner_id, reference) WHERE generation_id IS NULL;
CREATE INDEX credit_ledger_of_owner ON credit_ledger (owner_id, id DESC);
