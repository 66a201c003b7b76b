package ru.reklamai.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The main job as a user sees it, in the terminal. Ends with 1 if anything is off. */
public final class Demo {

    private static final List<String> ENDED = List.of("succeeded", "failed", "cancelled");
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int WARM_UPS = 300;
    private static final int WARM_UP_ORDERS = 15;
    private static final int MEASURED = 8;

    private final PrintStream out;
    private final Client client;
    private final Instant startedAt = Instant.now();
    private final Map<String, String> names = new ConcurrentHashMap<>();
    private final Map<String, CountDownLatch> ends = new ConcurrentHashMap<>();
    private final List<Long> pushDelays = new ArrayList<>();

    private Demo(Client client, PrintStream out) {
        this.client = client;
        this.out = out;
    }

    /** Something is not as it should be; the message says what. */
    private static final class DemoFailedException extends RuntimeException {
        DemoFailedException(String message) {
            super(message);
        }
    }

    public static void main(String[] arguments) throws IOException {
        var out =
                new PrintStream(new java.io.FileOutputStream(java.io.FileDescriptor.out), true, StandardCharsets.UTF_8);
        String gateway = arguments.length > 0 ? arguments[0] : "http://127.0.0.1:8080";
        try {
            new Demo(new Client(gateway), out).run();
        } catch (RuntimeException | InterruptedException e) {
            out.println("\u001b[31m✗ " + e.getMessage() + "\u001b[0m");
            System.exit(1);
        }
        System.exit(0);
    }

    private void run() throws InterruptedException, IOException {
        new Client(client.gateway()).enter("demo@reklamai.local", "demo-password");
        title("Sign up and log in");
        String email = "demo-" + System.currentTimeMillis() + "@reklamai.local";
        expect(201, client.enter(email, "demo-password"), "registration");
        line("registered as " + email);
        BigDecimal before = balance();
        line("credits: " + before);

        title("What can be ordered");
        JsonNode models = expect(200, client.get("/api/v1/models"), "models").path("items");
        models.forEach(model -> line("%-44s %-6s %6s credits"
                .formatted(
                        model.path("key").asText(),
                        model.path("modality").asText(),
                        model.path("credits").asText())));
        check(models.size() > 20, "the catalogue has " + models.size() + " models");

        try (Client.Updates updates = client.connect("", this::onUpdate)) {
            title("Upload a reference image");
            String reference = upload();
            line("stored as " + reference);

            title("Generate an image and a video; status as it arrives over the WebSocket");
            String image = generate(
                    "image",
                    Map.of(
                            "presetKey", "image-edit",
                            "modelKey", "google/nano-banana-edit",
                            "prompt", "The same cup, on a marble table, morning light",
                            "input", Map.of("referenceImagePath", reference)));
            String video = generate(
                    "video",
                    Map.of(
                            "presetKey", "video-gen",
                            "modelKey", "bytedance/v1-pro-text-to-video",
                            "prompt", "Steam rising from a cup, slow motion"));
            await(image);
            await(video);

            title("Download both files");
            downloaded(image, new byte[] {(byte) 0x89, 'P', 'N', 'G'}, 0, "a PNG image");
            downloaded(video, "ftyp".getBytes(StandardCharsets.US_ASCII), 4, "an MP4 video");

            title("A generation that fails");
            BigDecimal beforeFailure = balance();
            String failing = generate(
                    "failing",
                    Map.of("presetKey", "image-gen", "modelKey", "google/nano-banana", "prompt", "A cup [fail]"));
            await(failing);
            check(
                    client.get("/api/v1/generations/" + failing)
                            .body()
                            .path("status")
                            .asText()
                            .equals("failed"),
                    "it failed, and says why");
            check(balance().compareTo(beforeFailure) == 0, "its credit came back: " + balance());

            title("Credits");
            BigDecimal after = balance();
            line("before " + before + ", after " + after);
            ledger();
            check(
                    before.subtract(after).compareTo(new BigDecimal("8.00")) == 0,
                    "1 for the image and 7 for the video were spent");

            measure();
            check(!updates.closed().isDone(), "the WebSocket stayed open");
        }
        line("");
        out.printf(
                "\u001b[32m\u001b[1m✓ The main job works, %s s\u001b[0m%n",
                Duration.between(startedAt, Instant.now()).toSeconds());
    }

    private String upload() throws IOException {
        byte[] picture = picture();
        JsonNode ticket = expect(
                200,
                client.post(
                        "/api/v1/upload",
                        Map.of(
                                "purpose",
                                "reference",
                                "fileName",
                                "cup.png",
                                "contentType",
                                "image/png",
                                "fileSize",
                                picture.length)),
                "upload");
        check(client.put(ticket.path("uploadUrl").asText(), picture) == 200, "the presigned upload was taken");
        return ticket.path("path").asText();
    }

    private static byte[] picture() throws IOException {
        var image = new java.awt.image.BufferedImage(256, 256, java.awt.image.BufferedImage.TYPE_INT_RGB);
        for (int x = 0; x < 256; x++) {
            for (int y = 0; y < 256; y++) {
                image.setRGB(x, y, x << 16 | y << 8 | 0x80);
            }
        }
        var bytes = new ByteArrayOutputStream();
        javax.imageio.ImageIO.write(image, "png", bytes);
        return bytes.toByteArray();
    }

