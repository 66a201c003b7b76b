package ru.reklamai.e2e.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import ru.reklamai.e2e.Client;
import ru.reklamai.e2e.StackCommand;

/** Everything that is done to the system while orders come in, one after the other. */
final class Disruptions {

    private static final Duration REST = Duration.ofMillis(1500);

    private final FaultStack stack;
    private final Random random;
    private final List<Event> events = Collections.synchronizedList(new ArrayList<>());
    private volatile boolean stopped;

    Disruptions(FaultStack stack, long seed) {
        this.stack = stack;
        this.random = new Random(seed);
    }

    /** @param what the row of the table */
    record Event(String what, Instant from, Instant to) {}

    private record Disruption(String what, Runnable action) {}

    /** One round: each once, in an order that the seed decides. Ends early once {@link #stop} is called. */
    void round() {
        List<Disruption> all = all();
        Collections.shuffle(all, random);
        for (Disruption disruption : all) {
            if (stopped) {
                return;
            }
            Instant from = Instant.now();
            disruption.action().run();
            events.add(new Event(disruption.what(), from, Instant.now()));
            rest(REST);
        }
    }

    void stop() {
        stopped = true;
    }

    List<Event> events() {
        return List.copyOf(events);
    }

    private List<Disruption> all() {
        List<Disruption> all = new ArrayList<>();
        for (String service : FaultStack.SERVICES) {
            all.add(new Disruption("kill -9 " + service, () -> restart("kill-service", "start-service", service)));
            all.add(new Disruption("SIGTERM " + service, () -> restart("stop-service", "start-service", service)));
        }
        for (String server : FaultStack.SERVERS) {
            all.add(new Disruption("kill -9 " + server, () -> restart("kill-server", "start-server", server)));
        }
        for (String server : List.of("postgresql", "rabbitmq", "redis", "s3", "kie")) {
            all.add(new Disruption(
                    "connections cut: " + server, () -> stack.proxy(server).cut()));
            all.add(new Disruption("away for 4 s: " + server, () -> away(server)));
            all.add(new Disruption("100 ms slower: " + server, () -> slow(server)));
        }
        all.add(new Disruption("S3 takes no files", Disruptions::bucketAway));
        all.add(new Disruption("KIE blocks our account", () -> account("blocked=true")));
        all.add(new Disruption("KIE account empty", () -> account("credits=0")));
        all.add(new Disruption("forged callbacks", Disruptions::forgeCallbacks));
        return all;
    }

    private void restart(String end, String start, String name) {
        FaultStack.COMMAND.run(end, name);
        FaultStack.COMMAND.run(start, name);
    }

    private void away(String server) {
        stack.proxy(server).refuse(true);
        rest(Duration.ofSeconds(4));
        stack.proxy(server).refuse(false);
    }

    private void slow(String server) {
        stack.proxy(server).delay(Duration.ofMillis(100));
        rest(Duration.ofSeconds(3));
        stack.proxy(server).delay(Duration.ZERO);
    }

    /** As with a full disk, every attempt to store is answered with an error. */
    private static void bucketAway() {
        Path bucket = StackCommand.root().resolve(".local/faults/s3/faults-outputs");
        Path away = bucket.resolveSibling("away");
        try {
            Files.move(bucket, away);
            rest(Duration.ofSeconds(4));
            Files.move(away, bucket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void account(String trouble) {
        var simulator = new Client(FaultStack.SIMULATOR);
        simulator.post("/admin/account?" + trouble, Map.of());
        rest(Duration.ofSeconds(3));
        simulator.post("/admin/account", Map.of());
    }

    private static void forgeCallbacks() {
        var anybody = new Client(FaultStack.GATEWAY);
        for (List<String> row :
                FaultStack.COMMAND.query("SELECT id FROM studio.generations ORDER BY id DESC LIMIT 20")) {
            String path = "/api/v1/provider/kie/callback/" + row.getFirst() + "/" + "0".repeat(64);
            try {
                anybody.post(path, Map.of("code", 200, "data", Map.of("taskId", "forged-" + UUID.randomUUID())));
            } catch (RuntimeException e) {
                // The gateway is away: nothing is forged then.
                return;
            }
        }
    }

    /** How long a fault lasts is part of the fault. */
    private static void rest(Duration time) {
        LockSupport.parkNanos(time.toNanos());
    }
}
