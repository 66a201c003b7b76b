-- Owner: credit
-- Moves credits that no generation is about. Answers done, repeated (the same reference, the same amount),
-- reference-reused, insufficient or unknown-account.
CREATE OR REPLACE FUNCTION rpc_credit_adjust(p_owner uuid, p_type text, p_amount bigint, p_reference text) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
    v_balance bigint := lock_account(p_owner);
    v_known bigint;
BEGIN
    IF v_balance IS NULL THEN
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
