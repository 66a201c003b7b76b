-- Owner: payment
CREATE OR REPLACE VIEW payment_troubles AS
    SELECT 'payment-without-credits' AS trouble, count(*) AS found
    FROM payments p
    WHERE NOT EXISTS (SELECT FROM credit_references r
                      WHERE r.owner_id = p.owner_id AND r.reference = p.provider || ':' || p.payment_id);
