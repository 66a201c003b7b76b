-- Owner: generation
-- The whole of "generate" in one round trip: idempotency key, board access, limits, uploads, reservation, rows; all
-- variants or none. p_order is what the package order has checked, as JSON. Answers accepted or replayed with one row
-- for each variant, in the order of their ids, or one row without a generation that says why not: key-reused,
-- unknown-user, maintenance, parent-not-found, board-not-found, board-read-only, too-many-active, too-many-today,
-- insufficient or uploads-not-ready.
CREATE OR REPLACE FUNCTION submit_generation(p_user uuid, p_role text, p_order jsonb)
RETURNS TABLE (outcome text, generation generations) LANGUAGE plpgsql AS $$
DECLARE
    v_ids uuid[] := ARRAY(SELECT i::uuid FROM jsonb_array_elements_text(p_order -> 'ids') AS i ORDER BY i::uuid);
    v_variants integer := cardinality(v_ids);
    v_key text := p_order ->> 'idempotencyKey';
    v_parent uuid := p_order ->> 'parentId';
    v_credits bigint := p_order ->> 'credits';
    v_deadline timestamptz := now() + make_interval(secs => (p_order ->> 'deadlineSeconds')::integer);
    v_balance bigint;
    v_known generations;
    v_board record;
    v_limits jsonb;
    v_id uuid;
BEGIN
    -- The lock makes a user's orders happen one by one; only after it can it be known whether the user still exists.
    v_balance := lock_account(p_user);
    IF v_balance IS NULL OR NOT user_exists(p_user) THEN
        RETURN QUERY SELECT 'unknown-user', NULL::generations;
        RETURN;
    END IF;
    IF v_key IS NOT NULL THEN
        SELECT * INTO v_known FROM generations g WHERE g.user_id = p_user AND g.idempotency_key = v_key;
        IF FOUND AND v_known.created_at < now() - INTERVAL '24 hours' THEN
            UPDATE generations g SET idempotency_key = NULL WHERE g.id = v_known.id;
        ELSIF FOUND AND v_known.request_hash <> p_order ->> 'requestHash' THEN
            RETURN QUERY SELECT 'key-reused', NULL::generations;
            RETURN;
        ELSIF FOUND THEN
            RETURN QUERY
                SELECT 'replayed', g
                FROM generations g
                WHERE g.id = v_known.id OR g.batch_id = v_known.id
                ORDER BY g.id;
            RETURN;
        END IF;
    END IF;
    IF setting('maintenance_mode') = 'true' THEN
        RETURN QUERY SELECT 'maintenance', NULL::generations;
        RETURN;
    END IF;
    IF v_parent IS NOT NULL
            AND NOT EXISTS (SELECT FROM generations g WHERE g.id = v_parent AND can_see(g, p_user)) THEN
        RETURN QUERY SELECT 'parent-not-found', NULL::generations;
        RETURN;
    END IF;
    SELECT * INTO v_board FROM board_to_write(p_user, (p_order ->> 'boardId')::uuid);
    IF v_board.role IS NULL OR v_board.role = 'viewer' THEN
        RETURN QUERY SELECT CASE WHEN v_board.role IS NULL THEN 'board-not-found' ELSE 'board-read-only' END,
                            NULL::generations;
        RETURN;
    END IF;
    v_limits := setting('limits') -> p_role;
    IF (SELECT count(*) FROM generations g WHERE g.user_id = p_user AND g.status IN ('queued', 'processing'))
            + v_variants > (v_limits ->> 'active')::integer THEN
        RETURN QUERY SELECT 'too-many-active', NULL::generations;
        RETURN;
    END IF;
    IF (SELECT count(*) FROM generations g WHERE g.user_id = p_user AND g.created_at > now() - INTERVAL '24 hours')
            + v_variants > (v_limits ->> 'perDay')::integer THEN
        RETURN QUERY SELECT 'too-many-today', NULL::generations;
        RETURN;
    END IF;
    IF v_balance < v_credits * v_variants THEN
        RETURN QUERY SELECT 'insufficient', NULL::generations;
        RETURN;
    END IF;
    IF NOT use_uploads(p_user, ARRAY(SELECT jsonb_array_elements_text(p_order -> 'uploads'))) THEN
        RETURN QUERY SELECT 'uploads-not-ready', NULL::generations;
        RETURN;
    END IF;
    outcome := 'accepted';
    FOREACH v_id IN ARRAY v_ids LOOP
        PERFORM rpc_credit_reserve(p_user, v_id, v_credits);
        INSERT INTO generations (id, user_id, board_id, parent_id, batch_id, preset_key, model_key, modality, prompt,
            negative_prompt, input, provider_request, reserved_credits, idempotency_key, request_hash, traceparent,
            deadline_at)
        VALUES (v_id, p_user, v_board.board, v_parent, CASE WHEN v_variants > 1 THEN v_ids[1] END,
            p_order ->> 'presetKey', p_order ->> 'modelKey', p_order ->> 'modality', p_order ->> 'prompt',
            p_order ->> 'negativePrompt', p_order -> 'input', p_order -> 'providerRequest', v_credits,
            CASE WHEN v_id = v_ids[1] THEN v_key END, p_order ->> 'requestHash', p_order ->> 'traceparent',
            v_deadline)
        RETURNING * INTO generation;
        RETURN NEXT;
    END LOOP;
END
$$;
