-- Owner: payment
CREATE TABLE payments (
    provider         text        NOT NULL,
    payment_id       text        NOT NULL CHECK (length(payment_id) BETWEEN 1 AND 100),
    owner_id         uuid        REFERENCES credit_accounts (owner_id),
    kopecks          bigint      NOT NULL CHECK (kopecks > 0),
    credits          bigint      NOT NULL CHECK (credits >= 0),
    refunded_kopecks bigint      NOT NULL DEFAULT 0 CHECK (refunded_kopecks BETWEEN 0 AND kopecks),
    created_at       timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (provider, payment_id)
);
COMMENT ON TABLE payments IS
    'What payment providers told us was paid, once each; without an owner somebody must look.';
