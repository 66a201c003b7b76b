-- Owner: credit
-- The invariants of the ledger: each row is an account that breaks one. Empty means all is well.
CREATE OR REPLACE VIEW credit_discrepancies AS
    SELECT a.owner_id, a.balance, a.reserved,
           coalesce(sum(l.balance_effect), 0) AS ledger_balance,
           coalesce(sum(l.reserved_effect), 0) AS ledger_reserved
    FROM credit_accounts a
    LEFT JOIN credit_ledger l ON l.owner_id = a.owner_id
    GROUP BY a.owner_id
    HAVING a.balance <> coalesce(sum(l.balance_effect), 0) OR a.reserved <> coalesce(sum(l.reserved_effect), 0);
