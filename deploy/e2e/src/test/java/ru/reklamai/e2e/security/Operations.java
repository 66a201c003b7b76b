package ru.reklamai.e2e.security;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import ru.reklamai.contract.Examples;
import ru.reklamai.e2e.StackCommand;

/** The operations of the description, for tests that try every one. */
final class Operations {

    static final JsonNode DOCUMENT = read();
    private static final Examples EXAMPLES = new Examples(DOCUMENT);

    private Operations() {}

    /**
     * One operation.
     *
     * @param path with its parameters in braces
     */
    record Operation(String method, String path, JsonNode description) {

        String id() {
            return description.path("operationId").asText();
        }

        boolean needsToken() {
            return !description.has("security");
        }

        List<JsonNode> parameters(String place) {
            return Stream.iterate(0, i -> i < description.path("parameters").size(), i -> i + 1)
                    .map(description.path("parameters")::get)
                    .filter(parameter -> parameter.path("in").asText().equals(place))
                    .toList();
        }

        JsonNode jsonBody() {
            return description.at("/requestBody/content/application~1json");
        }

        String exampleBody() {
            return jsonBody().isMissingNode() ? "" : EXAMPLES.of(jsonBody()).toString();
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    static List<Operation> all() {
        return DOCUMENT.path("paths").properties().stream()
                .flatMap(path -> path.getValue().properties().stream().map(operation -> toOperation(path, operation)))
                .toList();
    }

    private static Operation toOperation(Map.Entry<String, JsonNode> path, Map.Entry<String, JsonNode> operation) {
        return new Operation(operation.getKey().toUpperCase(Locale.ROOT), path.getKey(), operation.getValue());
    }

    /** Follows a reference to a schema of the description. */
    static JsonNode resolve(JsonNode schema) {
        return schema.has("$ref") ? DOCUMENT.at(schema.path("$ref").asText().substring(1)) : schema;
    }

    private static JsonNode read() {
        try {
            return new ObjectMapper()
                    .readTree(StackCommand.root()
                            .resolve("proto-docs/contracts/openapi/openapi.json")
                            .toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
