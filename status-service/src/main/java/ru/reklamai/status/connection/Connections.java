package ru.reklamai.status.connection;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.virtual.threads.VirtualThreads;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import ru.reklamai.events.GenerationUpdated;
import ru.reklamai.status.snapshot.Snapshots;

/** Who is connected here, by user. */
@ApplicationScoped
public class Connections {

    /** Who is there, and what for. */
    record Request(AccessToken token, String acceptLanguage, Feed feed) {}

    /**
     * What every connection works with.
     *
     * @param executor reads snapshots
     */
    record Tools(Snapshots snapshots, ConnectionConfig config, Vertx vertx, Executor executor) {}

    private static final Logger LOG = Logger.getLogger(Connections.class);

    private final Map<UUID, Set<LiveConnection>> byUser = new ConcurrentHashMap<>();
    private final Tools tools;
    private volatile boolean isStopping;

    Connections(
            Snapshots snapshots,
            ConnectionConfig config,
            Vertx vertx,
            @VirtualThreads ExecutorService executor,
            MeterRegistry metrics) {
        this.tools = new Tools(snapshots, config, vertx, executor);
        metrics.gauge("reklamai.connections", byUser, map -> map.values().stream()
                .mapToInt(Set::size)
                .sum());
    }

    /** Registers the client and lets its snapshot be read; it is the caller's to tell when the client has gone. */
    LiveConnection open(Request request, Client client) {
        var connection = new LiveConnection(tools, request, client, this::remove);
        byUser.compute(connection.userId(), (user, others) -> {
            Set<LiveConnection> all = others == null ? ConcurrentHashMap.newKeySet() : others;
            all.add(connection);
            return all;
        });
        if (isStopping) {
            connection.end(Ending.RESTARTING);
        }
        connection.start();
        return connection;
    }

    private void remove(LiveConnection connection) {
        byUser.computeIfPresent(connection.userId(), (user, all) -> {
            all.remove(connection);
            return all.isEmpty() ? null : all;
        });
    }

    /** Sends to every connection of the user; the caller never waits for a client. */
    public void publish(GenerationUpdated event) {
        byUser.getOrDefault(event.userId(), Set.of()).forEach(connection -> connection.offer(event));
    }

    /** After a gap in the updates: everybody gets a fresh snapshot. */
    public void refreshAll() {
        each(LiveConnection::refresh);
    }

    /** When this instance stops: clients are told before their connections break. */
    void endAll(@Observes ShutdownDelayInitiatedEvent event) {
        isStopping = true;
        LOG.infof("stopping, connections are sent away: users=%d", byUser.size());
        List<CompletableFuture<Void>> closings = new ArrayList<>();
        each(connection -> closings.add(connection.sendAway(Ending.RESTARTING)));
        CompletableFuture.allOf(closings.toArray(CompletableFuture[]::new))
                .completeOnTimeout(null, tools.config().stopTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    private void each(Consumer<LiveConnection> action) {
        byUser.values().forEach(connections -> connections.forEach(action));
    }
}
