package ru.reklamai.worker.kie;

import java.util.List;
import java.util.Optional;
import ru.reklamai.events.Failure;
import ru.reklamai.message.MessageCode;
import ru.reklamai.worker.task.ResultFile;

/** What KIE says of a task. */
public sealed interface TaskStatus {

    /** @param progress 0 to 100 where the model tells it */
    record Running(Optional<Integer> progress) implements TaskStatus {}

    record Succeeded(List<ResultFile> files) implements TaskStatus {}

    record Failed(Failure failure) implements TaskStatus {}

    /** KIE doesn't know the task: usual for one just created, so it counts only when said again and again. */
    record NotFound() implements TaskStatus {}

    /** KIE refuses our account: an operator must act; it says nothing about the task. */
    record AccountBlocked(String cause) implements TaskStatus {}

    /** The query failed; it says nothing about the task. */
    record Unknown(String cause) implements TaskStatus {}

    /** @param reason the provider's own words, may be empty */
    static Failed failed(String reason) {
        return new Failed(Failure.of(MessageCode.PROVIDER_FAILED, reason.isBlank() ? "" : "(" + reason + ")"));
    }

    static Failed refusedContent() {
        return new Failed(Failure.of(MessageCode.CONTENT_REFUSED));
    }

    /** A success that names no file is a failure to whoever waits for one. */
    static TaskStatus succeeded(List<ResultFile> files) {
        return files.isEmpty() ? new Failed(Failure.of(MessageCode.RESULT_MISSING)) : new Succeeded(files);
    }
}
