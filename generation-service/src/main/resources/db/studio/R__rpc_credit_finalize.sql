-- Owner: credit
-- Ends a reservation with p_final spent and the rest given back. Answers true if it did, false if the reservation
-- had ended before or never was.
CREATE OR REPLACE FUNCTION rpc_credit_finalize(p_generation uuid, p_final bigint) RETURNS boolean
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
    PERFORM lock_account(v_reserve.owner_id);
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
