-- Owner: credit
-- Takes credits out of the balance for one generation. Answers reserved, insufficient or unknown-account; a repeat
-- changes nothing and answers reserved.
CREATE OR REPLACE FUNCTION rpc_credit_reserve(p_owner uuid, p_generation uuid, p_amount bigint) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
    v_balance bigint := lock_account(p_owner);
BEGIN
    IF v_balance IS NULL THEN
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
