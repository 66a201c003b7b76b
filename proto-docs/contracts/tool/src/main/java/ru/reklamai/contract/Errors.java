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
import java.util.Set;
import java.util.TreeMap;
import ru.reklamai.problem.Problem;

/** The errors of an operation: those that follow from its shape, and those that its method is annotated with. */
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

    /** What Quarkus says of 401 and 403 by itself where a token is needed. */
    private static final Set<String> GENERATED = Set.of("Not Authorized", "Not Allowed");

    private Errors() {}

    /** Adds them to the operation's responses. An annotation has the last word on what a status means. */
    static void add(String key, ObjectNode operation, JsonNode annotated) {
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
        if (!operation.has("security")) {
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
        annotated.properties().forEach(response -> {
            String description = response.getValue().path("description").asText();
            if (!response.getKey().startsWith("2") && !GENERATED.contains(description)) {
                errors.put(response.getKey(), problemResponse(description));
            }
        });
        errors.forEach(((ObjectNode) operation.path("responses"))::set);
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
