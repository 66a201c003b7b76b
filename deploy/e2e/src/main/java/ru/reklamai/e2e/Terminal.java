package ru.reklamai.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Tells a story with the time on each line, and ends it where something is not as it should be. */
final class Terminal {

    private final PrintStream out =
            new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    private final Instant startedAt = Instant.now();

    /** Something is not as it should be; the message says what. */
    static final class FailedException extends RuntimeException {
        private static final long serialVersionUID = 1;

        FailedException(String message) {
            super(message);
        }
    }

    void title(String text) {
        out.println("\n\u001b[1m" + text + "\u001b[0m");
    }

    synchronized void line(String text) {
        double seconds = Duration.between(startedAt, Instant.now()).toMillis() / 1000.0;
        out.printf(Locale.ROOT, "\u001b[2m%6.2f\u001b[0m %s%n", seconds, text);
    }

    void check(boolean right, String fact) {
        if (!right) {
            throw new FailedException("not so: " + fact);
        }
        out.println("\u001b[32m  ✓\u001b[0m " + fact);
    }

    /** Returns the body of an answer with that status. */
    JsonNode expect(int status, Client.Answer answer, String what) {
        if (answer.status() != status) {
            throw new FailedException(what + " answered " + answer.status() + ": " + answer.body());
        }
        return answer.body();
    }

    void success(String text) {
        out.printf(
                "%n\u001b[32m\u001b[1m✓ %s, %s s\u001b[0m%n",
                text, Duration.between(startedAt, Instant.now()).toSeconds());
    }

    void failure(String text) {
        out.println("\u001b[31m✗ " + text + "\u001b[0m");
    }
}
