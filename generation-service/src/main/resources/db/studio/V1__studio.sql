-- Money is in hundredths of a credit everywhere in this schema.

CREATE FUNCTION uuid_v7() RETURNS uuid LANGUAGE sql VOLATILE AS $$
    -- RFC 9562, 5.7: 48 bits of Unix milliseconds, version 7, the rest random with the variant of a v4.
    SELECT (lpad(to_hex((extract(epoch FROM clock_timestamp()) * 1000)::bigint), 12, '0')
            || '7' || substr(replace(gen_random_uuid()::text, '-', ''), 14))::uuid
$$;

CREATE TABLE profiles (
    user_id    uuid        PRIMARY KEY,
    email      text        NOT NULL,
    full_name  text        NOT NULL DEFAULT '' CHECK (length(full_name) <= 200),
    language   text        NOT NULL DEFAULT 'ru' CHECK (language IN ('ru', 'en')),
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE boards (
    id         uuid        PRIMARY KEY,
    owner_id   uuid        NOT NULL REFERENCES profiles (user_id),
    title      text        NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
    is_default boolean     NOT NULL DEFAULT false,
    pinned     boolean     NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX boards_one_default ON boards (owner_id) WHERE is_default;

CREATE TABLE board_members (
    board_id uuid NOT NULL REFERENCES boards (id) ON DELETE CASCADE,
    user_id  uuid NOT NULL REFERENCES profiles (user_id),
    role     text NOT NULL CHECK (role IN ('viewer', 'editor', 'owner')),
    PRIMARY KEY (board_id, user_id)
);
CREATE INDEX board_members_user ON board_members (user_id);

CREATE TABLE models (
    key              text          PRIMARY KEY,
    provider_model   text          NOT NULL,
    family           text          NOT NULL
        CHECK (family IN ('market', 'veo', 'gpt4o-image', 'flux-kontext', 'runway', 'suno')),
    modality         text          NOT NULL CHECK (modality IN ('image', 'edit', 'video', 'audio')),
    title_ru         text          NOT NULL,
    title_en         text          NOT NULL,
    input_fields     jsonb         NOT NULL CHECK (jsonb_typeof(input_fields) = 'array'),
    deadline_seconds integer       NOT NULL CHECK (deadline_seconds BETWEEN 10 AND 7200),
    price_multiplier numeric(8, 4) NOT NULL CHECK (price_multiplier > 0),
    enabled          boolean       NOT NULL DEFAULT true,
    position         integer       NOT NULL DEFAULT 0
);
COMMENT ON COLUMN models.input_fields IS
    'How a request becomes the provider''s input: a list of {name, from, type, list, required, values, default, min, max}.';

CREATE TABLE presets (
    key      text    PRIMARY KEY,
    modality text    NOT NULL CHECK (modality IN ('image', 'edit', 'video', 'audio')),
    title_ru text    NOT NULL,
    title_en text    NOT NULL,
    defaults jsonb   NOT NULL DEFAULT '{"credits": 1}',
    enabled  boolean NOT NULL DEFAULT true,
    position integer NOT NULL DEFAULT 0
);

CREATE TABLE admin_settings (
    key   text  PRIMARY KEY,
    value jsonb NOT NULL
);

CREATE TABLE credit_accounts (
    owner_id   uuid        PRIMARY KEY REFERENCES profiles (user_id),
    balance    bigint      NOT NULL DEFAULT 0 CHECK (balance >= 0),
    reserved   bigint      NOT NULL DEFAULT 0 CHECK (reserved >= 0),
    updated_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON COLUMN credit_accounts.balance IS 'What can still be spent; reserved credits are out of it already.';

CREATE TABLE generations (
    id                uuid        PRIMARY KEY,
    user_id           uuid        NOT NULL REFERENCES profiles (user_id),
    board_id          uuid        NOT NULL REFERENCES boards (id),
    preset_key        text        NOT NULL,
    model_key         text        NOT NULL,
    modality          text        NOT NULL,
    prompt            text        NOT NULL,
    negative_prompt   text,
    input             jsonb       NOT NULL,
    provider_request  jsonb       NOT NULL,
    status            text        NOT NULL DEFAULT 'queued'
        CHECK (status IN ('queued', 'processing', 'succeeded', 'failed', 'cancelled')),
    progress          integer     CHECK (progress BETWEEN 0 AND 100),
    reserved_credits  bigint      NOT NULL CHECK (reserved_credits >= 0),
    final_credits     bigint      CHECK (final_credits BETWEEN 0 AND reserved_credits),
    error_code        text,
    error_message     text,
    thumbnail_path    text,
    idempotency_key   text        CHECK (length(idempotency_key) BETWEEN 1 AND 200),
    request_hash      text        NOT NULL,
    version           integer     NOT NULL DEFAULT 1 CHECK (version >= 1),
    published_version integer     NOT NULL DEFAULT 0 CHECK (published_version BETWEEN 0 AND version),
    published_at      timestamptz,
    provider_version  integer     NOT NULL DEFAULT 0,
    traceparent       text,
    deadline_at       timestamptz NOT NULL,
    created_at        timestamptz NOT NULL DEFAULT now(),
    updated_at        timestamptz NOT NULL DEFAULT now(),
    finished_at       timestamptz,
    CHECK ((status IN ('succeeded', 'failed', 'cancelled')) = (finished_at IS NOT NULL)),
    CHECK ((status IN ('succeeded', 'failed', 'cancelled')) = (final_credits IS NOT NULL)),
    CHECK ((status = 'failed') = (error_code IS NOT NULL)),
    CHECK ((error_code IS NULL) = (error_message IS NULL))
);
COMMENT ON COLUMN generations.published_version IS
    'The row is the outbox: what lags behind version is published by the sweep.';
COMMENT ON COLUMN generations.provider_version IS 'The newest provider task event applied; older ones change nothing.';
CREATE UNIQUE INDEX generations_idempotency ON generations (user_id, idempotency_key);
CREATE INDEX generations_of_user ON generations (user_id, id DESC);
CREATE INDEX generations_changes ON generations (user_id, updated_at);
CREATE INDEX generations_unpublished ON generations (updated_at) WHERE version > published_version;
CREATE INDEX generations_unheard ON generations (published_at) WHERE status = 'queued' AND provider_version = 0;

CREATE TABLE assets (
    id             uuid        PRIMARY KEY,
    generation_id  uuid        NOT NULL REFERENCES generations (id),
    user_id        uuid        NOT NULL,
    position       integer     NOT NULL CHECK (position >= 0),
    path           text        NOT NULL,
    content_type   text        NOT NULL,
    size_bytes     bigint      NOT NULL CHECK (size_bytes > 0),
    width          integer,
    height         integer,
    duration_ms    bigint,
    thumbnail_path text,
    created_at     timestamptz NOT NULL DEFAULT now(),
    UNIQUE (generation_id, position)
);
CREATE INDEX assets_of_user ON assets (user_id, id DESC);

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

CREATE FUNCTION refuse_ledger_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'credit_ledger is append-only';
END
$$;
CREATE TRIGGER credit_ledger_append_only BEFORE UPDATE OR DELETE ON credit_ledger
    FOR EACH ROW EXECUTE FUNCTION refuse_ledger_change();

CREATE FUNCTION refuse_leaving_a_terminal_status() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'generation % is % already', OLD.id, OLD.status;
END
$$;
CREATE TRIGGER generations_terminal_is_final BEFORE UPDATE ON generations
    FOR EACH ROW WHEN (OLD.status IN ('succeeded', 'failed', 'cancelled') AND OLD.status <> NEW.status)
    EXECUTE FUNCTION refuse_leaving_a_terminal_status();

-- Takes credits out of the balance for one generation. Answers reserved, insufficient or unknown-account; a repeat
-- changes nothing and answers reserved. The lock on the account makes an owner's movements happen one by one.
CREATE FUNCTION rpc_credit_reserve(p_owner uuid, p_generation uuid, p_amount bigint) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
    v_balance bigint;
BEGIN
    SELECT balance INTO v_balance FROM credit_accounts WHERE owner_id = p_owner FOR UPDATE;
    IF NOT FOUND THEN
        RETURN 'unknown-account';
    END IF;
    IF EXISTS (SELECT FROM credit_ledger WHERE generation_id = p_generation AND type = 'reserve') THEN
        RETURN 'reserved';
    END IF;
    IF v_balance < p_amount THEN
        RETURN 'insufficient';
    END IF;
    WITH entry AS (
        INSERT INTO credit_ledger (owner_id, type, amount, balance_effect, reserved_effect, generation_id)
        VALUES (p_owner, 'reserve', p_amount, -p_amount, p_amount, p_generation)
    )
    UPDATE credit_accounts
    SET balance = balance - p_amount, reserved = reserved + p_amount, updated_at = now()
    WHERE owner_id = p_owner;
    RETURN 'reserved';
END
$$;

-- Ends a reservation with p_final spent and the rest given back. Answers true if it did, false if the reservation
-- had ended before or never was.
CREATE FUNCTION settle_reservation(p_generation uuid, p_final bigint) RETURNS boolean
LANGUAGE plpgsql AS $$
DECLARE
    v_reserve credit_ledger;
BEGIN
    SELECT * INTO v_reserve FROM credit_ledger WHERE generation_id = p_generation AND type = 'reserve';
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    IF p_final < 0 OR p_final > v_reserve.amount THEN
        RAISE EXCEPTION 'final credits % outside of 0..%', p_final, v_reserve.amount;
    END IF;
    PERFORM FROM credit_accounts WHERE owner_id = v_reserve.owner_id FOR UPDATE;
    IF EXISTS (SELECT FROM credit_ledger WHERE generation_id = p_generation AND type IN ('finalize', 'refund')) THEN
        RETURN false;
    END IF;
    WITH finalized AS (
        INSERT INTO credit_ledger (owner_id, type, amount, balance_effect, reserved_effect, generation_id)
        SELECT v_reserve.owner_id, 'finalize', p_final, 0, -v_reserve.amount, p_generation
        WHERE p_final > 0
    ), refunded AS (
        INSERT INTO credit_ledger (owner_id, type, amount, balance_effect, reserved_effect, generation_id)
        SELECT v_reserve.owner_id, 'refund', v_reserve.amount - p_final, v_reserve.amount - p_final,
               CASE WHEN p_final > 0 THEN 0 ELSE -v_reserve.amount END, p_generation
        WHERE p_final < v_reserve.amount OR p_final = 0
    )
    UPDATE credit_accounts
    SET balance = balance + v_reserve.amount - p_final, reserved = reserved - v_reserve.amount, updated_at = now()
    WHERE owner_id = v_reserve.owner_id;
    RETURN true;
END
$$;

CREATE FUNCTION rpc_credit_finalize(p_generation uuid, p_final bigint) RETURNS boolean LANGUAGE sql AS $$
    SELECT settle_reservation(p_generation, p_final)
$$;

CREATE FUNCTION rpc_credit_refund(p_generation uuid) RETURNS boolean LANGUAGE sql AS $$
    SELECT settle_reservation(p_generation, 0)
$$;

-- Profile, board and account of a new user, once; the sign-up credits are in admin_settings.
CREATE FUNCTION provision_user(p_user uuid, p_email text, p_full_name text) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    v_board uuid := uuid_v7();
    v_credits bigint;
BEGIN
    INSERT INTO profiles (user_id, email, full_name) VALUES (p_user, p_email, p_full_name) ON CONFLICT DO NOTHING;
    INSERT INTO boards (id, owner_id, title, is_default) VALUES (v_board, p_user, 'My Board', true)
        ON CONFLICT DO NOTHING;
    INSERT INTO board_members (board_id, user_id, role)
        SELECT id, p_user, 'owner' FROM boards WHERE owner_id = p_user AND is_default ON CONFLICT DO NOTHING;
    INSERT INTO credit_accounts (owner_id) VALUES (p_user) ON CONFLICT DO NOTHING;
    PERFORM FROM credit_accounts WHERE owner_id = p_user FOR UPDATE;
    SELECT (value::text)::bigint INTO v_credits FROM admin_settings WHERE key = 'signUpCreditsHundredths';
    WITH entry AS (
        INSERT INTO credit_ledger (owner_id, type, amount, balance_effect, reserved_effect, reference)
        VALUES (p_user, 'adjust', v_credits, v_credits, 0, 'sign-up')
        ON CONFLICT DO NOTHING
        RETURNING amount
    )
    UPDATE credit_accounts SET balance = balance + entry.amount, updated_at = now() FROM entry
    WHERE owner_id = p_user;
END
$$;

-- The whole of "generate" in one round trip: idempotency key, board access, reservation, row.
-- Answers accepted, replayed, key-reused, unknown-user, board-not-found, board-read-only or insufficient.
CREATE FUNCTION submit_generation(
    p_id uuid, p_user uuid, p_board uuid, p_preset text, p_model text, p_modality text, p_prompt text,
    p_negative_prompt text, p_input jsonb, p_provider_request jsonb, p_credits bigint, p_idempotency_key text,
    p_request_hash text, p_traceparent text, p_deadline_seconds integer,
    OUT outcome text, OUT generation_id uuid, OUT status text, OUT reserved_credits bigint, OUT deadline_at timestamptz)
LANGUAGE plpgsql AS $$
DECLARE
    v_board uuid := p_board;
    v_role text;
    v_known generations;
BEGIN
    PERFORM FROM credit_accounts WHERE owner_id = p_user FOR UPDATE;
    IF NOT FOUND THEN
        outcome := 'unknown-user';
        RETURN;
    END IF;
    IF p_idempotency_key IS NOT NULL THEN
        SELECT * INTO v_known FROM generations g WHERE g.user_id = p_user AND g.idempotency_key = p_idempotency_key;
        IF FOUND THEN
            outcome := CASE WHEN v_known.request_hash = p_request_hash THEN 'replayed' ELSE 'key-reused' END;
            generation_id := v_known.id;
            status := v_known.status;
            reserved_credits := v_known.reserved_credits;
            RETURN;
        END IF;
    END IF;
    IF v_board IS NULL THEN
        SELECT b.id INTO v_board FROM boards b WHERE b.owner_id = p_user AND b.is_default;
    END IF;
    SELECT m.role INTO v_role FROM board_members m WHERE m.board_id = v_board AND m.user_id = p_user;
    IF v_role IS NULL THEN
        outcome := 'board-not-found';
        RETURN;
    ELSIF v_role = 'viewer' THEN
        outcome := 'board-read-only';
        RETURN;
    END IF;
    outcome := rpc_credit_reserve(p_user, p_id, p_credits);
    IF outcome <> 'reserved' THEN
        RETURN;
    END IF;
    INSERT INTO generations (id, user_id, board_id, preset_key, model_key, modality, prompt, negative_prompt, input,
        provider_request, reserved_credits, idempotency_key, request_hash, traceparent, deadline_at)
    VALUES (p_id, p_user, v_board, p_preset, p_model, p_modality, p_prompt, p_negative_prompt, p_input,
        p_provider_request, p_credits, p_idempotency_key, p_request_hash, p_traceparent,
        now() + make_interval(secs => p_deadline_seconds))
    RETURNING 'accepted', generations.id, generations.status, generations.reserved_credits, generations.deadline_at
    INTO outcome, generation_id, status, reserved_credits, deadline_at;
END
$$;

-- The invariants of the ledger: each row is an account that breaks one. Empty means all is well.
CREATE VIEW credit_discrepancies AS
    SELECT a.owner_id, a.balance, a.reserved,
           coalesce(sum(l.balance_effect), 0) AS ledger_balance,
           coalesce(sum(l.reserved_effect), 0) AS ledger_reserved
    FROM credit_accounts a
    LEFT JOIN credit_ledger l ON l.owner_id = a.owner_id
    GROUP BY a.owner_id
    HAVING a.balance <> coalesce(sum(l.balance_effect), 0) OR a.reserved <> coalesce(sum(l.reserved_effect), 0);

INSERT INTO admin_settings (key, value) VALUES
    ('markupPercent', '0'),
    ('signUpCreditsHundredths', '10000');
