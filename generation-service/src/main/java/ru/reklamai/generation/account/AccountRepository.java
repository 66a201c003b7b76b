package ru.reklamai.generation.account;

import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.UUID;

/** Gives a new user a profile, a board and the sign-up credits. */
@ApplicationScoped
public class AccountRepository {

    private static final String PROVISION = "SELECT studio.provision_user($1, $2, $3)";

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
}
