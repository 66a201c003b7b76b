package ru.reklamai.generation.user;

import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.UUID;

/** A user's beginning here (a profile, a board and the sign-up credits) and end. */
@ApplicationScoped
public class AccountRepository {

    private static final String PROVISION = "SELECT studio.provision_user($1, $2, $3)";

    private static final String EXISTS = "SELECT FROM studio.credit_accounts WHERE owner_id = $1";

    private static final String ERASE = "SELECT studio.erase_user($1) AS erased";

    private static final Duration QUERY_TIMEOUT = Duration.ofSeconds(10);

    private final Pool pool;

    AccountRepository(Pool pool) {
        this.pool = pool;
    }

    /** Creates what is missing; a repeat changes nothing, so the event and the first request may both call it. */
    public void provision(UUID userId, String email, String fullName) {
        pool.preparedQuery(PROVISION)
                .execute(Tuple.of(userId, email, fullName))
                .await()
                .atMost(QUERY_TIMEOUT);
    }

    boolean exists(UUID userId) {
        return pool.preparedQuery(EXISTS)
                        .execute(Tuple.of(userId))
                        .await()
                        .atMost(QUERY_TIMEOUT)
                        .size()
                == 1;
    }

    /** Takes the person out of all of this service's data; false if that was done before. */
    boolean erase(UUID userId) {
        return pool.preparedQuery(ERASE)
                .execute(Tuple.of(userId))
                .await()
                .atMost(QUERY_TIMEOUT)
                .iterator()
                .next()
                .getBoolean("erased");
    }
}
