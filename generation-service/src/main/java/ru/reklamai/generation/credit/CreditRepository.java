package ru.reklamai.generation.credit;

import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import ru.reklamai.kit.database.Database;

/** All SQL on credits; they are moved only by the functions of the schema. */
@ApplicationScoped
class CreditRepository {

    private static final String FIND_ACCOUNT = """
            SELECT balance, reserved
            FROM studio.credit_accounts
            WHERE owner_id = $1
            """;

    private static final String FIND_LEDGER = """
            SELECT id, type, amount, balance_effect, generation_id, reference, created_at
            FROM studio.credit_ledger
            WHERE owner_id = $1
              AND ($2::uuid IS NULL OR id < $2)
            ORDER BY id DESC
            LIMIT $3
            """;

    private static final String ADJUST = """
            WITH adjusted AS MATERIALIZED (
                SELECT studio.rpc_credit_adjust($1, 'adjust', $2, $3) AS outcome
            )
            SELECT outcome,
                   CASE WHEN outcome = 'done'
                        THEN studio.audit($4, 'user.credits', 'user:' || $1::uuid,
                                          jsonb_build_object('hundredths', $2::bigint, 'reason', $5::text))
                   END AS entry
            FROM adjusted
            """;

    private final Database database;

    CreditRepository(Database database) {
        this.database = database;
    }

    Optional<Balance> findBalance(UUID owner) {
        return database.first(row -> new Balance(row.getLong("balance"), row.getLong("reserved")), FIND_ACCOUNT, owner);
    }

    /** What is done is in the audit log. */
    AdjustmentOutcome adjust(UUID owner, long amount, String reference, UUID admin, String reason) {
        return database.one(
                row -> AdjustmentOutcome.of(row.getString("outcome")), ADJUST, owner, amount, reference, admin, reason);
    }

    /** Returns the newest entries first, those older than {@code before} if it is there. */
    List<LedgerEntry> findLedger(UUID owner, Optional<UUID> before, int limit) {
        return database.list(CreditRepository::toEntry, FIND_LEDGER, owner, before, limit);
    }

    private static LedgerEntry toEntry(Row row) {
        return new LedgerEntry(
                row.getUUID("id"),
                row.getString("type"),
                Credits.toDecimal(row.getLong("amount")),
                Credits.toDecimal(row.getLong("balance_effect")),
                row.getUUID("generation_id"),
                row.getString("reference"),
                Database.instant(row, "created_at"));
    }
}
