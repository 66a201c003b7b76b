-- Owner: operations
-- What must always hold; each row is a kind of trouble and how often it was found. All zero means all is well.
CREATE OR REPLACE VIEW reconciliation AS
    SELECT trouble, found FROM credit_troubles
    UNION ALL
    SELECT trouble, found FROM generation_troubles
    UNION ALL
    SELECT trouble, found FROM payment_troubles
    UNION ALL
    SELECT trouble, found FROM file_troubles;
