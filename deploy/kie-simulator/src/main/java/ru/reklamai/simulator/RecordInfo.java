package ru.reklamai.simulator;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;

/** The market family's status answer; resultJson and param are JSON inside strings, as at KIE. */
@JsonInclude(JsonInclude.Include.ALWAYS)
record RecordInfo(
        String taskId,
        String model,
        String state,
        String param,
        String resultJson,
        String failCode,
        String failMsg,
        Long costTime,
        long createTime,
        long updateTime,
        Long completeTime,
        int progress) {

    static RecordInfo of(SimulatedTask task, String filesUrl, Instant now) {
        String state = task.stateAt(now);
        boolean ended = !task.isRunningAt(now);
        boolean failed = state.equals("fail");
        return new RecordInfo(
                task.taskId(),
                task.model(),
                state,
                task.param(),
                state.equals("success") ? resultJson(task, filesUrl) : "",
                failed ? "500" : null,
                failed ? "The content was refused by the model (simulated)" : null,
                ended ? task.runTime().toMillis() : null,
                task.createdAt().toEpochMilli(),
                now.toEpochMilli(),
                ended ? task.endsAt().toEpochMilli() : null,
                task.progressAt(now));
    }

    private static String resultJson(SimulatedTask task, String filesUrl) {
        if (task.faults().contains(Fault.BROKEN_JSON)) {
            return "{\"resultUrls\":[";
        }
        if (task.faults().contains(Fault.NO_URL)) {
            return "{\"resultUrls\":[]}";
        }
        String name = task.faults().contains(Fault.MISSING_FILE)
                ? "missing"
                : task.faults().contains(Fault.HTML_FILE) ? "page" : "result";
        return "{\"resultUrls\":[\"" + filesUrl + "/files/" + task.taskId() + "/" + name + "." + task.kind().extension
                + "\"]}";
    }
}
