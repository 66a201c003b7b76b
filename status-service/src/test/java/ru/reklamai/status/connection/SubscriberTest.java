package ru.reklamai.status.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import ru.reklamai.events.UserUpdate;

class SubscriberTest {

    private static final UUID ONE = UUID.fromString("0197f0a0-0000-7000-8000-000000000001");
    private static final UUID TWO = UUID.fromString("0197f0a0-0000-7000-8000-000000000002");

    private final List<UserUpdate> sent = new ArrayList<>();
    private final List<UniEmitter<? super Void>> underWay = new ArrayList<>();
    private boolean closed;

    private final Subscriber subscriber = new Subscriber(
            update -> {
                sent.add(update);
                return Uni.createFrom().emitter(underWay::add);
            },
            () -> closed = true,
            new ConnectionConfig() {
                @Override
                public Duration maxSendTime() {
                    return Duration.ofMinutes(1);
                }

                @Override
                public int maxWaiting() {
                    return 3;
                }

                @Override
                public Duration overlap() {
                    return Duration.ofSeconds(30);
                }
            });

    @Test
    void aRepeatedAndAnOlderVersionAreDropped() {
        subscriber.offer(update(ONE, 2));
        arrive();
        subscriber.offer(update(ONE, 2));
        subscriber.offer(update(ONE, 1));
        assertThat(sent).extracting(UserUpdate::version).containsExactly(2);
    }

    @Test
    void aSlowClientGetsOnlyTheNewestStateOfEachGeneration() {
        subscriber.offer(update(ONE, 1));
        subscriber.offer(update(ONE, 2));
        subscriber.offer(update(TWO, 1));
        subscriber.offer(update(ONE, 3));
        arrive();
        arrive();
        assertThat(sent).extracting(UserUpdate::id).containsExactly(ONE + ":1", ONE + ":3", TWO + ":1");
    }

    @Test
    void aClientThatStaysTooSlowIsClosed() {
        for (int i = 0; i < 5; i++) {
            subscriber.offer(update(new UUID(0x0197f0a000007000L, i), 1));
        }
        assertThat(closed).isTrue();
    }

    @Test
    void aBrokenSocketIsClosed() {
        subscriber.offer(update(ONE, 1));
        underWay.removeFirst().fail(new IllegalStateException("gone"));
        assertThat(closed).isTrue();
    }

    private void arrive() {
        underWay.removeFirst().complete(null);
    }

    private static UserUpdate update(UUID id, int version) {
        return new UserUpdate(
                UserUpdate.idOf(id, version), id, version, "processing", null, null, null, null, null, Instant.now());
    }
}
