package ru.reklamai.simulator.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import ru.reklamai.simulator.task.SimulatedTask.Kind;
import ru.reklamai.simulator.task.SimulatedTask.Phase;

/** Most models, each named in the request; the result is JSON inside a string. */
final class MarketFamily extends Family {

    MarketFamily() {
        super("market", "jobs/createTask", "jobs/recordInfo");
    }

    @Override
    public Kind kind(JsonNode body) {
        return Kind.of(
                body.path("model").asText(),
                body.path("input").path("output_format").asText("png"));
    }

    /** resultJson and param are JSON inside strings, as at KIE. */
    @Override
    public ObjectNode status(SimulatedTask task, String filesUrl, Instant now) {
        Phase phase = task.phaseAt(now);
        ObjectNode data = task(task)
                .put("model", task.model())
                .put(
                        "state",
                        phase == Phase.FAILED ? "fail" : phase == Phase.SUCCEEDED ? "success" : running(task, now))
                .put("param", task.param())
                .put("resultJson", "")
                .putNull("failCode")
                .putNull("failMsg")
                .put("progress", task.progressAt(now))
                .put("createTime", task.createdAt().toEpochMilli())
                .put("updateTime", now.toEpochMilli());
        if (phase == Phase.SUCCEEDED) {
            data.put("resultJson", resultJson(task, filesUrl));
        }
        if (phase == Phase.FAILED) {
            data.put("failCode", "500").put("failMsg", REASON);
        }
        return phase == Phase.RUNNING
                ? data
                : data.put("costTime", task.runTime().toMillis())
                        .put("completeTime", task.endsAt().toEpochMilli());
    }

    private String running(SimulatedTask task, Instant now) {
        return task.progressAt(now) < 10 ? "waiting" : task.progressAt(now) < 25 ? "queuing" : "generating";
    }

    private String resultJson(SimulatedTask task, String filesUrl) {
        return task.has(Fault.BROKEN_JSON)
                ? "{\"resultUrls\":["
                : JSON.createObjectNode()
                        .set("resultUrls", urls(task, filesUrl))
                        .toString();
    }

    @Override
    public boolean accepts(JsonNode body) {
        return !body.path("model").asText("").isEmpty();
    }
}
