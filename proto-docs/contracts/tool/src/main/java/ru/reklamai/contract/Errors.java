package ru.reklamai.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import ru.reklamai.problem.Problem;

/** The errors of an operation: those that follow from its shape, and those that operations.json names. */
final class Errors {

    private static final Map<Integer, Problem> GENERAL = Map.of(
            400, Problem.MALFORMED_REQUEST,
            401, Problem.UNAUTHORIZED,
            403, Problem.FORBIDDEN,
            404, Problem.NOT_FOUND,
            413, Problem.PAYLOAD_TOO_LARGE,
            415, Problem.UNSUPPORTED_MEDIA_TYPE,
            422, Problem.INVALID_FIELDS,
            429, Problem.RATE_LIMITED,
            503, Problem.UNAVAILABLE);

    private static final Properties ENGLISH = english();

    private Errors() {}

    static void add(ObjectNode responses, String key, ObjectNode operation, JsonNode words) {
        Map<String, JsonNode> errors = new TreeMap<>();
        boolean hasBody = operation.has("requestBody");
        if (hasBody || operation.has("parameters")) {
            general(errors, 400);
            general(errors, 422);
        }
        if (hasBody) {
            general(errors, 413);
            general(errors, 415);
        }
        if (!words.path("public").asBoolean()) {
            general(errors, 401);
        }
        if (key.contains("/admin/")) {
            general(errors, 403);
        }
        if (key.contains("{")) {
            general(errors, 404);
        }
        if (!key.contains("/payments/") && !key.contains("/callback/")) {
            general(errors, 429);
        }
        general(errors, 503);
        words.path("errors")
                .properties()
                .forEach(error -> errors.put(
                        error.getKey(), problemResponse(error.getValue().asText())));
        errors.forEach(responses::set);
    }

    static void describe(ObjectNode components) {
        new TreeMap<>(GENERAL).values().forEach(problem -> {
            ObjectNode response = problemResponse(word(problem.titleKey()) + ". " + word(problem.adviceKey()));
            ((ObjectNode) response.path("content").path("application/problem+json"))
                    .putObject("example")
                    .put("type", problem.uri().toString())
                    .put("title", word(problem.titleKey()))
                    .put("status", problem.status())
                    .put("detail", word(problem.adviceKey()));
            components.set(name(problem), response);
        });
    }

    private static void general(Map<String, JsonNode> errors, int status) {
        errors.put(
                String.valueOf(status),
                JsonNodeFactory.instance
                        .objectNode()
                        .put("$ref", "#/components/responses/" + name(GENERAL.get(status))));
    }

    private static ObjectNode problemResponse(String description) {
        ObjectNode response = JsonNodeFactory.instance.objectNode().put("description", description);
        response.putObject("content")
                .putObject("application/problem+json")
                .putObject("schema")
                .put("$ref", "#/components/schemas/Problem");
        return response;
    }

    private static String word(String key) {
        return ENGLISH.getProperty(key);
    }

    private static Properties english() {
        try (Reader in = new InputStreamReader(
                Problem.class.getResourceAsStream("/messages/en.properties"), StandardCharsets.UTF_8)) {
            var words = new Properties();
            words.load(in);
            return words;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String name(Problem problem) {
        StringBuilder name = new StringBuilder();
        for (String word : problem.name().split("_", -1)) {
            name.append(word.charAt(0)).append(word.substring(1).toLowerCase(java.util.Locale.ROOT));
        }
        return name.toString();
    }
}
