package ru.reklamai.e2e.faults;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import ru.reklamai.e2e.Client;
import ru.reklamai.e2e.Updates;

/** A client as we tell others to write them: reconnects, asks for what it missed, drops what it has seen. */
final class Watch {

    private static final Set<String> ENDED = Set.of("succeeded", "failed", "cancelled");
    private static final long RECONNECT_MS = 300;

    private final Client client;
    private final ScheduledExecutorService clock;
    private final Map<String, Integer> newestVersion = new ConcurrentHashMap<>();
    private final Map<String, List<String>> ends = new ConcurrentHashMap<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private volatile Instant newest = Instant.now();
    private volatile Updates updates;
    private volatile boolean closed;

    Watch(Client client, ScheduledExecutorService clock) {
        this.client = client;
        this.clock = clock;
        connect();
    }

    private void connect() {
        if (closed) {
            return;
        }
        Map<String, Integer> ofThisConnection = new ConcurrentHashMap<>();
        try {
            updates = client.connect("?since=" + newest, update -> take(update, ofThisConnection));
            var unused = updates.closed().whenComplete((code, failure) -> reconnectSoon());
        } catch (RuntimeException e) {
            reconnectSoon();
        }
    }

    private void reconnectSoon() {
        if (!clock.isShutdown()) {
            var unused =
                    clock.schedule(() -> Thread.ofVirtual().start(this::connect), RECONNECT_MS, TimeUnit.MILLISECONDS);
        }
    }

    private synchronized void take(Updates.Update update, Map<String, Integer> ofThisConnection) {
        String id = update.generationId();
        int version = update.message().path("version").asInt();
        Integer before = ofThisConnection.put(id, version);
        if (before != null && before >= version) {
            complaints.add(id + ": version " + version + " after " + before + " on one connection");
        }
        Instant at = Instant.parse(update.message().path("at").asText());
        newest = at.isAfter(newest) ? at : newest;
        if (newestVersion.getOrDefault(id, 0) >= version) {
            return;
        }
        newestVersion.put(id, version);
        if (ENDED.contains(update.status())) {
            ends.computeIfAbsent(id, key -> new ArrayList<>()).add(update.status());
        }
    }

    /** Returns the ends that it was told of, each version once. */
    synchronized List<String> endsOf(String generationId) {
        return List.copyOf(ends.getOrDefault(generationId, List.of()));
    }

    List<String> complaints() {
        return complaints;
    }

    void close() {
        closed = true;
        if (updates != null) {
            updates.close();
        }
    }
}
