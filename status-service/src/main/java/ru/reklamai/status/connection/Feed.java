package ru.reklamai.status.connection;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;
import ru.reklamai.events.UserUpdate;
import ru.reklamai.status.snapshot.Snapshots;

/** What a client asked to follow. */
sealed interface Feed {

    /** Returns what the client has, so that it isn't sent again: the version of each generation. */
    Map<UUID, Integer> seen();

    /** Returns the time from which on the client may have missed something. */
    Instant since();

    boolean includes(UUID generationId);

    /** Returns whether nothing that matters comes after this. */
    boolean endsWith(UserUpdate update);

    List<UserUpdate> snapshot(Snapshots snapshots, Snapshots.Reader reader, Instant since);

    /** All generations of the user. */
    record All(Instant since) implements Feed {

        private static final Logger LOG = Logger.getLogger(All.class);

        /**
         * @param since where the client left off; without it, or with one that can't be read, only what is active counts
         *     as news
         */
        static All from(Optional<String> since, Duration overlap) {
            Instant onlyActive = Instant.now().plus(overlap);
            try {
                return new All(
                        since.map(Instant::parse).filter(onlyActive::isAfter).orElse(onlyActive));
            } catch (DateTimeException e) {
                LOG.debugf("since can't be read: %s", since);
                return new All(onlyActive);
            }
        }

        @Override
        public Map<UUID, Integer> seen() {
            return Map.of();
        }

        @Override
        public boolean includes(UUID generationId) {
            return true;
        }

        @Override
        public boolean endsWith(UserUpdate update) {
            return false;
        }

        @Override
        public List<UserUpdate> snapshot(Snapshots snapshots, Snapshots.Reader reader, Instant from) {
            return snapshots.changes(reader, from);
        }
    }

    /** One generation, until it has ended. */
    record One(UUID generationId, int seenVersion) implements Feed {

        private static final Set<String> ENDED = Set.of("succeeded", "failed", "cancelled");

        @Override
        public Map<UUID, Integer> seen() {
            return Map.of(generationId, seenVersion);
        }

        @Override
        public Instant since() {
            return Instant.EPOCH;
        }

        @Override
        public boolean includes(UUID id) {
            return id.equals(generationId);
        }

        @Override
        public boolean endsWith(UserUpdate update) {
            return ENDED.contains(update.status());
        }

        @Override
        public List<UserUpdate> snapshot(Snapshots snapshots, Snapshots.Reader reader, Instant since) {
            return List.of(snapshots.one(reader, generationId));
        }
    }
}
