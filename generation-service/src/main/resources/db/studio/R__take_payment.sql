-- Owner: payment
-- A payment that succeeded, once. Answers credited, repeated or unmatched (no such user: kept for a person to look).
CREATE OR REPLACE FUNCTION take_payment(p_provider text, p_payment text, p_owner uuid, p_kopecks bigint,
                                        OUT outcome text, OUT credits bigint)
LANGUAGE plpgsql AS $$
DECLARE
    v_owner uuid := CASE WHEN user_exists(p_owner) THEN p_owner END;
BEGIN
    credits := p_kopecks * 100 / setting('kopecks_per_credit')::bigint;
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
