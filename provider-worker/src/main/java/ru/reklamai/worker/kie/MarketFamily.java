package ru.reklamai.worker.kie;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import ru.reklamai.worker.task.ResultFile;

/** Most models: the input is an object of its own, the result a string of JSON. */
record MarketFamily() implements KieFamily {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public String createPath() {
        return "/api/v1/jobs/createTask";
    }

    @Override
    public String statusPath() {
        return "/api/v1/jobs/recordInfo";
    }

    @Override
    public ObjectNode createBody(String model, ObjectNode input, String callbackUrl) {
        return JSON.createObjectNode()
                .put("model", model)
                .put("callBackUrl", callbackUrl)
                .set("input", input);
    }

    @Override
    public TaskStatus read(JsonNode data) {
        return switch (data.path("state").asText()) {
            case "success" ->
                TaskStatus.succeeded(filesIn(data.path("resultJson").asText("")));
            case "fail" -> TaskStatus.failed(data.path("failMsg").asText(""));
            default -> new TaskStatus.Running(progressOf(data.path("progress")));
        };
    }

    private static List<ResultFile> filesIn(String resultJson) {
        try {
            return KieFamily.files(JSON.readTree(resultJson).path("resultUrls"));
        } catch (JsonProcessingException e) {
            return List.of();
        }
    }

    private static Optional<Integer> progressOf(JsonNode progress) {
        return progress.isNumber() ? Optional.of(Math.clamp(progress.asInt(), 0, 100)) : Optional.empty();
    }
}
