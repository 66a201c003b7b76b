-- Owner: generation
-- All of a user's: what still runs is cancelled and refunded first, and told of by the sweep.
CREATE OR REPLACE FUNCTION erase_generations(p_user uuid) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    v_id uuid;
    v_all uuid[];
BEGIN
    FOR v_id IN
        UPDATE generations
        SET status = 'cancelled', final_credits = 0, version = version + 1, updated_at = now(), finished_at = now()
        WHERE user_id = p_user AND status IN ('queued', 'processing')
        RETURNING id
    LOOP
        PERFORM rpc_credit_refund(v_id);
    END LOOP;
    v_all := ARRAY(SELECT id FROM generations WHERE user_id = p_user);
    PERFORM delete_shares_of(v_all);
    PERFORM delete_assets_of(v_all);
    UPDATE generations
    SET prompt = '', negative_prompt = NULL, input = '{}', idempotency_key = NULL, thumbnail_path = NULL,
        provider_request = provider_request || '{"input": {}, "files": []}', deleted_at = now()
    WHERE user_id = p_user AND deleted_at IS NULL;
END
$$;
