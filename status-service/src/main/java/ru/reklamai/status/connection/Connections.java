package ru.reklamai.status.connection;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import ru.reklamai.events.UserUpdate;

/** Who is connected here, by user. */
@ApplicationScoped
public class Connections {

    /** A connection of one user that can take updates and ask for a fresh snapshot. */
    interface Connection {
        void offer(UserUpdate update);

        void refresh();
    }

    private final Map<UUID, Set<Connection>> byUser = new ConcurrentHashMap<>();

    Connections(MeterRegistry metrics) {
        metrics.gauge("reklamai.connections", byUser, map -> map.values().stream()
                .mapToInt(Set::size)
                .sum());
    }

    void register(UUID userId, Connection connection) {
        byUser.compute(userId, (id, connections) -> {
            Set<Connection> all = connections == null ? ConcurrentHashMap.newKeySet() : connections;
            all.add(connection);
            return all;
        });
    }

    void remove(UUID userId, Connection connection) {
        byUser.computeIfPresent(userId, (id, connections) -> {
            connections.remove(connection);
            return connections.isEmpty() ? null : connections;
        });
    }

    /** Sends to every connection of the user; the caller never waits for a client. */
    public void publish(UUID userId, UserUpdate update) {
        each(byUser.getOrDefault(userId, Set.of()), connection -> connection.offer(update));
    }

    /** After a gap in the updates: everybody gets a fresh snapshot. */
    public void refreshAll() {
        byUser.values().forEach(connections -> each(connections, Connection::refresh));
    }

    private static void each(Set<Connection> connections, Consumer<Connection> action) {
        connections.forEach(action);
    }
}
