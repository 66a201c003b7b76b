package ru.reklamai.status.connection;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import ru.reklamai.events.UserUpdate;

/**
 * What waits for a client: the newest state of each generation, so a slow client costs a bounded amount of memory and
 * skips what it is too slow to see. No version comes out twice, and none after a newer one. Not safe for several threads.
 */
final class Backlog {

    private static final int REMEMBERED = 2000;

    private final Map<UUID, UserUpdate> waiting = new LinkedHashMap<>();
    private final Map<UUID, Integer> seen = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Integer> eldest) {
            return size() > REMEMBERED;
        }
    };

    Backlog(Map<UUID, Integer> seen) {
        this.seen.putAll(seen);
    }

    void add(UserUpdate update) {
        if (seen.getOrDefault(update.generationId(), 0) < update.version()) {
            seen.put(update.generationId(), update.version());
            waiting.put(update.generationId(), update);
        }
    }

    Optional<UserUpdate> poll() {
        Iterator<UserUpdate> updates = waiting.values().iterator();
        if (!updates.hasNext()) {
            return Optional.empty();
        }
        UserUpdate next = updates.next();
        updates.remove();
        return Optional.of(next);
    }

    int size() {
        return waiting.size();
    }

    void clear() {
        waiting.clear();
    }
}
