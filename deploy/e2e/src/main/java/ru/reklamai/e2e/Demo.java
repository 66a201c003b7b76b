package ru.reklamai.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The main job as a user sees it, in the terminal. Ends with 1 if anything is off. */
public final class Demo {

    private final Client client;
    private final Terminal terminal;
    private final Orders orders;

    private Demo(Client client, Terminal terminal) {
        this.client = client;
        this.terminal = terminal;
        this.orders = new Orders(client, terminal);
    }

    public static void main(String[] arguments) throws IOException {
        var terminal = new Terminal();
        String gateway = arguments.length > 0 ? arguments[0] : "http://127.0.0.1:8080";
        try {
            new Demo(new Client(gateway), terminal).run();
        } catch (RuntimeException | InterruptedException e) {
            terminal.failure(e.getMessage());
            System.exit(1);
        }
        System.exit(0);
    }

    private void run() throws InterruptedException, IOException {
        new Client(client.gateway()).enter("demo@reklamai.local", "demo-password");
        signUp();
        BigDecimal before = balance();
        terminal.line("credits: " + before);
        showCatalogue();
        try (Updates updates = client.connect("", orders::take)) {
            makeImageAndVideo(upload());
            failOnce();
            showCredits(before);
            terminal.title("How fast");
            new Speed(client, terminal, orders).measure();
            terminal.check(!updates.closed().isDone(), "the WebSocket stayed open");
        }
        terminal.success("The main job works");
    }

    private void signUp() {
        terminal.title("Sign up and log in");
        String email = "demo-" + System.currentTimeMillis() + "@reklamai.local";
        terminal.expect(201, client.enter(email, "demo-password"), "registration");
        terminal.line("registered as " + email);
    }

    private void showCatalogue() {
        terminal.title("What can be ordered");
        JsonNode models =
                terminal.expect(200, client.get("/api/v1/models"), "models").path("items");
        models.forEach(model -> terminal.line("%-44s %-6s %6s credits"
                .formatted(
                        model.path("key").asText(),
                        model.path("modality").asText(),
                        model.path("credits").asText())));
        terminal.check(models.size() > 20, "the catalogue has " + models.size() + " models");
    }

    private void makeImageAndVideo(String reference) throws InterruptedException {
        terminal.title("Generate an image and a video; status as it arrives over the WebSocket");
        String image = orders.place(
                "image",
                Map.of(
                        "presetKey", "image-edit",
                        "modelKey", "google/nano-banana-edit",
                        "prompt", "The same cup, on a marble table, morning light",
                        "input", Map.of("referenceImagePath", reference)));
        String video = orders.place(
                "video",
                Map.of(
                        "presetKey", "video-gen",
                        "modelKey", "bytedance/v1-pro-text-to-video",
                        "prompt", "Steam rising from a cup, slow motion"));
        orders.awaitEnd(image);
        orders.awaitEnd(video);
        terminal.title("Download both files");
        downloaded(image, new byte[] {(byte) 0x89, 'P', 'N', 'G'}, 0, "a PNG image");
        downloaded(video, "ftyp".getBytes(StandardCharsets.US_ASCII), 4, "an MP4 video");
    }

    private void failOnce() throws InterruptedException {
        terminal.title("A generation that fails");
        BigDecimal before = balance();
        String failing = orders.place(
                "failing",
                Map.of("presetKey", "image-gen", "modelKey", "google/nano-banana", "prompt", "A cup [fail]"));
        orders.awaitEnd(failing);
        JsonNode generation = client.get("/api/v1/generations/" + failing).body();
        terminal.check(generation.path("status").asText().equals("failed"), "it failed, and says why");
        terminal.check(balance().compareTo(before) == 0, "its credit came back: " + balance());
    }

    private void showCredits(BigDecimal before) {
        terminal.title("Credits");
        BigDecimal after = balance();
        terminal.line("before " + before + ", after " + after);
        ledger();
        terminal.check(
                before.subtract(after).compareTo(new BigDecimal("8.00")) == 0,
                "1 for the image and 7 for the video were spent");
    }

    private String upload() throws IOException {
        terminal.title("Upload a reference image");
        byte[] picture = picture();
        JsonNode ticket = terminal.expect(
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
        terminal.check(client.put(ticket.path("uploadUrl").asText(), picture) == 200, "the presigned upload was taken");
        terminal.line("stored as " + ticket.path("path").asText());
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

    private void downloaded(String id, byte[] magic, int offset, String what) {
        String url = terminal.expect(200, client.post("/api/v1/download", Map.of("generationId", id)), "download")
                .path("url")
                .asText();
        byte[] file = client.download(url).raw().body();
        boolean real = file.length > 1000
                && java.util.Arrays.equals(magic, java.util.Arrays.copyOfRange(file, offset, offset + magic.length));
        terminal.check(real, "%s is %s of %d bytes".formatted(orders.nameOf(id), what, file.length));
    }

    private void ledger() {
        JsonNode entries = terminal.expect(200, client.get("/api/v1/credits/ledger"), "ledger")
                .path("items");
        for (int i = entries.size() - 1; i >= 0; i--) {
            JsonNode entry = entries.get(i);
            String generationId = entry.path("generationId").asText("");
            terminal.line("  %-9s %8s  balance %+8.2f  %s"
                    .formatted(
                            entry.path("type").asText(),
                            entry.path("amount").asText(),
                            entry.path("balanceEffect").asDouble(),
                            generationId.isEmpty() ? entry.path("reference").asText() : orders.nameOf(generationId)));
        }
    }

    private BigDecimal balance() {
        return terminal.expect(200, client.get("/api/v1/credits"), "credits")
                .path("balance")
                .decimalValue();
    }
}
