-- Owner: credit
-- A new user's account and the credits for signing up, once.
CREATE OR REPLACE FUNCTION open_account(p_user uuid) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    v_credits bigint := setting('sign_up_credits_hundredths')::bigint;
BEGIN
    INSERT INTO credit_accounts (owner_id) VALUES (p_user) ON CONFLICT DO NOTHING;
    PERFORM lock_account(p_user);
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
