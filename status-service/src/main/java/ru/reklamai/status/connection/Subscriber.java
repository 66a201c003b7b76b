package ru.reklamai.status.connection;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import ru.reklamai.events.UserUpdate;

/**
 * One client's outgoing updates. While a message is on its way the newest state of each generation waits, so a slow
 * client costs a bounded amount of memory and skips what it is too slow to see. No version is sent twice, and none
 * after a newer one.
 */
final class Subscriber {

    private static final int REMEMBERED = 2000;

    private final Function<UserUpdate, Uni<Void>> send;
    private final Runnable closeAsTooSlow;
    private final ConnectionConfig config;
    private final Map<UUID, UserUpdate> waiting = new LinkedHashMap<>();
    private final Map<UUID, Integer> seen = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Integer> eldest) {
            return size() > REMEMBERED;
        }
    };
    private Instant sendingSince = Instant.MAX;
    private boolean sending;

    /**
     * @param send writes one message; its Uni ends when the socket has taken it
     * @param closeAsTooSlow ends the connection
     */
    Subscriber(Function<UserUpdate, Uni<Void>> send, Runnable closeAsTooSlow, ConnectionConfig config) {
        this.send = send;
        this.closeAsTooSlow = closeAsTooSlow;
        this.config = config;
    }

    /** Takes an update to be sent now or when the client is ready; older and repeated versions are dropped. */
    void offer(UserUpdate update) {
        synchronized (this) {
            if (seen.getOrDefault(update.generationId(), 0) >= update.version()) {
                return;
            }
            seen.put(update.generationId(), update.version());
            waiting.put(update.generationId(), update);
            if (sending) {
                closeIfTooSlow();
                return;
            }
            sending = true;
        }
        sendNext();
    }

    private void sendNext() {
        UserUpdate next;
        synchronized (this) {
            Iterator<UserUpdate> queue = waiting.values().iterator();
            if (!queue.hasNext()) {
                sending = false;
                return;
            }
            next = queue.next();
            queue.remove();
            sendingSince = Instant.now();
        }
        send.apply(next).subscribe().with(done -> sendNext(), failure -> closeAsTooSlow.run());
    }

    private void closeIfTooSlow() {
        Duration sendTime = Duration.between(sendingSince, Instant.now());
        if (waiting.size() > config.maxWaiting() || sendTime.compareTo(config.maxSendTime()) > 0) {
            closeAsTooSlow.run();
        }
    }
}
