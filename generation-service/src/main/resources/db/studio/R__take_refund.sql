-- Owner: payment
-- Money that went back: takes its credits out again, as many as are left. Answers returned, repeated or unmatched.
CREATE OR REPLACE FUNCTION take_refund(p_provider text, p_refund text, p_payment text, p_kopecks bigint,
                                       OUT outcome text, OUT credits bigint, OUT missing bigint)
LANGUAGE plpgsql AS $$
DECLARE
    v_payment payments;
    v_balance bigint;
    v_reference text := p_provider || ':refund:' || p_refund;
BEGIN
    SELECT * INTO v_payment FROM payments WHERE provider = p_provider AND payment_id = p_payment FOR UPDATE;
    v_balance := lock_account(v_payment.owner_id);
    IF EXISTS (SELECT FROM credit_references r
               WHERE r.owner_id = v_payment.owner_id AND r.reference = v_reference) THEN
        outcome := 'repeated';
    ELSIF v_balance IS NULL OR v_payment.refunded_kopecks + p_kopecks > v_payment.kopecks THEN
        outcome := 'unmatched';
    ELSE
        credits := v_payment.credits * p_kopecks / v_payment.kopecks;
        missing := greatest(0, credits - v_balance);
        credits := credits - missing;
        PERFORM rpc_credit_adjust(v_payment.owner_id, 'adjust', -credits, v_reference);
        UPDATE payments SET refunded_kopecks = refunded_kopecks + p_kopecks
        WHERE provider = p_provider AND payment_id = p_payment;
        outcome := 'returned';
    END IF;
END
$$;
