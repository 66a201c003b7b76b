package ru.reklamai.simulator.task;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A task whose state follows from the time alone.
 *
 * @param results how many files it makes
 * @param queries how often its status was asked for
 * @param fetches how often one of its files was asked for
 */
public record SimulatedTask(
        String taskId,
        Family family,
        String model,
        String param,
        Optional<String> callBackUrl,
        Kind kind,
        int results,
        Set<Fault> faults,
        Instant createdAt,
        Duration runTime,
        AtomicInteger queries,
        AtomicInteger fetches) {

    public enum Phase {
        RUNNING,
        SUCCEEDED,
        FAILED
    }

    public enum Kind {
        PNG("png", "image/png"),
        JPEG("jpg", "image/jpeg"),
        WEBP("webp", "image/webp"),
        MP4("mp4", "video/mp4"),
        MP3("mp3", "audio/mpeg");

        public final String extension;
        public final String contentType;

        Kind(String extension, String contentType) {
            this.extension = extension;
            this.contentType = contentType;
        }

        static Kind of(String model, String outputFormat) {
            if (model.contains("video") || model.startsWith("sora")) {
                return MP4;
            }
            if (model.startsWith("elevenlabs")) {
                return MP3;
            }
            return switch (outputFormat) {
                case "jpeg", "jpg" -> JPEG;
                case "webp" -> WEBP;
                default -> PNG;
            };
        }

        public Kind another() {
            return this == MP3 ? PNG : MP3;
        }
    }

    public boolean has(Fault fault) {
        return faults.contains(fault);
    }

    public Phase phaseAt(Instant now) {
        if (partAt(now) < 1) {
            return Phase.RUNNING;
        }
        return has(Fault.FAIL) ? Phase.FAILED : Phase.SUCCEEDED;
    }

    public int progressAt(Instant now) {
        return (int) Math.min(100, partAt(now) * 100);
    }

    public Instant endsAt() {
        return createdAt.plus(runTime);
    }

    /** The name tells what the file's address will answer. */
    public String fileName(int position) {
        boolean spoiled = has(Fault.ONE_OF_TWO) && position == 1;
        String name = has(Fault.MISSING_FILE) || spoiled
                ? "missing"
                : has(Fault.HTML_FILE)
                        ? "page"
                        : has(Fault.EMPTY_FILE)
                                ? "empty"
                                : has(Fault.WRONG_TYPE)
                                        ? "other"
                                        : has(Fault.BUSY_FILE) ? "busy" : isExpired() ? "expired" : "result";
        return name + "." + kind.extension;
    }

    private boolean isExpired() {
        return has(Fault.EXPIRED_URL) || (has(Fault.EXPIRED_STATUS_URL) && fetches.get() == 0);
    }

    private double partAt(Instant now) {
        if (has(Fault.NEVER)) {
            return 0.5;
        }
        return (double) Duration.between(createdAt, now).toMillis() / Math.max(1, runTime.toMillis());
    }
}
