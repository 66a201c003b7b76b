-- Owner: credit
-- Makes all that moves an owner's credits happen one by one. Answers the balance, NULL where there is no account.
CREATE OR REPLACE FUNCTION lock_account(p_owner uuid) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    v_balance bigint;
BEGIN
    SELECT balance INTO v_balance FROM credit_accounts WHERE owner_id = p_owner FOR UPDATE;
    RETURN v_balance;
END
$$;
