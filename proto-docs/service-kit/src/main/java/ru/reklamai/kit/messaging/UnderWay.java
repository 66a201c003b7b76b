package ru.reklamai.kit.messaging;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiConsumer;

/** The versions of rows between their sending and their stamp as published. */
final class UnderWay {

    private static final int STAMP_BATCH = 500;

    private final Map<UUID, Integer> versions = new ConcurrentHashMap<>();
    private final Queue<Stamp> confirmed = new ConcurrentLinkedQueue<>();

    private record Stamp(UUID id, int version) {}

    void begin(UUID id, int version) {
        versions.put(id, version);
    }

    void confirm(UUID id, int version) {
        confirmed.add(new Stamp(id, version));
    }

    /** It was not taken, and may be sent again. */
    void giveUp(UUID id, int version) {
        versions.remove(id, version);
    }

    Set<UUID> ids() {
        return versions.keySet();
    }

    /** Writes down what the broker has confirmed, in batches; what can't be written down goes out again. */
    void stamp(BiConsumer<List<UUID>, List<Integer>> markPublished) {
        while (!confirmed.isEmpty()) {
            List<UUID> ids = new ArrayList<>();
            List<Integer> stamped = new ArrayList<>();
            Stamp stamp;
            while (ids.size() < STAMP_BATCH && (stamp = confirmed.poll()) != null) {
                ids.add(stamp.id());
                stamped.add(stamp.version());
            }
            try {
                markPublished.accept(ids, stamped);
            } finally {
                for (int i = 0; i < ids.size(); i++) {
                    giveUp(ids.get(i), stamped.get(i));
                }
            }
        }
    }
}
