package ru.reklamai.simulator.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import ru.reklamai.simulator.task.SimulatedTask.Kind;
import ru.reklamai.simulator.task.SimulatedTask.Phase;

/** Runway's videos. */
final class RunwayFamily extends Family {

    RunwayFamily() {
        super("runway", "runway/generate", "runway/record-detail");
    }

    @Override
    public Kind kind(JsonNode body) {
        return Kind.MP4;
    }

    @Override
    public ObjectNode status(SimulatedTask task, String filesUrl, Instant now) {
        Phase phase = task.phaseAt(now);
        ObjectNode data = task(task)
                .put("state", phase == Phase.RUNNING ? "generating" : phase == Phase.FAILED ? "fail" : "success")
                .put("failMsg", phase == Phase.FAILED ? REASON : "")
                .put("expireFlag", 0);
        if (phase == Phase.SUCCEEDED) {
            ObjectNode video = data.putObject("videoInfo");
            video.set("videoUrl", urls(task, filesUrl).path(0));
            video.put("imageUrl", previewUrl(task, filesUrl));
        }
        return data;
    }

    @Override
    ObjectNode callback(SimulatedTask task, String filesUrl, Instant now) {
        ObjectNode data = JSON.createObjectNode().put("task_id", task.taskId());
        data.set("video_url", urls(task, filesUrl).path(0));
        return data;
    }
}
