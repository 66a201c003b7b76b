-- Owner: credit
-- What was spent for each generation that cost something.
CREATE OR REPLACE VIEW credit_settlements AS
    SELECT generation_id, amount
    FROM credit_ledger
    WHERE type = 'finalize';
