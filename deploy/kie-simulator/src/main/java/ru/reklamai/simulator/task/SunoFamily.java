package ru.reklamai.simulator.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import ru.reklamai.simulator.task.SimulatedTask.Kind;
import ru.reklamai.simulator.task.SimulatedTask.Phase;

/** Songs, two at once. */
final class SunoFamily extends Family {

    SunoFamily() {
        super("suno", "generate", "generate/record-info");
    }

    @Override
    public Kind kind(JsonNode body) {
        return Kind.MP3;
    }

    @Override
    public int variants(JsonNode body) {
        return 2;
    }

    @Override
    public ObjectNode status(SimulatedTask task, String filesUrl, Instant now) {
        Phase phase = task.phaseAt(now);
        ObjectNode data = task(task)
                .put(
                        "status",
                        phase == Phase.RUNNING
                                ? running(task, now)
                                : phase == Phase.FAILED ? "GENERATE_AUDIO_FAILED" : "SUCCESS")
                .put("errorMessage", phase == Phase.FAILED ? REASON : null);
        if (phase == Phase.SUCCEEDED) {
            data.putObject("response").set("sunoData", songs(task, filesUrl));
        }
        return data;
    }

    private String running(SimulatedTask task, Instant now) {
        return task.progressAt(now) < 30 ? "PENDING" : task.progressAt(now) < 60 ? "TEXT_SUCCESS" : "FIRST_SUCCESS";
    }

    private ArrayNode songs(SimulatedTask task, String filesUrl) {
        ArrayNode songs = JSON.createArrayNode();
        urls(task, filesUrl).forEach(url -> {
            ObjectNode song = songs.addObject().put("duration", 3.0).put("imageUrl", previewUrl(task, filesUrl));
            song.set("audioUrl", url);
        });
        return songs;
    }

    /** Three calls as the song grows. */
    @Override
    public List<ObjectNode> callbacks(SimulatedTask task, String filesUrl, Instant now) {
        return List.of("text", "first", "complete").stream()
                .map(type -> JSON.createObjectNode().put("callbackType", type).put("task_id", task.taskId()))
                .toList();
    }
}
