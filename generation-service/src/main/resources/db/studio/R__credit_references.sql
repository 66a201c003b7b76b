-- Owner: credit
-- What credits were moved for, where it was no generation: payments and their refunds find themselves here.
CREATE OR REPLACE VIEW credit_references AS
    SELECT owner_id, reference
    FROM credit_ledger
    WHERE generation_id IS NULL;
