package ru.reklamai.worker.kie;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** GPT-4o image: up to four variants; it has one model, so the body names none. */
record Gpt4oImageFamily() implements KieFamily {

    @Override
    public String createPath() {
        return "/api/v1/gpt4o-image/generate";
    }

    @Override
    public String statusPath() {
        return "/api/v1/gpt4o-image/record-info";
    }

    @Override
    public ObjectNode createBody(String model, ObjectNode input, String callbackUrl) {
        return input.put("callBackUrl", callbackUrl);
    }

    @Override
    public TaskStatus read(JsonNode data) {
        return switch (data.path("status").asText()) {
            case "SUCCESS" ->
                TaskStatus.succeeded(KieFamily.files(data.path("response").path("resultUrls")));
            case "CREATE_TASK_FAILED", "GENERATE_FAILED" ->
                TaskStatus.failed(data.path("errorMessage").asText(""));
            default -> new TaskStatus.Running(progressOf(data.path("progress")));
        };
    }

    /** KIE writes a part of one, as text: 0.00 to 1.00. */
    private static Optional<Integer> progressOf(JsonNode progress) {
        return progress.asText("").matches("[01](\\.\\d+)?")
                ? Optional.of(Math.clamp(Math.round(progress.asDouble() * 100), 0, 100))
                : Optional.empty();
    }
}
