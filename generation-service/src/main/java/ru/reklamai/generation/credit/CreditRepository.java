package ru.reklamai.generation.credit;

import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import ru.reklamai.generation.credit.CreditResource.LedgerEntry;

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

    private static final Duration QUERY_TIMEOUT = Duration.ofSeconds(10);

    private final Pool pool;

    CreditRepository(Pool pool) {
        this.pool = pool;
    }

    Optional<Balances.Balance> findBalance(UUID owner) {
        return query(FIND_ACCOUNT, Tuple.of(owner)).stream()
                .map(row -> new Balances.Balance(row.getLong("balance"), row.getLong("reserved")))
                .findFirst();
    }

    /** Returns done, repeated, reference-reused, insufficient or unknown-account; done is in the audit log. */
    String adjust(UUID owner, long amount, String reference, UUID admin, String reason) {
        return query(ADJUST, Tuple.of(owner, amount, reference, admin, reason))
                .iterator()
                .next()
                .getString("outcome");
    }

    /** Returns the newest entries first, those older than {@code before} if it is there. */
    List<LedgerEntry> findLedger(UUID owner, Optional<UUID> before, int limit) {
        return query(FIND_LEDGER, Tuple.of(owner, before.orElse(null), limit)).stream()
                .map(row -> new LedgerEntry(
                        row.getUUID("id"),
                        row.getString("type"),
                        Credits.toDecimal(row.getLong("amount")),
                        Credits.toDecimal(row.getLong("balance_effect")),
                        row.getUUID("generation_id"),
                        row.getString("reference"),
                        row.getOffsetDateTime("created_at").toInstant()))
                .toList();
    }

    private RowSet<Row> query(String sql, Tuple parameters) {
        return pool.preparedQuery(sql).execute(parameters).await().atMost(QUERY_TIMEOUT);
    }
}
