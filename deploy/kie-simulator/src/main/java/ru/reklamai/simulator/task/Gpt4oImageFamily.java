package ru.reklamai.simulator.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Locale;
import ru.reklamai.simulator.task.SimulatedTask.Kind;
import ru.reklamai.simulator.task.SimulatedTask.Phase;

/** OpenAI's images, up to four at once. */
final class Gpt4oImageFamily extends Family {

    Gpt4oImageFamily() {
        super("gpt4o_image", "gpt4o-image/generate", "gpt4o-image/record-info");
    }

    @Override
    public Kind kind(JsonNode body) {
        return Kind.PNG;
    }

    @Override
    public int variants(JsonNode body) {
        return body.path("nVariants").asInt(1);
    }

    @Override
    public ObjectNode status(SimulatedTask task, String filesUrl, Instant now) {
        Phase phase = task.phaseAt(now);
        ObjectNode data = task(task)
                .put(
                        "status",
                        phase == Phase.RUNNING ? "GENERATING" : phase == Phase.FAILED ? "GENERATE_FAILED" : "SUCCESS")
                .put("successFlag", flag(phase))
                .put("errorMessage", phase == Phase.FAILED ? REASON : null)
                .put("progress", String.format(Locale.ROOT, "%.2f", task.progressAt(now) / 100.0));
        if (phase == Phase.SUCCEEDED) {
            data.putObject("response").set("resultUrls", urls(task, filesUrl));
        }
        return data;
    }

    @Override
    ObjectNode callback(SimulatedTask task, String filesUrl, Instant now) {
        ObjectNode data = task(task);
        data.putObject("info").set("result_urls", urls(task, filesUrl));
        return data;
    }
}
