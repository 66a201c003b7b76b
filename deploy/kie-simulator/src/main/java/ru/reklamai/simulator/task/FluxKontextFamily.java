package ru.reklamai.simulator.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import ru.reklamai.simulator.task.SimulatedTask.Kind;

/** Black Forest Labs' images. */
final class FluxKontextFamily extends Family {

    FluxKontextFamily() {
        super("flux_kontext", "flux/kontext/generate", "flux/kontext/record-info");
    }

    @Override
    public Kind kind(JsonNode body) {
        return Kind.of("", body.path("outputFormat").asText("jpeg"));
    }

    @Override
    public ObjectNode status(SimulatedTask task, String filesUrl, Instant now) {
        ObjectNode response = JSON.createObjectNode();
        response.set("resultImageUrl", urls(task, filesUrl).path(0));
        return flagged(task, response, now);
    }

    @Override
    ObjectNode callback(SimulatedTask task, String filesUrl, Instant now) {
        ObjectNode data = task(task);
        data.putObject("info").set("resultImageUrl", urls(task, filesUrl).path(0));
        return data;
    }
}
