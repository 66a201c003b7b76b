package ru.reklamai.worker.kie;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import ru.reklamai.worker.task.ResultFile;

/** Runway: a video, with a picture of it; it has one model, so the body names none. */
record RunwayFamily() implements KieFamily {

    @Override
    public String createPath() {
        return "/api/v1/runway/generate";
    }

    @Override
    public String statusPath() {
        return "/api/v1/runway/record-detail";
    }

    @Override
    public ObjectNode createBody(String model, ObjectNode input, String callbackUrl) {
        return input.put("callBackUrl", callbackUrl);
    }

    @Override
    public TaskStatus read(JsonNode data) {
        return switch (data.path("state").asText()) {
            case "success" -> TaskStatus.succeeded(filesIn(data.path("videoInfo")));
            case "fail" -> TaskStatus.failed(data.path("failMsg").asText(""));
            default -> new TaskStatus.Running(Optional.empty());
        };
    }

    private static List<ResultFile> filesIn(JsonNode video) {
        String url = video.path("videoUrl").asText("");
        return url.isBlank()
                ? List.of()
                : List.of(ResultFile.withPreview(url, video.path("imageUrl").asText("")));
    }
}
