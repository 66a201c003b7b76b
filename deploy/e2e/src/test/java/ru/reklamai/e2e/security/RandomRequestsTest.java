package ru.reklamai.e2e.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.sessions.JqwikSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.opentest4j.AssertionFailedError;
import ru.reklamai.contract.AnswerSchemas;
import ru.reklamai.e2e.Stack;
import ru.reklamai.e2e.User;
import ru.reklamai.e2e.security.Operations.Operation;

/**
 * Whatever is sent: no answer is a 5xx, every error is a problem, and every success is what the description says. Always
 * the same requests, so that a failure is a change's; -Dfuzz.seed and -Dfuzz.tries send others, and more.
 */
@ExtendWith(Stack.class)
class RandomRequestsTest {

    private static final long SEED = Long.getLong("fuzz.seed", 1);
    private static final int TRIES = Integer.getInteger("fuzz.tries", 40);
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Streams that don't end, and what would end the sessions that the others are sent with. */
    private static final Set<String> LEFT_OUT = Set.of("streamUpdates", "streamGeneration", "deleteMe");

    private static final Map<Integer, Integer> STATUSES = new TreeMap<>();
    private static final AnswerSchemas SCHEMAS = new AnswerSchemas(Operations.DOCUMENT);

    private static User admin;
    private static List<String> ids;

    /** A request may have been a good one, and have ended the session or changed the password. */
    @BeforeEach
    void logInAgain() {
        if (admin.client.get("/api/v1/auth/me").status() != 200) {
            prepare();
        }
    }

    @BeforeAll
    static void prepare() {
        admin = new User().asAdmin();
        String generation = admin.generate("google/nano-banana", "a cup");
        admin.awaitEnd(generation);
        ids = List.of(
                generation,
                admin.client
                        .post("/api/v1/boards", Map.of("title", "x"))
                        .body()
                        .path("id")
                        .asText(),
                admin.client.get("/api/v1/auth/me").body().path("id").asText());
    }

    static Stream<Operation> operations() {
        return Operations.all().stream().filter(operation -> !LEFT_OUT.contains(operation.id()));
    }

    @AfterAll
    static void someGotThrough() {
        int sent = STATUSES.values().stream().mapToInt(Integer::intValue).sum();
        int succeeded = STATUSES.entrySet().stream()
                .filter(entry -> entry.getKey() < 300)
                .mapToInt(Map.Entry::getValue)
                .sum();
        assertThat(sent).isGreaterThan(TRIES);
        assertThat(succeeded).as("of %d: %s", sent, STATUSES).isGreaterThan(sent / 20);
    }

    @ParameterizedTest
    @MethodSource("operations")
    void nothingThatIsSentBreaksAnything(Operation operation) {
        List<String> wrong = new ArrayList<>();
        JqwikSession.run(() -> {
            var random = new Random(SEED + operation.id().hashCode());
            var requests = new RandomRequests(ids).of(operation).generator(1000);
            for (int i = 0; i < TRIES; i++) {
                RandomRequests.Request request = requests.next(random).value();
                HttpResponse<String> answer = send(operation, request);
                STATUSES.merge(answer.statusCode(), 1, Integer::sum);
                violation(operation, answer)
                        .ifPresent(what -> wrong.add(what + "\n  to " + operation.method() + " " + request));
            }
        });
        assertThat(wrong).as("seed %d", SEED).isEmpty();
    }

    private static Optional<String> violation(Operation operation, HttpResponse<String> answer) {
        int status = answer.statusCode();
        String type = answer.headers().firstValue("Content-Type").orElse("");
        if (status >= 500) {
            return Optional.of(status + " " + answer.body());
        }
        if (status >= 400) {
            return type.startsWith("application/problem+json")
                    ? problemIn(answer.body())
                    : Optional.of("no problem+json but " + type + ": " + answer.body());
        }
        JsonNode schema = operation
                .description()
                .path("responses")
                .path(String.valueOf(status))
                .at("/content/application~1json/schema");
        if (schema.isMissingNode()) {
            return operation.description().path("responses").has(String.valueOf(status))
                    ? Optional.empty()
                    : Optional.of("undescribed status " + status);
        }
        var violations = SCHEMAS.violations(schema, parse(answer.body()));
        return violations.isEmpty() ? Optional.empty() : Optional.of(violations + " in " + answer.body());
    }

    private static Optional<String> problemIn(String body) {
        boolean leaks = body.contains("ru.reklamai") || body.contains("Exception") || body.contains("SELECT ");
        boolean isProblem = parse(body).path("type").asText().startsWith("/problems/");
        return leaks || !isProblem
                ? Optional.of("a problem that is none, or tells too much: " + body)
                : Optional.empty();
    }

    private static HttpResponse<String> send(Operation operation, RandomRequests.Request request) {
        return Http.send(
                operation.method(),
                Stack.GATEWAY + request.path(),
                request.body().getBytes(StandardCharsets.UTF_8),
                "Authorization",
                "Bearer " + admin.client.accessToken(),
                "Content-Type",
                request.contentType(),
                "Idempotency-Key",
                request.idempotencyKey());
    }

    private static JsonNode parse(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new AssertionFailedError("no JSON: " + body, e);
        }
    }
}
