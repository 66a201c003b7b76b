-- Owner: credit
CREATE OR REPLACE VIEW credit_open_reservations AS
    SELECT r.owner_id, r.generation_id, r.amount
    FROM credit_ledger r
    WHERE r.type = 'reserve'
      AND NOT EXISTS (SELECT FROM credit_ledger e
                      WHERE e.generation_id = r.generation_id AND e.type IN ('finalize', 'refund'));
