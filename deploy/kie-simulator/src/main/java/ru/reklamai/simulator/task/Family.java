package ru.reklamai.simulator.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import ru.reklamai.simulator.task.SimulatedTask.Kind;
import ru.reklamai.simulator.task.SimulatedTask.Phase;

/** How each of KIE's API families says the same things (kie-api.md). */
public abstract sealed class Family
        permits MarketFamily, VeoFamily, Gpt4oImageFamily, FluxKontextFamily, RunwayFamily, SunoFamily {

    static final ObjectMapper JSON = new ObjectMapper();
    static final String REASON = "The content was refused by the model (simulated)";

    private final String name;
    private final String createPath;
    private final String statusPath;

    /** @param createPath and {@code statusPath} are below /api/v1 */
    Family(String name, String createPath, String statusPath) {
        this.name = name;
        this.createPath = createPath;
        this.statusPath = statusPath;
    }

    public String name() {
        return name;
    }

    String createPath() {
        return createPath;
    }

    String statusPath() {
        return statusPath;
    }

    /** Whether a request has what the family can't do without. */
    public boolean accepts(JsonNode body) {
        return true;
    }

    /** What kind of file such a request makes. */
    public abstract Kind kind(JsonNode body);

    /** The data of a status answer. */
    public abstract ObjectNode status(SimulatedTask task, String filesUrl, Instant now);

    /** How many files such a request makes. */
    public int variants(JsonNode body) {
        return 1;
    }

    ObjectNode callback(SimulatedTask task, String filesUrl, Instant now) {
        return status(task, filesUrl, now);
    }

    /** The data of each callback, in their order. */
    public List<ObjectNode> callbacks(SimulatedTask task, String filesUrl, Instant now) {
        return List.of(callback(task, filesUrl, now));
    }

    static ObjectNode task(SimulatedTask task) {
        return JSON.createObjectNode().put("taskId", task.taskId());
    }

    /** The shape that veo and flux-kontext share. */
    static ObjectNode flagged(SimulatedTask task, ObjectNode response, Instant now) {
        Phase phase = task.phaseAt(now);
        ObjectNode data =
                task(task).put("successFlag", flag(phase)).put("errorMessage", phase == Phase.FAILED ? REASON : null);
        data.set("response", phase == Phase.SUCCEEDED ? response : null);
        return data;
    }

    static int flag(Phase phase) {
        return switch (phase) {
            case RUNNING -> 0;
            case SUCCEEDED -> 1;
            case FAILED -> 3;
        };
    }

    static ArrayNode urls(SimulatedTask task, String filesUrl) {
        ArrayNode urls = JSON.createArrayNode();
        if (!task.has(Fault.NO_URL) && !task.has(Fault.BROKEN_JSON)) {
            for (int i = 0; i < task.results(); i++) {
                urls.add(filesUrl + "/files/" + task.taskId() + "/" + task.fileName(i));
            }
        }
        return urls;
    }

    static String previewUrl(SimulatedTask task, String filesUrl) {
        return filesUrl + "/files/" + task.taskId() + "/preview.png";
    }
}
