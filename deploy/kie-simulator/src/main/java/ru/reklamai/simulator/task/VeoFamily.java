package ru.reklamai.simulator.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import ru.reklamai.simulator.task.SimulatedTask.Kind;

/** Google's video models. */
final class VeoFamily extends Family {

    VeoFamily() {
        super("veo", "veo/generate", "veo/record-info");
    }

    @Override
    public Kind kind(JsonNode body) {
        return Kind.MP4;
    }

    @Override
    public ObjectNode status(SimulatedTask task, String filesUrl, Instant now) {
        ObjectNode response = JSON.createObjectNode().put("resolution", "720p");
        response.set("resultUrls", urls(task, filesUrl));
        return flagged(task, response, now).put("fallbackFlag", false);
    }

    @Override
    ObjectNode callback(SimulatedTask task, String filesUrl, Instant now) {
        ObjectNode data = task(task);
        data.putObject("info").set("resultUrls", urls(task, filesUrl));
        return data;
    }
}