    private String generate(String name, Map<String, Object> request) {
        Client.Answer answer = client.post("/api/v1/generate", request);
        String id = expect(202, answer, "generate").path("generationId").asText();
        names.put(id, name);
        line("%-8s ordered, answered in %.1f ms, %s credits reserved"
                .formatted(
                        name,
                        answer.millis(),
                        answer.body().path("reservedCredits").asText()));
        return id;
    }

    private void onUpdate(Client.Update update) {
        String id = update.generationId();
        Instant committedAt = Instant.parse(update.message().path("at").asText());
        long delay = Duration.between(committedAt, update.receivedAt()).toMillis();
        synchronized (pushDelays) {
            pushDelays.add(delay);
        }
        if (names.containsKey(id)) {
            String progress = update.message().has("progress")
                    ? update.message().path("progress").asText() + " %"
                    : "";
            String error = update.message().path("error").path("message").asText("");
            line("%-8s %-10s %-6s +%d ms after its commit  %s"
                    .formatted(names.get(id), update.status(), progress, delay, error));
        }
        if (ENDED.contains(update.status())) {
            end(id).countDown();
        }
    }

    private CountDownLatch end(String id) {
        return ends.computeIfAbsent(id, key -> new CountDownLatch(1));
    }

    private void await(String id) throws InterruptedException {
        boolean ended = end(id).await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (names.containsKey(id) || !ended) {
            check(ended, names.getOrDefault(id, id) + " has ended");
        }
    }

    private void downloaded(String id, byte[] magic, int offset, String what) {
        String url = expect(200, client.post("/api/v1/download", Map.of("generationId", id)), "download")
                .path("url")
                .asText();
        byte[] file = client.download(url).raw().body();
        boolean real = file.length > 1000
                && java.util.Arrays.equals(magic, java.util.Arrays.copyOfRange(file, offset, offset + magic.length));
        check(real, "%s is %s of %d bytes".formatted(names.get(id), what, file.length));
    }

    private void ledger() {
        JsonNode entries =
                expect(200, client.get("/api/v1/credits/ledger"), "ledger").path("items");
        for (int i = entries.size() - 1; i >= 0; i--) {
            JsonNode entry = entries.get(i);
            String generationId = entry.path("generationId").asText("");
            line("  %-9s %8s  balance %+8.2f  %s"
                    .formatted(
                            entry.path("type").asText(),
                            entry.path("amount").asText(),
                            entry.path("balanceEffect").asDouble(),
                            generationId.isEmpty()
                                    ? entry.path("reference").asText()
                                    : names.getOrDefault(generationId, generationId)));
        }
    }

    /** One at a time, each after the one before was taken by the provider: the figures are of an idle machine. */
    private void measure() throws InterruptedException {
        title("How fast");
        for (int i = 0; i < WARM_UPS; i++) {
            balance();
        }
        for (String warmUp :
                Stream.generate(() -> idOf(order())).limit(WARM_UP_ORDERS).toList()) {
            await(warmUp);
        }
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < MEASURED; i++) {
            Client.Answer answer = order();
            millis.add(answer.millis());
            await(idOf(answer));
        }
        millis.sort(null);
        line(String.format(
                Locale.ROOT,
                "generate through the gateway: p50 %.1f ms, slowest %.1f ms of %d",
                millis.get(MEASURED / 2),
                millis.getLast(),
                MEASURED));
        synchronized (pushDelays) {
            pushDelays.sort(null);
            line("from commit to WebSocket: p50 %d ms, slowest %d ms of %d"
                    .formatted(pushDelays.get(pushDelays.size() / 2), pushDelays.getLast(), pushDelays.size()));
        }
    }

    private Client.Answer order() {
        return client.post(
                "/api/v1/generate",
                Map.of("presetKey", "image-gen", "modelKey", "google/nano-banana", "prompt", "One more cup"));
    }

    private String idOf(Client.Answer answer) {
        return expect(202, answer, "generate").path("generationId").asText();
    }

    private BigDecimal balance() {
        return expect(200, client.get("/api/v1/credits"), "credits")
                .path("balance")
                .decimalValue();
    }

    private JsonNode expect(int status, Client.Answer answer, String what) {
        if (answer.status() != status) {
            throw new DemoFailedException(what + " answered " + answer.status() + ": " + answer.body());
        }
        return answer.body();
    }

    private void check(boolean right, String fact) {
        if (!right) {
            throw new DemoFailedException("not so: " + fact);
        }
        out.println("\u001b[32m  ✓\u001b[0m " + fact);
    }

    private void title(String text) {
        out.println("\n\u001b[1m" + text + "\u001b[0m");
    }

    private synchronized void line(String text) {
        double seconds = Duration.between(startedAt, Instant.now()).toMillis() / 1000.0;
        out.printf(Locale.ROOT, "\u001b[2m%6.2f\u001b[0m %s%n", seconds, text);
    }
}
