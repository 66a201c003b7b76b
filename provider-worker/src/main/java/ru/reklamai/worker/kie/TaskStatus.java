package ru.reklamai.worker.kie;

import java.util.List;
import java.util.Optional;

/** What KIE says of a task. */
public sealed interface TaskStatus {

    /** @param progress 0 to 100 where the model tells it */
    record Running(Optional<Integer> progress) implements TaskStatus {}

    record Succeeded(List<String> resultUrls, String rawAnswer) implements TaskStatus {}

    record Failed(String code, String message, String rawAnswer) implements TaskStatus {}

    /** KIE doesn't know the task: usual for one just created, so it counts only when said again and again. */
    record NotFound() implements TaskStatus {}

    /** The query failed; it says nothing about the task. */
    record Unknown(String cause) implements TaskStatus {}
}
