package ru.reklamai.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** A task whose state follows from the time alone. */
record SimulatedTask(
        String taskId,
        String model,
        String param,
        Optional<String> callBackUrl,
        Kind kind,
        Set<Fault> faults,
        Instant createdAt,
        Duration runTime) {

    enum Kind {
        PNG("png", "image/png"),
        JPEG("jpg", "image/jpeg"),
        WEBP("webp", "image/webp"),
        MP4("mp4", "video/mp4"),
        MP3("mp3", "audio/mpeg");

        final String extension;
        final String contentType;

        Kind(String extension, String contentType) {
            this.extension = extension;
            this.contentType = contentType;
        }

        static Kind of(String model, String outputFormat) {
            if (model.contains("video") || model.startsWith("sora") || model.startsWith("veo")) {
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
    }

    String stateAt(Instant now) {
        double part = partAt(now);
        if (part >= 1) {
            return faults.contains(Fault.FAIL) ? "fail" : "success";
        }
        return part < 0.1 ? "waiting" : part < 0.25 ? "queuing" : "generating";
    }

    int progressAt(Instant now) {
        return (int) Math.min(100, partAt(now) * 100);
    }

    boolean isRunningAt(Instant now) {
        return partAt(now) < 1;
    }

    Instant endsAt() {
        return createdAt.plus(runTime);
    }

    private double partAt(Instant now) {
        if (faults.contains(Fault.NEVER)) {
            return 0.5;
        }
        return (double) Duration.between(createdAt, now).toMillis() / Math.max(1, runTime.toMillis());
    }
}
