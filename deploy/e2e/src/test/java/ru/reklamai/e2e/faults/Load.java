package ru.reklamai.e2e.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import ru.reklamai.e2e.Client;

/** Users who order whatever happens: an order that gets no answer is sent again under the same key. */
final class Load implements AutoCloseable {

    private static final int USERS = 20;
    private static final long RETRY_MS = 400;

    private final List<Client> clients = new ArrayList<>();
    private final List<Watch> watches = new ArrayList<>();
    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(4);
    private final Map<String, Order> accepted = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<String> refused = new ConcurrentLinkedQueue<>();
    private final long runId;
    private final CountDownLatch open;
    private final List<Order> orders = new ArrayList<>();

    Load(int count, long seed) {
        runId = System.currentTimeMillis();
        open = new CountDownLatch(count);
        Random random = new Random(seed);
        for (int i = 0; i < count; i++) {
            orders.add(Order.of(i, USERS, random));
        }
        for (int i = 0; i < USERS; i++) {
            var client = new Client(FaultStack.GATEWAY);
            client.enter("faults-" + runId + "-" + i + "@example.org", "correct horse");
            clients.add(client);
            watches.add(new Watch(client, clock));
        }
    }

    void start(double perSecond) {
        for (Order order : orders) {
            var unused = clock.schedule(
                    () -> submit(order), (long) (order.number() * 1000 / perSecond), TimeUnit.MILLISECONDS);
        }
    }

    private void submit(Order order) {
        Thread.ofVirtual().start(() -> {
            Client.Answer answer = post(order);
            if (answer != null && answer.status() == 202) {
                String id = answer.body().path("generationId").asText();
                accepted.put(id, order);
                open.countDown();
                order.cancelAfter().ifPresent(after -> cancelLater(order, id, after));
            } else if (answer == null || answer.status() >= 500 || answer.status() == 429 || answer.status() == 401) {
                var unused = clock.schedule(() -> submit(order), RETRY_MS, TimeUnit.MILLISECONDS);
            } else {
                refused.add(answer.status() + " " + answer.body());
                open.countDown();
            }
        });
    }

    /** Null where there was no answer. */
    private Client.Answer post(Order order) {
        try {
            return clients.get(order.user())
                    .post(
                            "/api/v1/generate",
                            Map.of("presetKey", order.preset(), "modelKey", order.model(), "prompt", order.prompt()),
                            "Idempotency-Key",
                            "order-" + runId + "-" + order.number());
        } catch (RuntimeException e) {
            return null;
        }
    }

    private void cancelLater(Order order, String id, Duration after) {
        var unused = clock.schedule(() -> cancel(order, id), after.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void cancel(Order order, String id) {
        Thread.ofVirtual().start(() -> {
            try {
                clients.get(order.user()).post("/api/v1/generations/" + id + "/cancel", Map.of());
            } catch (RuntimeException e) {
                // Its owner gives up trying: then it goes on, which is as good a case.
                return;
            }
        });
    }

    /** Returns whether every order has been answered. */
    boolean awaitAnswers(long seconds) throws InterruptedException {
        return open.await(seconds, TimeUnit.SECONDS);
    }

    long unanswered() {
        return open.getCount();
    }

    Map<String, Order> accepted() {
        return accepted;
    }

    List<String> refused() {
        return List.copyOf(refused);
    }

    Client client(int user) {
        return clients.get(user);
    }

    Watch watchOf(Order order) {
        return watches.get(order.user());
    }

    List<String> complaints() {
        return watches.stream().flatMap(watch -> watch.complaints().stream()).toList();
    }

    @Override
    public void close() {
        watches.forEach(Watch::close);
        clock.shutdownNow();
    }
}
