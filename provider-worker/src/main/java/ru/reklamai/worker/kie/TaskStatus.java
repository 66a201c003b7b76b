package ru.reklamai.worker.kie;

import java.util.List;
import java.util.Optional;

/** What KIE says of a task. */
public sealed interface TaskStatus {

    /** @param progress 0 to 100 where the model tells it */
    record Running(Optional<Integer> progress) implements TaskStatus {}

    record Succeeded(List<ResultFile> files) implements TaskStatus {}

    /** @param message for the user: what to do now */
    record Failed(String code, String message) implements TaskStatus {}

    /** KIE doesn't know the task: usual for one just created, so it counts only when said again and again. */
    record NotFound() implements TaskStatus {}

    /** KIE refuses our account: an operator must act; it says nothing about the task. */
    record AccountBlocked(String cause) implements TaskStatus {}

    /** The query failed; it says nothing about the task. */
    record Unknown(String cause) implements TaskStatus {}

    /** @param reason the provider's own words, may be empty */
    static Failed failed(String reason) {
        String why = reason.isBlank() ? "no reason given" : reason;
        return new Failed(
                "provider-failed", "The model could not make this: " + why + ". Change the prompt, or try again.");
    }

    static Failed refusedContent() {
        return new Failed("content-refused", "The provider refused the content. Change the prompt or the files.");
    }

    /** A success that names no file is a failure to whoever waits for one. */
    static TaskStatus succeeded(List<ResultFile> files) {
        return files.isEmpty()
                ? new Failed("result-missing", "The provider finished but gave no file. Try again.")
                : new Succeeded(files);
    }
}
