package ru.reklamai.worker.kie;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.core.Response;
import java.math.BigDecimal;
import java.net.ConnectException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import ru.reklamai.events.Failure;
import ru.reklamai.events.ProviderFamily;
import ru.reklamai.message.MessageCode;

/** KIE in our own terms; every answer, however broken, becomes an outcome (kie-api.md). */
@ApplicationScoped
public class KieClient {

    private static final int NO_CODE = -1;
    /** A header from an outage may ask for days; a task should not sleep through its deadline for it. */
    private static final Duration LONGEST_RETRY_AFTER = Duration.ofMinutes(10);

    private final KieApi api;
    private final KieConfig config;
    private final ObjectMapper json;
    private final String bearer;

    KieClient(@RestClient KieApi api, KieConfig config, ObjectMapper json) {
        this.api = api;
        this.config = config;
        this.json = json;
        this.bearer = "Bearer " + config.apiKey();
    }

    private record Answer(int code, String message, JsonNode data, String raw, Optional<Duration> retryAfter) {

        String cause() {
            return "code " + code + " " + message;
        }
    }

    /** @param raw the answer's text, to be kept with the task */
    public record StatusAnswer(TaskStatus status, String raw) {}

    /** @param input the provider's own fields, files as addresses it can fetch */
    public CreateOutcome create(ProviderFamily family, String model, Map<String, Object> input, String callbackUrl) {
        KieFamily kieFamily = KieFamily.of(family);
        ObjectNode body = kieFamily.createBody(model, json.valueToTree(input), callbackUrl);
        Answer answer;
        try {
            answer = call(() -> api.post(config.baseUrl() + kieFamily.createPath(), bearer, body.toString()));
        } catch (ProcessingException e) {
            return e.getCause() instanceof ConnectException
                    ? new CreateOutcome.TryLater("no connection", Optional.empty())
                    : new CreateOutcome.AnswerLost(String.valueOf(e.getMessage()));
        }
        return toOutcome(answer);
    }

    private static CreateOutcome toOutcome(Answer answer) {
        return switch (answer.code()) {
            case 200 -> {
                String taskId = answer.data().path("taskId").asText("");
                yield taskId.isEmpty()
                        ? new CreateOutcome.AnswerLost("code 200 without a task id")
                        : new CreateOutcome.Created(taskId);
            }
            case 408, 429, 455, 500 -> new CreateOutcome.TryLater(answer.cause(), answer.retryAfter());
            case 401, 402 -> new CreateOutcome.AccountBlocked(answer.cause());
            case NO_CODE -> new CreateOutcome.AnswerLost("no JSON in the answer");
            case 430, 433, 451 -> new CreateOutcome.Refused(Failure.of(MessageCode.CONTENT_REFUSED));
            default -> new CreateOutcome.Refused(Failure.of(MessageCode.PROVIDER_REFUSED, answer.message()));
        };
    }

    public StatusAnswer status(ProviderFamily family, String taskId) {
        KieFamily kieFamily = KieFamily.of(family);
        try {
            Answer answer = call(() -> api.get(config.baseUrl() + kieFamily.statusPath(), bearer, taskId));
            return new StatusAnswer(toStatus(kieFamily, answer), answer.raw());
        } catch (ProcessingException e) {
            return new StatusAnswer(new TaskStatus.Unknown(String.valueOf(e.getMessage())), "");
        }
    }

    private static TaskStatus toStatus(KieFamily family, Answer answer) {
        return switch (answer.code()) {
            case 200 -> answer.data().isObject() ? family.read(answer.data()) : new TaskStatus.NotFound();
            case 404, 422 -> new TaskStatus.NotFound();
            case 401, 402 -> new TaskStatus.AccountBlocked(answer.cause());
            default -> new TaskStatus.Unknown(answer.cause());
        };
    }

    /** Returns a new address of a result file, valid for 20 minutes, where KIE gives one. */
    public Optional<String> freshUrl(String url) {
        String body = json.createObjectNode().put("url", url).toString();
        try {
            Answer answer = call(() -> api.post(config.baseUrl() + "/api/v1/common/download-url", bearer, body));
            return answer.code() == 200 && answer.data().isTextual()
                    ? Optional.of(answer.data().asText())
                    : Optional.empty();
        } catch (ProcessingException e) {
            return Optional.empty();
        }
    }

    /** Returns our credits at KIE; empty if it doesn't know our key, or doesn't answer. */
    public Optional<BigDecimal> creditBalance() {
        try {
            Answer answer = call(() -> api.get(config.baseUrl() + "/api/v1/chat/credit", bearer));
            return answer.code() == 200 && answer.data().isNumber()
                    ? Optional.of(answer.data().decimalValue())
                    : Optional.empty();
        } catch (ProcessingException e) {
            return Optional.empty();
        }
    }

    /** Returns whether KIE knows our key and has credits left for us; false also if it doesn't answer. */
    public boolean isAccountUsable() {
        return creditBalance().filter(balance -> balance.signum() > 0).isPresent();
    }

    /** Puts a file into KIE's own store, kept there for three days, and returns its address. */
    public Optional<String> upload(Path file, String fileName) {
        try {
            Answer answer = call(() -> api.upload(
                    config.uploadUrl() + "/api/file-stream-upload", bearer, file.toFile(), "reklamai", fileName));
            return Optional.of(answer.data().path("downloadUrl").asText("")).filter(url -> !url.isEmpty());
        } catch (ProcessingException e) {
            return Optional.empty();
        }
    }

    private Answer call(Supplier<Response> request) {
        String raw;
        Optional<Duration> retryAfter;
        try (Response response = request.get()) {
            raw = response.hasEntity() ? response.readEntity(String.class) : "";
            retryAfter = retryAfterOf(response);
        }
        try {
            JsonNode node = json.readTree(raw);
            String message = node.path("msg").asText(node.path("message").asText(""));
            return new Answer(node.path("code").asInt(NO_CODE), message, node.path("data"), raw, retryAfter);
        } catch (JsonProcessingException e) {
            return new Answer(NO_CODE, "", json.missingNode(), raw, retryAfter);
        }
    }

    private static Optional<Duration> retryAfterOf(Response response) {
        String seconds = String.valueOf(response.getHeaderString("Retry-After"));
        return seconds.matches("\\d{1,6}")
                ? Optional.of(Duration.ofSeconds(Math.min(Long.parseLong(seconds), LONGEST_RETRY_AFTER.toSeconds())))
                : Optional.empty();
    }
}
