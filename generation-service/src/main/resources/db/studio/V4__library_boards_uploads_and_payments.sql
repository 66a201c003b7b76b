-- People: what the profile shows, and what is left when an account has ended.
ALTER TABLE profiles
    ADD COLUMN avatar_path text,
    ADD COLUMN deleted_at  timestamptz,
    ADD COLUMN updated_at  timestamptz NOT NULL DEFAULT now();
COMMENT ON COLUMN profiles.deleted_at IS 'The row stays for the ledger, without anything of the person (152-FZ).';
CREATE INDEX profiles_email ON profiles (lower(email)) WHERE deleted_at IS NULL;

-- Boards: each member pins for himself.
ALTER TABLE boards DROP COLUMN pinned;
ALTER TABLE board_members
    ADD COLUMN pinned     boolean     NOT NULL DEFAULT false,
    ADD COLUMN created_at timestamptz NOT NULL DEFAULT now();

-- The one place that says who may do what on a board: NULL is a stranger, to whom there is no such board.
CREATE FUNCTION board_role(p_board uuid, p_user uuid) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT role FROM board_members WHERE board_id = p_board AND user_id = p_user
$$;

ALTER TABLE generations
    ADD COLUMN parent_id  uuid    REFERENCES generations (id),
    ADD COLUMN batch_id   uuid,
    ADD COLUMN favourite  boolean NOT NULL DEFAULT false,
    ADD COLUMN deleted_at timestamptz,
    ADD CHECK (deleted_at IS NULL OR status IN ('succeeded', 'failed', 'cancelled'));
