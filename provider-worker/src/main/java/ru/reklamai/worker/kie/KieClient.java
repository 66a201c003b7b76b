package ru.reklamai.worker.kie;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.core.Response;
import java.net.ConnectException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** KIE's market family in our own terms; every answer, however broken, becomes an outcome (kie-api.md). */
@ApplicationScoped
public class KieClient {

    private static final int NO_CODE = -1;

    private final KieApi api;
    private final Signatures signatures;
    private final ObjectMapper json;
    private final String bearer;

    KieClient(@RestClient KieApi api, Signatures signatures, KieConfig config, ObjectMapper json) {
        this.api = api;
        this.signatures = signatures;
        this.json = json;
        this.bearer = "Bearer " + config.apiKey();
    }

    private record Answer(int code, String message, JsonNode data, String raw) {}

    /** @param input the provider's own fields, files as addresses it can fetch */
    public CreateOutcome create(UUID generationId, String providerModel, Map<String, Object> input) {
        ObjectNode body = json.createObjectNode()
                .put("model", providerModel)
                .put("callBackUrl", signatures.callbackUrl(generationId))
                .set("input", json.valueToTree(input));
        Answer answer;
        try {
            answer = call(() -> api.createMarketTask(bearer, body.toString()));
        } catch (ProcessingException e) {
            return e.getCause() instanceof ConnectException
                    ? new CreateOutcome.TryLater("no connection")
                    : new CreateOutcome.AnswerLost(String.valueOf(e.getMessage()));
        }
        return toOutcome(answer);
    }

    private static CreateOutcome toOutcome(Answer answer) {
        String taskId = answer.data().path("taskId").asText("");
        return switch (answer.code()) {
            case 200 ->
                taskId.isEmpty()
                        ? new CreateOutcome.AnswerLost("code 200 without a task id")
                        : new CreateOutcome.Created(taskId);
            case 408, 429, 455, 500 -> new CreateOutcome.TryLater("code " + answer.code() + " " + answer.message());
            case 401, 402 -> new CreateOutcome.AccountBlocked("code " + answer.code() + " " + answer.message());
            case NO_CODE -> new CreateOutcome.AnswerLost("no JSON in the answer");
            case 430, 433, 451 ->
                new CreateOutcome.Refused(
                        "content-refused", "The provider refused the content. Change the prompt or the files.");
            default ->
                new CreateOutcome.Refused(
                        "provider-refused", "The provider did not accept this input: " + answer.message());
        };
    }

    public TaskStatus status(String taskId) {
        Answer answer;
        try {
            answer = call(() -> api.marketRecord(bearer, taskId));
        } catch (ProcessingException e) {
            return new TaskStatus.Unknown(String.valueOf(e.getMessage()));
        }
        if (answer.code() == 422 || answer.code() == 404) {
            return new TaskStatus.NotFound();
        }
        if (answer.code() != 200) {
            return new TaskStatus.Unknown("code " + answer.code());
        }
        JsonNode data = answer.data();
        return switch (data.path("state").asText()) {
            case "success" -> toSuccess(data, answer.raw());
            case "fail" ->
                new TaskStatus.Failed(
                        "provider-failed",
                        "The model could not make this: " + data.path("failMsg").asText("no reason given")
                                + ". Try again or change the prompt.",
                        answer.raw());
            default ->
                new TaskStatus.Running(
                        data.path("progress").isNumber()
                                ? Optional.of(Math.clamp(data.path("progress").asInt(), 0, 100))
                                : Optional.empty());
        };
    }

    /** Returns a new address of a result file, valid for 20 minutes, where KIE gives one. */
    public Optional<String> freshUrl(String url) {
        try {
            Answer answer = call(() -> api.downloadUrl(
                    bearer, json.createObjectNode().put("url", url).toString()));
            return answer.code() == 200 && answer.data().isTextual()
                    ? Optional.of(answer.data().asText())
                    : Optional.empty();
        } catch (ProcessingException e) {
            return Optional.empty();
        }
    }

    private TaskStatus toSuccess(JsonNode data, String raw) {
        List<String> urls = new ArrayList<>();
        try {
            json.readTree(data.path("resultJson").asText("")).path("resultUrls").forEach(url -> urls.add(url.asText()));
        } catch (JsonProcessingException e) {
            return noResult(raw);
        }
        return urls.isEmpty() ? noResult(raw) : new TaskStatus.Succeeded(urls, raw);
    }

    private static TaskStatus noResult(String raw) {
        return new TaskStatus.Failed(
                "result-missing", "The provider finished but gave no file. Your credits are back; try again.", raw);
    }

    private Answer call(Supplier<Response> request) {
        String raw;
        try (Response response = request.get()) {
            raw = response.hasEntity() ? response.readEntity(String.class) : "";
        }
        try {
            JsonNode node = json.readTree(raw);
            String message = node.path("msg").asText(node.path("message").asText(""));
            return new Answer(node.path("code").asInt(NO_CODE), message, node.path("data"), raw);
        } catch (JsonProcessingException e) {
            return new Answer(NO_CODE, "", json.missingNode(), raw);
        }
    }
}
