package ru.reklamai.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;
import ru.reklamai.e2e.Client;

/**
 * The promise: whatever dies, and whenever, every accepted generation ends once, is settled once, and its owner's client
 * learns it; no provider task is paid for twice without being counted. {@code ./reklamai test faults ORDERS SEED}.
 */
class FaultsTest {

    private static final int ORDERS = Integer.getInteger("faults.orders", 400);
    private static final long SEED = Long.getLong("faults.seed", 3);
    private static final double PER_SECOND = Double.parseDouble(System.getProperty("faults.rate", "4"));
    private static final String ACTIVE =
            "SELECT count(*) FROM studio.generations WHERE status IN ('queued', 'processing')";
    private static final String UNSETTLED_TASKS = """
            SELECT count(*)
            FROM provider.provider_tasks
            WHERE status IN ('pending', 'submitting', 'running', 'delivering')
               OR version > published_version
            """;
    private static final int OUTAGE_ORDERS = 200;

    @Test
    void nothingIsLostAndNothingIsPaidTwice() throws Exception {
        Instant startedAt = Instant.now();
        try (var stack = new FaultStack();
                var duplicator = new Duplicator(SEED);
                var load = new Load(ORDERS, SEED)) {
            var disruptions = new Disruptions(stack, SEED);
            load.start(PER_SECOND);
            Thread chaos = Thread.ofVirtual().start(() -> {
                do {
                    disruptions.round();
                } while (load.unanswered() > 0);
            });
            assertThat(load.awaitAnswers(TimeUnit.HOURS.toSeconds(2))).isTrue();
            disruptions.stop();
            chaos.join();
            awaitQuiet(load);
            var verdict = new Verdict(load);
            print(verdict.table(disruptions.events()));
            print(List.of(
                    "  | orders %d, seed %d, took %d s; ended: %s"
                            .formatted(
                                    ORDERS,
                                    SEED,
                                    Duration.between(startedAt, Instant.now()).toSeconds(),
                                    verdict.byStatus()),
                    "  | paid provider tasks %d, generations with more than one %d, submissions repeated and counted %d"
                            .formatted(verdict.paidTasks(), verdict.paidTwice(), verdict.resubmissions()),
                    "  | messages duplicated %d".formatted(duplicator.published())));
            print(verdict.findings().stream()
                    .limit(30)
                    .map(line -> "  | WRONG: " + line)
                    .toList());
            recovery(load.client(0));
            outage(load.client(0));
            degradation(stack, load.client(0));
            assertThat(verdict.findings()).isEmpty();
            assertThat(duplicator.deadLetters()).isZero();
        }
    }

    /** What does not come to rest in time is in the verdict. */
    private static void awaitQuiet(Load load) {
        try {
            await().atMost(Duration.ofMinutes(6))
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> isQuiet(load));
        } catch (ConditionTimeoutException e) {
            print(List.of("  | it did not come to rest within six minutes"));
        }
    }

    private static boolean isQuiet(Load load) {
        return FaultStack.COMMAND.number(ACTIVE) == 0
                && FaultStack.COMMAND.number(UNSETTLED_TASKS) == 0
                && load.accepted().entrySet().stream().noneMatch(entry -> load.watchOf(entry.getValue())
                        .endsOf(entry.getKey())
                        .isEmpty());
    }

    /** From a server's death until a new order has gone all the way, less what an order takes anyway. */
    private static void recovery(Client client) {
        Duration usual = timeOfAnOrder(client, "no fault");
        Map<String, Duration> times = new LinkedHashMap<>();
        for (String server : FaultStack.SERVERS) {
            FaultStack.COMMAND.run("kill-server", server);
            FaultStack.COMMAND.run("start-server", server);
            Duration time = timeOfAnOrder(client, "restart of " + server).minus(usual);
            times.put(server, time.isNegative() ? Duration.ZERO : time);
        }
        times.forEach((server, time) ->
                print(List.of("  | after a restart of %s orders go through %.1f s later than usual (%.1f s)"
                        .formatted(server, time.toMillis() / 1000.0, usual.toMillis() / 1000.0))));
        assertThat(times.values()).allMatch(time -> time.compareTo(Duration.ofSeconds(30)) < 0);
    }

    private static Duration timeOfAnOrder(Client client, String after) {
        Instant from = Instant.now();
        String id = await("an order taken after " + after)
                .atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .until(() -> order(client), answer -> answer.status() == 202)
                .body()
                .path("generationId")
                .asText();
        await("a success after " + after).atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(
                        client.get("/api/v1/generations/" + id)
                                .body()
                                .path("status")
                                .asText())
                .isEqualTo("succeeded"));
        return Duration.between(from, Instant.now());
    }

    /** Without a broker orders are still answered, as fast as ever, and go through once it is back. */
    private static void outage(Client client) {
        FaultStack.COMMAND.run("stop-server", "rabbitmq");
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < OUTAGE_ORDERS; i++) {
            Client.Answer answer = order(client);
            assertThat(answer.status()).isEqualTo(202);
            millis.add(answer.millis());
        }
        Collections.sort(millis);
        print(List.of(String.format(
                Locale.ROOT,
                "  | generate without RabbitMQ: p50 %.1f ms, p99 %.1f ms of %d",
                millis.get(OUTAGE_ORDERS / 2),
                millis.get(OUTAGE_ORDERS * 99 / 100),
                OUTAGE_ORDERS)));
        Instant back = Instant.now();
        FaultStack.COMMAND.run("start-server", "rabbitmq");
        await().atMost(Duration.ofMinutes(3)).until(() -> FaultStack.COMMAND.number(ACTIVE) == 0);
        print(List.of("  | all %d had ended %d s after its start"
                .formatted(OUTAGE_ORDERS, Duration.between(back, Instant.now()).toSeconds())));
        assertThat(millis.get(OUTAGE_ORDERS * 99 / 100)).isLessThan(50);
    }

    /** Without Redis and KIE orders are taken; without PostgreSQL they are refused in words that say when to come back. */
    private static void degradation(FaultStack stack, Client client) {
        for (String server : List.of("redis", "kie")) {
            Client.Answer answer = without(stack.proxy(server), client);
            assertThat(answer.status()).as(server).isEqualTo(202);
        }
        Client.Answer refused = without(stack.proxy("postgresql"), client);
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.raw().headers().firstValue("Retry-After")).isPresent();
        await().atMost(Duration.ofMinutes(1))
                .ignoreExceptions()
                .until(() -> order(client).status() == 202);
        await().atMost(Duration.ofMinutes(2)).until(() -> FaultStack.COMMAND.number(ACTIVE) == 0);
        print(List.of(
                "  | without Redis or KIE orders are taken; without PostgreSQL the answer is 503 with Retry-After"));
    }

    private static Client.Answer without(TcpProxy server, Client client) {
        server.refuse(true);
        try {
            return order(client);
        } finally {
            server.refuse(false);
        }
    }

    private static Client.Answer order(Client client) {
        return client.post(
                "/api/v1/generate",
                Map.of("presetKey", "image-gen", "modelKey", "google/nano-banana", "prompt", "a cup"));
    }

    private static void print(List<String> lines) {
        lines.forEach(line -> System.err.println(line));
    }
}
