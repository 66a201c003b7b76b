package ru.reklamai.status.connection;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Where a client says it left off. */
final class Since {

    private static final Logger LOG = Logger.getLogger(Since.class);

    private Since() {}

    /** Returns the time to go on from; without one, or with one that can't be read, only what is active counts as news. */
    static Instant of(Optional<String> text, Duration overlap) {
        try {
            return text.map(Instant::parse).orElseGet(() -> Instant.now().plus(overlap));
        } catch (DateTimeException e) {
            LOG.debugf("since can't be read: %s", text);
            return Instant.now().plus(overlap);
        }
    }
}