COMMENT ON COLUMN generations.parent_id IS 'The generation that this one was made from, with changes.';
COMMENT ON COLUMN generations.batch_id IS 'The first of the variants that were ordered together; empty for a single one.';
COMMENT ON COLUMN generations.deleted_at IS 'Nobody sees it any more; the row stays for the ledger, without its prompt.';
CREATE INDEX generations_of_board ON generations (board_id, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX generations_active ON generations (user_id) WHERE status IN ('queued', 'processing');
CREATE INDEX generations_of_batch ON generations (batch_id) WHERE batch_id IS NOT NULL;

-- May the user see this generation? Its creator may, and every member of its board.
CREATE FUNCTION can_see(p_generation generations, p_user uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT p_generation.deleted_at IS NULL
       AND (p_generation.user_id = p_user OR board_role(p_generation.board_id, p_user) IS NOT NULL)
$$;

CREATE TABLE uploads (
    path         text        PRIMARY KEY,
    user_id      uuid        NOT NULL REFERENCES profiles (user_id),
    purpose      text        NOT NULL,
    content_type text        NOT NULL,
    size_bytes   bigint      NOT NULL CHECK (size_bytes > 0),
    status       text        NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'ready')),
    used_at      timestamptz,
    created_at   timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE uploads IS
    'A file that a user announced. Clients write to incoming/…; only what was looked at and cleaned gets to path.';
CREATE INDEX uploads_of_user ON uploads (user_id);
CREATE INDEX uploads_unused ON uploads (created_at) WHERE used_at IS NULL;

CREATE TABLE file_deletions (
    id         uuid        PRIMARY KEY DEFAULT uuid_v7(),
    bucket     text        NOT NULL CHECK (bucket IN ('uploads', 'outputs', 'thumbnails')),
    prefix     text        NOT NULL CHECK (length(prefix) > 36),
    due_at     timestamptz NOT NULL DEFAULT now(),
    attempts   integer     NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE file_deletions IS 'Files that nobody may see any more; a job deletes them, and the row after them.';
CREATE INDEX file_deletions_due ON file_deletions (due_at);

CREATE FUNCTION delete_files_of(p_user uuid, p_generation uuid) RETURNS void LANGUAGE sql AS $$
    INSERT INTO file_deletions (bucket, prefix)
    VALUES ('outputs', p_user || '/' || p_generation || '/'),
           ('thumbnails', p_user || '/' || p_generation)
$$;

CREATE TABLE shares (
    id            uuid        PRIMARY KEY,
    generation_id uuid        NOT NULL UNIQUE REFERENCES generations (id),
    created_at    timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE shares IS 'Public links; the link holds the id and our HMAC of it. Revoking deletes the row.';

CREATE TABLE payments (
    provider    text        NOT NULL,
    payment_id  text        NOT NULL CHECK (length(payment_id) BETWEEN 1 AND 100),
    owner_id    uuid        REFERENCES credit_accounts (owner_id),
    kopecks     bigint      NOT NULL CHECK (kopecks > 0),
    credits     bigint      NOT NULL CHECK (credits >= 0),
    refunded_kopecks bigint NOT NULL DEFAULT 0 CHECK (refunded_kopecks BETWEEN 0 AND kopecks),
    created_at  timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (provider, payment_id)
);
COMMENT ON TABLE payments IS 'What payment providers told us was paid, once each; without an owner somebody must look.';

CREATE TABLE audit_log (
    id         uuid        PRIMARY KEY DEFAULT uuid_v7(),
    actor_id   uuid,
    action     text        NOT NULL,
    subject    text        NOT NULL,
    details    jsonb       NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE audit_log IS 'What admins did; append-only. Without an actor: an operator at the command line.';
CREATE INDEX audit_log_of_subject ON audit_log (subject, id DESC);

CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'audit_log is append-only';
END
$$;
CREATE TRIGGER audit_log_append_only BEFORE UPDATE OR DELETE ON audit_log
    FOR EACH ROW EXECUTE FUNCTION refuse_audit_change();

-- For every change that an admin makes: part of the changing statement, so neither is without the other.
CREATE FUNCTION audit(p_actor uuid, p_action text, p_subject text, p_details jsonb) RETURNS uuid LANGUAGE sql AS $$
    INSERT INTO audit_log (actor_id, action, subject, details)
    VALUES (p_actor, p_action, p_subject, p_details)
    RETURNING id
$$;

INSERT INTO admin_settings (key, value) VALUES
    ('maintenance_mode', 'false'),
    ('kopecks_per_credit', '1000'),
    ('limits', '{"user": {"active": 100, "perDay": 2000}, "admin": {"active": 1000, "perDay": 20000}}');

-- Moves credits that no generation is about. Answers done, repeated (the same reference, the same amount),
-- reference-reused, insufficient or unknown-account.
CREATE FUNCTION rpc_credit_adjust(p_owner uuid, p_type text, p_amount bigint, p_reference text) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
    v_balance bigint;
    v_known bigint;
BEGIN
    SELECT balance INTO v_balance FROM credit_accounts WHERE owner_id = p_owner FOR UPDATE;
    IF NOT FOUND THEN
        RETURN 'unknown-account';
    END IF;
    SELECT amount INTO v_known FROM credit_ledger
    WHERE owner_id = p_owner AND reference = p_reference AND generation_id IS NULL;
    IF FOUND THEN
        RETURN CASE WHEN v_known = p_amount THEN 'repeated' ELSE 'reference-reused' END;
    END IF;
    IF v_balance + p_amount < 0 THEN
        RETURN 'insufficient';
    END IF;
    WITH entry AS (
        INSERT INTO credit_ledger (owner_id, type, amount, balance_effect, reserved_effect, reference)
        VALUES (p_owner, p_type, p_amount, p_amount, 0, p_reference)
    )
    UPDATE credit_accounts SET balance = balance + p_amount, updated_at = now() WHERE owner_id = p_owner;
    RETURN 'done';
END
$$;

-- A payment that succeeded, once. Answers credited, repeated or unmatched (no such user: kept for a person to look).
CREATE FUNCTION take_payment(p_provider text, p_payment text, p_owner uuid, p_kopecks bigint, OUT outcome text,
                             OUT credits bigint)
LANGUAGE plpgsql AS $$
DECLARE
    v_owner uuid;
BEGIN
    SELECT a.owner_id INTO v_owner
    FROM credit_accounts a JOIN profiles p ON p.user_id = a.owner_id
    WHERE a.owner_id = p_owner AND p.deleted_at IS NULL;
    credits := p_kopecks * 100 / (SELECT (value #>> '{}')::bigint FROM admin_settings WHERE key = 'kopecks_per_credit');
    INSERT INTO payments (provider, payment_id, owner_id, kopecks, credits)
    VALUES (p_provider, p_payment, v_owner, p_kopecks, take_payment.credits)
    ON CONFLICT DO NOTHING;
    IF NOT FOUND THEN
        outcome := 'repeated';
    ELSIF v_owner IS NULL THEN
        outcome := 'unmatched';
    ELSE
        PERFORM rpc_credit_adjust(v_owner, 'purchase', credits, p_provider || ':' || p_payment);
        outcome := 'credited';
    END IF;
END
$$;

-- Money that went back: takes its credits out again, as many as are left. Answers returned, repeated or unmatched.
CREATE FUNCTION take_refund(p_provider text, p_refund text, p_payment text, p_kopecks bigint, OUT outcome text,
                            OUT credits bigint, OUT missing bigint)
LANGUAGE plpgsql AS $$
DECLARE
    v_payment payments;
    v_balance bigint;
    v_reference text := p_provider || ':refund:' || p_refund;
BEGIN
    SELECT * INTO v_payment FROM payments WHERE provider = p_provider AND payment_id = p_payment FOR UPDATE;
    IF NOT FOUND OR v_payment.owner_id IS NULL OR v_payment.refunded_kopecks + p_kopecks > v_payment.kopecks THEN
        outcome := CASE WHEN EXISTS (SELECT FROM credit_ledger l
                                     WHERE l.owner_id = v_payment.owner_id AND l.reference = v_reference)
                        THEN 'repeated' ELSE 'unmatched' END;
        RETURN;
    END IF;
    SELECT balance INTO v_balance FROM credit_accounts WHERE owner_id = v_payment.owner_id FOR UPDATE;
    IF EXISTS (SELECT FROM credit_ledger l WHERE l.owner_id = v_payment.owner_id AND l.reference = v_reference) THEN
        outcome := 'repeated';
        RETURN;
    END IF;
    credits := v_payment.credits * p_kopecks / v_payment.kopecks;
    missing := greatest(0, credits - v_balance);
    credits := credits - missing;
    PERFORM rpc_credit_adjust(v_payment.owner_id, 'adjust', -credits, v_reference);
    UPDATE payments SET refunded_kopecks = refunded_kopecks + p_kopecks
    WHERE provider = p_provider AND payment_id = p_payment;
    outcome := 'returned';
END
$$;

DROP FUNCTION submit_generation;

-- The whole of "generate" in one round trip: idempotency key, board access, limits, uploads, reservation, rows; all
-- variants or none. Answers accepted, replayed, key-reused, unknown-user, maintenance, parent-not-found,
-- board-not-found, board-read-only, too-many-active, too-many-today, uploads-not-ready or insufficient.
CREATE FUNCTION submit_generation(
    p_ids uuid[], p_user uuid, p_role text, p_board uuid, p_parent uuid, p_preset text, p_model text, p_modality text,
    p_prompt text, p_negative_prompt text, p_input jsonb, p_provider_request jsonb, p_uploads text[],
    p_credits bigint, p_idempotency_key text, p_request_hash text, p_traceparent text, p_deadline_seconds integer,
    OUT outcome text, OUT generation_ids uuid[], OUT reserved_credits bigint, OUT deadline_at timestamptz)
LANGUAGE plpgsql AS $$
DECLARE
    v_variants integer := cardinality(p_ids);
    v_balance bigint;
    v_board uuid := p_board;
    v_role text;
    v_known generations;
    v_limits jsonb;
    v_id uuid;
BEGIN
    SELECT a.balance INTO v_balance
    FROM credit_accounts a JOIN profiles p ON p.user_id = a.owner_id
    WHERE a.owner_id = p_user AND p.deleted_at IS NULL
    FOR UPDATE OF a;
    IF NOT FOUND THEN
        outcome := 'unknown-user';
        RETURN;
    END IF;
    IF p_idempotency_key IS NOT NULL THEN
        SELECT * INTO v_known FROM generations g WHERE g.user_id = p_user AND g.idempotency_key = p_idempotency_key;
        IF FOUND AND v_known.created_at < now() - INTERVAL '24 hours' THEN
            UPDATE generations SET idempotency_key = NULL WHERE id = v_known.id;
        ELSIF FOUND THEN
            outcome := CASE WHEN v_known.request_hash = p_request_hash THEN 'replayed' ELSE 'key-reused' END;
            SELECT array_agg(g.id ORDER BY g.id), sum(g.reserved_credits)
            INTO generation_ids, reserved_credits
            FROM generations g
            WHERE g.id = v_known.id OR g.batch_id = v_known.id;
            RETURN;
        END IF;
    END IF;
    IF (SELECT value = 'true'::jsonb FROM admin_settings WHERE key = 'maintenance_mode') THEN
        outcome := 'maintenance';
        RETURN;
    END IF;
    IF p_parent IS NOT NULL AND NOT EXISTS (SELECT FROM generations g WHERE g.id = p_parent AND can_see(g, p_user)) THEN
        outcome := 'parent-not-found';
        RETURN;
    END IF;
    IF v_board IS NULL THEN
        SELECT b.id INTO v_board FROM boards b WHERE b.owner_id = p_user AND b.is_default;
    END IF;
    -- A board that is being deleted is waited for, and is not there then.
    PERFORM FROM boards WHERE id = v_board FOR KEY SHARE;
    v_role := board_role(v_board, p_user);
    IF v_role IS NULL OR v_role = 'viewer' THEN
        outcome := CASE WHEN v_role IS NULL THEN 'board-not-found' ELSE 'board-read-only' END;
        RETURN;
    END IF;
    SELECT value -> p_role INTO v_limits FROM admin_settings WHERE key = 'limits';
    IF (SELECT count(*) FROM generations g WHERE g.user_id = p_user AND g.status IN ('queued', 'processing'))
            + v_variants > (v_limits ->> 'active')::integer THEN
        outcome := 'too-many-active';
        RETURN;
    END IF;
    IF (SELECT count(*) FROM generations g WHERE g.user_id = p_user AND g.created_at > now() - INTERVAL '24 hours')
            + v_variants > (v_limits ->> 'perDay')::integer THEN
        outcome := 'too-many-today';
        RETURN;
    END IF;
    IF v_balance < p_credits * v_variants THEN
        outcome := 'insufficient';
        RETURN;
    END IF;
    IF cardinality(p_uploads) > 0 THEN
        UPDATE uploads SET used_at = coalesce(used_at, now())
        WHERE user_id = p_user AND path = ANY (p_uploads) AND status = 'ready';
        IF (SELECT count(DISTINCT u) FROM unnest(p_uploads) AS u) <>
                (SELECT count(*) FROM uploads WHERE user_id = p_user AND path = ANY (p_uploads) AND status = 'ready') THEN
            outcome := 'uploads-not-ready';
            RETURN;
        END IF;
    END IF;
    deadline_at := now() + make_interval(secs => p_deadline_seconds);
    FOREACH v_id IN ARRAY p_ids LOOP
        PERFORM rpc_credit_reserve(p_user, v_id, p_credits);
        INSERT INTO generations (id, user_id, board_id, parent_id, batch_id, preset_key, model_key, modality, prompt,
            negative_prompt, input, provider_request, reserved_credits, idempotency_key, request_hash, traceparent,
            deadline_at)
        VALUES (v_id, p_user, v_board, p_parent, CASE WHEN v_variants > 1 THEN p_ids[1] END, p_preset, p_model,
            p_modality, p_prompt, p_negative_prompt, p_input, p_provider_request, p_credits,
            CASE WHEN v_id = p_ids[1] THEN p_idempotency_key END, p_request_hash, p_traceparent,
            submit_generation.deadline_at);
    END LOOP;
    outcome := 'accepted';
    generation_ids := p_ids;
    reserved_credits := p_credits * v_variants;
END
$$;
CREATE INDEX generations_of_user_by_time ON generations (user_id, created_at);

-- Before a board goes: what is on it moves to its creators' own boards, so nothing is lost.
CREATE FUNCTION clear_board(p_board uuid) RETURNS void LANGUAGE sql AS $$
    UPDATE generations g
    SET board_id = b.id
    FROM boards b
    WHERE g.board_id = p_board AND b.owner_id = g.user_id AND b.is_default AND b.id <> p_board
$$;

-- Takes a person out of this schema: personal data and files go, the ledger stays under an id that leads to nobody.
-- A repeat changes nothing. What still runs is cancelled and refunded first, and told of by the sweep.
CREATE FUNCTION erase_user(p_user uuid) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    v_generation uuid;
    v_board boards;
BEGIN
    INSERT INTO profiles (user_id, email, deleted_at) VALUES (p_user, '', now())
    ON CONFLICT (user_id) DO UPDATE
        SET email = '', full_name = '', avatar_path = NULL, deleted_at = now(), updated_at = now()
        WHERE profiles.deleted_at IS NULL;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    PERFORM FROM credit_accounts WHERE owner_id = p_user FOR UPDATE;
    FOR v_generation IN
        UPDATE generations
        SET status = 'cancelled', final_credits = 0, version = version + 1, updated_at = now(), finished_at = now()
        WHERE user_id = p_user AND status IN ('queued', 'processing')
        RETURNING id
    LOOP
        PERFORM rpc_credit_refund(v_generation);
    END LOOP;
    DELETE FROM shares WHERE generation_id IN (SELECT id FROM generations WHERE user_id = p_user);
    DELETE FROM assets WHERE user_id = p_user;
    UPDATE generations
    SET prompt = '', negative_prompt = NULL, input = '{}', idempotency_key = NULL, thumbnail_path = NULL,
        provider_request = provider_request || '{"input": {}, "files": []}', deleted_at = now()
    WHERE user_id = p_user AND deleted_at IS NULL;
    DELETE FROM uploads WHERE user_id = p_user;
    FOR v_board IN SELECT * FROM boards WHERE owner_id = p_user LOOP
        PERFORM clear_board(v_board.id);
        IF v_board.is_default THEN
            UPDATE boards SET title = 'deleted' WHERE id = v_board.id;
            DELETE FROM board_members WHERE board_id = v_board.id;
        ELSE
            DELETE FROM boards WHERE id = v_board.id;
        END IF;
    END LOOP;
    DELETE FROM board_members WHERE user_id = p_user;
    INSERT INTO file_deletions (bucket, prefix)
        SELECT bucket, p_user || '/' FROM unnest(ARRAY['uploads', 'outputs', 'thumbnails']) AS bucket;
    INSERT INTO file_deletions (bucket, prefix) VALUES ('uploads', 'incoming/' || p_user || '/');
    RETURN true;
END
$$;

-- As before, but nothing for a person who is gone: a token may outlive its account by some minutes.
CREATE OR REPLACE FUNCTION provision_user(p_user uuid, p_email text, p_full_name text) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    v_board uuid := uuid_v7();
    v_credits bigint;
BEGIN
    IF EXISTS (SELECT FROM profiles WHERE user_id = p_user AND deleted_at IS NOT NULL) THEN
        RETURN;
    END IF;
    INSERT INTO profiles (user_id, email, full_name) VALUES (p_user, p_email, p_full_name) ON CONFLICT DO NOTHING;
    INSERT INTO boards (id, owner_id, title, is_default) VALUES (v_board, p_user, 'My Board', true)
        ON CONFLICT DO NOTHING;
    INSERT INTO board_members (board_id, user_id, role)
        SELECT id, p_user, 'owner' FROM boards WHERE owner_id = p_user AND is_default ON CONFLICT DO NOTHING;
    INSERT INTO credit_accounts (owner_id) VALUES (p_user) ON CONFLICT DO NOTHING;
    PERFORM FROM credit_accounts WHERE owner_id = p_user FOR UPDATE;
    SELECT (value::text)::bigint INTO v_credits FROM admin_settings WHERE key = 'sign_up_credits_hundredths';
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

-- As before, but files of what was deleted are not missed, and the new parts have their own troubles.
CREATE OR REPLACE VIEW reconciliation AS
    SELECT 'balance-differs-from-ledger' AS trouble, count(*) AS found FROM credit_discrepancies
    UNION ALL
    SELECT 'reserved-differs-from-open-reservations', count(*)
    FROM (SELECT a.owner_id
          FROM credit_accounts a
          LEFT JOIN open_reservations o ON o.owner_id = a.owner_id
          GROUP BY a.owner_id
          HAVING a.reserved <> coalesce(sum(o.amount), 0)) AS differing
    UNION ALL
    SELECT 'ended-with-open-reservation', count(*)
    FROM generations g
    JOIN open_reservations o ON o.generation_id = g.id
    WHERE g.status IN ('succeeded', 'failed', 'cancelled')
    UNION ALL
    SELECT 'active-without-open-reservation', count(*)
    FROM generations g
    WHERE g.status IN ('queued', 'processing')
      AND NOT EXISTS (SELECT FROM open_reservations o WHERE o.generation_id = g.id)
    UNION ALL
    SELECT 'settled-for-another-amount', count(*)
    FROM generations g
    LEFT JOIN credit_ledger f ON f.generation_id = g.id AND f.type = 'finalize'
    WHERE g.final_credits IS NOT NULL AND g.final_credits <> coalesce(f.amount, 0)
    UNION ALL
    SELECT 'succeeded-without-file', count(*)
    FROM generations g
    WHERE g.status = 'succeeded' AND g.deleted_at IS NULL
      AND NOT EXISTS (SELECT FROM assets a WHERE a.generation_id = g.id)
    UNION ALL
    SELECT 'active-ten-minutes-after-deadline', count(*)
    FROM generations g
    WHERE g.status IN ('queued', 'processing') AND g.deadline_at < now() - INTERVAL '10 minutes'
    UNION ALL
    SELECT 'unpublished-for-a-minute', count(*)
    FROM generations g
    WHERE g.version > g.published_version AND g.updated_at < now() - INTERVAL '1 minute'
    UNION ALL
    SELECT 'payment-without-credits', count(*)
    FROM payments p
    WHERE NOT EXISTS (SELECT FROM credit_ledger l
                      WHERE l.owner_id = p.owner_id AND l.reference = p.provider || ':' || p.payment_id)
    UNION ALL
    SELECT 'file-not-deleted-for-an-hour', count(*)
    FROM file_deletions
    WHERE created_at < now() - INTERVAL '1 hour';
