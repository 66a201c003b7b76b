package ru.reklamai.e2e;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** How fast it is. One order at a time, each after the end of the one before: the figures are of an idle machine. */
final class Speed {

    private static final int WARM_UPS = 300;
    private static final int WARM_UP_ORDERS = 15;
    private static final int MEASURED = 8;

    private final Client client;
    private final Terminal terminal;
    private final Orders orders;

    Speed(Client client, Terminal terminal, Orders orders) {
        this.client = client;
        this.terminal = terminal;
        this.orders = orders;
    }

    void measure() throws InterruptedException {
        warmUp();
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < MEASURED; i++) {
            Client.Answer answer = order();
            millis.add(answer.millis());
            orders.awaitEnd(idOf(answer));
        }
        millis.sort(null);
        terminal.line(String.format(
                Locale.ROOT,
                "generate through the gateway: p50 %.1f ms, slowest %.1f ms of %d",
                millis.get(MEASURED / 2),
                millis.getLast(),
                MEASURED));
        List<Long> delays = orders.pushDelays();
        terminal.line("from commit to WebSocket: p50 %d ms, slowest %d ms of %d"
                .formatted(delays.get(delays.size() / 2), delays.getLast(), delays.size()));
    }

    private void warmUp() throws InterruptedException {
        for (int i = 0; i < WARM_UPS; i++) {
            terminal.expect(200, client.get("/api/v1/credits"), "credits");
        }
        for (String id :
                Stream.generate(() -> idOf(order())).limit(WARM_UP_ORDERS).toList()) {
            orders.awaitEnd(id);
        }
    }

    private Client.Answer order() {
        return client.post(
                "/api/v1/generate",
                Map.of("presetKey", "image-gen", "modelKey", "google/nano-banana", "prompt", "One more cup"));
    }

    private String idOf(Client.Answer answer) {
        return terminal.expect(202, answer, "generate").path("generationId").asText();
    }
}
