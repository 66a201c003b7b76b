package ru.reklamai.kit.messaging;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.time.Duration;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import ru.reklamai.kit.database.DatabaseException;

/**
 * How consumers treat trouble: a message that can't be applied because the database is away waits in hand and uses up no
 * delivery; one that can't be read or breaks a rule fails, is delivered again, and ends among the dead letters.
 */
public final class Inbox {

    private static final Logger LOG = Logger.getLogger(Inbox.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private Inbox() {}

    /** Does the work, again and again while the database is away; other failures are the caller's. */
    public static <T> T withRetry(Supplier<T> work) {
        return Uni.createFrom()
                .item(work)
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .onFailure(Inbox::isDatabaseAway)
                .invoke(failure -> LOG.warnf("a message waits for the database: cause=%s", failure))
                .onFailure(Inbox::isDatabaseAway)
                .retry()
                .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
                .indefinitely()
                .await()
                .indefinitely();
    }

    /** The same for work without a result. */
    public static void withRetry(Runnable work) {
        var unused = withRetry(() -> {
            work.run();
            return true;
        });
    }

    private static boolean isDatabaseAway(Throwable failure) {
        return failure instanceof DatabaseException database && database.kind() == DatabaseException.Kind.AWAY;
    }
}
