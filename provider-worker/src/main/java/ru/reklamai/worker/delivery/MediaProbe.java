package ru.reklamai.worker.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Looks into files with ffmpeg's tools: what they really are, and what their thumbnails show. */
@ApplicationScoped
class MediaProbe {

    /** A frame or a header takes a second or two; what takes longer hangs. */
    private static final int TIMEOUT_SECONDS = 60;
    /** By SIGKILL, by SIGTERM, and how ffmpeg ends itself on a signal: that says nothing about the file. */
    private static final Set<Integer> ENDED_BY_SIGNAL = Set.of(137, 143, 255);

    private final ObjectMapper json;
    private final Semaphore free = new Semaphore(Runtime.getRuntime().availableProcessors(), true);

    MediaProbe(ObjectMapper json) {
        this.json = json;
    }

    /** @param extension without a dot */
    record Media(
            String contentType,
            String extension,
            Optional<Integer> width,
            Optional<Integer> height,
            Optional<Long> durationMs) {

        boolean fits(String modality) {
            return switch (modality) {
                case "video" -> contentType.startsWith("video/");
                case "audio" -> contentType.startsWith("audio/");
                default -> contentType.startsWith("image/");
            };
        }
    }

    /** Returns empty if the file is no image, video or sound that we know. */
    Optional<Media> probe(Path file) throws IOException {
        var output = run(List.of(
                "ffprobe",
                "-v",
                "error",
                "-show_entries",
                "format=format_name,duration:stream=codec_type,codec_name,width,height",
                "-of",
                "json",
                file.toString()));
        return output.isEmpty() ? Optional.empty() : toMedia(json.readTree(output.get()));
    }

    /** Writes a WebP of at most 512 pixels' width; false if there is nothing to see in the file. */
    boolean makeThumbnail(Path file, Path thumbnail) throws IOException {
        return run(List.of(
                        "ffmpeg",
                        "-v",
                        "error",
                        "-y",
                        "-i",
                        file.toString(),
                        "-frames:v",
                        "1",
                        "-vf",
                        "scale='min(512,iw)':-2",
                        "-c:v",
                        "libwebp",
                        "-quality",
                        "80",
                        thumbnail.toString()))
                .isPresent();
    }

    private static Optional<Media> toMedia(JsonNode probed) {
        String format = probed.path("format").path("format_name").asText();
        Optional<Long> duration = Optional.of(
                        probed.path("format").path("duration").asDouble(0))
                .filter(seconds -> seconds > 0)
                .map(seconds -> Math.round(seconds * 1000));
        return pictureIn(probed)
                .flatMap(picture -> visible(picture, format, duration))
                .or(() -> audible(format, duration));
    }

    /** A file that is cut off may name a picture and not say how large it is. */
    private static Optional<JsonNode> pictureIn(JsonNode probed) {
        return probed.path("streams")
                .valueStream()
                .filter(stream -> stream.path("codec_type").asText().equals("video"))
                .filter(stream -> stream.path("width").asInt() > 0)
                .findFirst();
    }

    private static Optional<Media> visible(JsonNode picture, String format, Optional<Long> duration) {
        Optional<Integer> width = Optional.of(picture.path("width").asInt());
        Optional<Integer> height = Optional.of(picture.path("height").asInt());
        if (format.contains("_pipe") || format.equals("image2")) {
            return switch (picture.path("codec_name").asText()) {
                case "png" -> Optional.of(new Media("image/png", "png", width, height, Optional.empty()));
                case "mjpeg" -> Optional.of(new Media("image/jpeg", "jpg", width, height, Optional.empty()));
                case "webp" -> Optional.of(new Media("image/webp", "webp", width, height, Optional.empty()));
                default -> Optional.empty();
            };
        }
        if (format.contains("mp4")) {
            return Optional.of(new Media("video/mp4", "mp4", width, height, duration));
        }
        return format.contains("webm")
                ? Optional.of(new Media("video/webm", "webm", width, height, duration))
                : Optional.empty();
    }

    private static Optional<Media> audible(String format, Optional<Long> duration) {
        return switch (format) {
            case "mp3" -> Optional.of(new Media("audio/mpeg", "mp3", Optional.empty(), Optional.empty(), duration));
            case "wav" -> Optional.of(new Media("audio/wav", "wav", Optional.empty(), Optional.empty(), duration));
            default -> Optional.empty();
        };
    }

    /** At most one process a processor: more of them would only take turns. */
    private Optional<String> run(List<String> command) throws IOException {
        free.acquireUninterruptibly();
        try {
            return runNow(command);
        } finally {
            free.release();
        }
    }

    private static Optional<String> runNow(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectInput(Path.of("/dev/null").toFile())
                .start();
        try {
            process.onExit()
                    .orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                    .exceptionally(late -> process.destroyForcibly());
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int exit = process.waitFor();
            if (ENDED_BY_SIGNAL.contains(exit)) {
                throw new IOException(command.getFirst() + " was ended by a signal");
            }
            return exit == 0 ? Optional.of(output) : Optional.empty();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted", e);
        }
    }
}
