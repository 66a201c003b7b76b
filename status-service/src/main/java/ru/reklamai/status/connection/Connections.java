package ru.reklamai.status.connection;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import ru.reklamai.events.UserUpdate;

/** Who is connected here, by user. */
@ApplicationScoped
public class Connections {

    /** A connection of one user that can take updates and ask for a fresh snapshot. */
    interface Connection {
        void offer(UserUpdate update);

        void refresh();

        /** Sends the client away, to come back to another instance. */
        void end();
    }

    private static final Logger LOG = Logger.getLogger(Connections.class);

    private final Map<UUID, Set<Connection>> byUser = new ConcurrentHashMap<>();
    private volatile boolean stopping;

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
        if (stopping) {
            connection.end();
        }
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

    /** When this instance stops: clients are told before their connections break. */
    void endAll(@Observes ShutdownDelayInitiatedEvent event) {
        stopping = true;
        LOG.infof("stopping, connections are sent away: users=%d", byUser.size());
        byUser.values().forEach(connections -> each(connections, Connection::end));
    }

    private static void each(Set<Connection> connections, Consumer<Connection> action) {
        connections.forEach(action);
    }
}
