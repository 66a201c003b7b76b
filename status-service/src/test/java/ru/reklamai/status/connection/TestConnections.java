package ru.reklamai.status.connection;

import io.vertx.core.Vertx;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import ru.reklamai.events.Failure;
import ru.reklamai.events.GenerationUpdated;
import ru.reklamai.events.UserUpdate;
import ru.reklamai.status.snapshot.Snapshots;

/** What connections are tested with: a client that takes messages when it is told to, and snapshots that are made up. */
final class TestConnections {

    static final UUID USER = UUID.fromString("0197f0a0-0000-7000-8000-00000000000a");
    static final UUID ONE = UUID.fromString("0197f0a0-0000-7000-8000-000000000001");
    static final UUID TWO = UUID.fromString("0197f0a0-0000-7000-8000-000000000002");
    static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

    private TestConnections() {}

    /** Remembers what it was sent, and takes it at once or when told to. */
    static final class FakeClient implements Client {
        final List<UserUpdate> sent = new ArrayList<>();
        final List<CompletableFuture<Void>> underWay = new ArrayList<>();
        boolean isSlow;
        volatile Optional<Ending> ending = Optional.empty();

        @Override
        public CompletableFuture<Void> send(UserUpdate update) {
            sent.add(update);
            if (!isSlow) {
                return CompletableFuture.completedFuture(null);
            }
            underWay.add(new CompletableFuture<>());
            return underWay.getLast();
        }

        @Override
        public CompletableFuture<Void> close(Ending why) {
            ending = Optional.of(why);
            return CompletableFuture.completedFuture(null);
        }

        void take() {
            underWay.removeFirst().complete(null);
        }

        List<String> ids() {
            return sent.stream().map(UserUpdate::id).toList();
        }
    }

    /** Answers with what it holds, or fails; runs what shall happen while it is being read. */
    static final class FakeSnapshots implements Snapshots {
        final List<UserUpdate> state = new ArrayList<>();
        final List<Reader> readers = new ArrayList<>();
        final List<Instant> asked = new ArrayList<>();
        Runnable meanwhile = () -> {};

        @Override
        public List<UserUpdate> changes(Reader reader, Instant since) {
            readers.add(reader);
            asked.add(since);
            meanwhile.run();
            return List.copyOf(state);
        }

        @Override
        public UserUpdate one(Reader reader, UUID generationId) {
            return changes(reader, Instant.EPOCH).stream()
                    .filter(update -> update.generationId().equals(generationId))
                    .findFirst()
                    .orElseThrow();
        }
    }

    record Config(Duration maxSendTime, int maxWaiting, Duration overlap, Duration keepAlive, Duration stopTimeout)
            implements ConnectionConfig {

        static Config of(Duration maxSendTime, int maxWaiting) {
            return new Config(
                    maxSendTime, maxWaiting, Duration.ofSeconds(30), Duration.ofMillis(100), Duration.ofSeconds(1));
        }
    }

    static Connections.Tools tools(Snapshots snapshots, ConnectionConfig config, Vertx vertx) {
        Executor atOnce = Runnable::run;
        return new Connections.Tools(snapshots, config, vertx, atOnce);
    }

    static AccessToken token(UUID user, Duration lifetime) {
        return new AccessToken("token of " + user, user, Instant.now().plus(lifetime));
    }

    static GenerationUpdated event(UUID id, int version) {
        return event(id, version, "processing", null, NOON.plusSeconds(version));
    }

    static GenerationUpdated event(UUID id, int version, String status, Failure failure, Instant at) {
        return new GenerationUpdated(
                id, GenerationUpdated.TYPE, version, at, id, USER, status, 50, null, failure, new BigDecimal("1.5"));
    }

    static UserUpdate update(UUID id, int version) {
        return UserUpdate.of(event(id, version), null);
    }
}
