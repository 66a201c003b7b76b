-- Owner: credit
CREATE OR REPLACE VIEW credit_troubles AS
    SELECT 'balance-differs-from-ledger' AS trouble, count(*) AS found FROM credit_discrepancies
    UNION ALL
    SELECT 'reserved-differs-from-open-reservations', count(*)
    FROM (SELECT a.owner_id
          FROM credit_accounts a
          LEFT JOIN credit_open_reservations o ON o.owner_id = a.owner_id
          GROUP BY a.owner_id
          HAVING a.reserved <> coalesce(sum(o.amount), 0)) AS differing;
