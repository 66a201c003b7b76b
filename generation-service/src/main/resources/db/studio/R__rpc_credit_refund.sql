-- Owner: credit
-- Gives a whole reservation back; answers as rpc_credit_finalize does.
CREATE OR REPLACE FUNCTION rpc_credit_refund(p_generation uuid) RETURNS boolean LANGUAGE sql AS $$
    SELECT rpc_credit_finalize(p_generation, 0)
$$;
