package ru.reklamai.generation.operations;

import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import ru.reklamai.kit.database.Database;

/** SQL that checks the invariants. */
@ApplicationScoped
class ReconciliationRepository {

    private static final String RECONCILE = "SELECT trouble, found FROM studio.reconciliation";
    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    private final Database database;

    ReconciliationRepository(Database database) {
        this.database = database;
    }

    /** Returns how often each kind of trouble was found: 0 is fine. */
    Map<String, Long> find() {
        Map<String, Long> troubles = new TreeMap<>();
        for (Row row : database.queryWithin(TIMEOUT, RECONCILE)) {
            troubles.put(row.getString("trouble"), row.getLong("found"));
        }
        return troubles;
    }
}
