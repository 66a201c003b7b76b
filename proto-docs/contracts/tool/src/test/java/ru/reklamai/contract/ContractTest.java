package ru.reklamai.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.openapitools.openapidiff.core.OpenApiCompare;

class ContractTest {

    private static final Path ROOT = Path.of("../../..").toAbsolutePath().normalize();
    private static final List<String> JSON_TYPES = List.of("application/json", "text/event-stream");

    @Test
    void theCheckedInDescriptionIsThatOfTheServices() throws IOException {
        assertThat(Files.readString(Contract.file(ROOT)))
                .as("run ./reklamai contracts, look at the difference and commit it")
                .isEqualTo(Contract.build(ROOT));
    }

    /** A change that breaks clients needs a new major version of the API, not a new baseline. */
    @Test
    void nothingThatWasReleasedIsBroken() throws IOException {
        String released = Files.readString(ROOT.resolve("proto-docs/contracts/openapi/released.json"));
        var changes = OpenApiCompare.fromContents(comparable(released), comparable(Contract.build(ROOT)));
        assertThat(changes.isCompatible())
                .as("missing: %s, changed: %s", changes.getMissingEndpoints(), changes.getChangedOperations())
                .isTrue();
    }

    @Test
    void everyBodyHasAnExampleThatFitsItsSchema() throws IOException {
        JsonNode document = new ObjectMapper().readTree(Contract.build(ROOT));
        List<String> wrong = new ArrayList<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(operation -> {
                    String name = operation.getValue().path("operationId").asText();
                    bodies(operation.getValue()).forEach(body -> checkExample(document, body)
                            .ifPresent(what -> wrong.add(name + ": " + what)));
                }));
        assertThat(wrong).isEmpty();
    }

    /** Returns an operation's request and answers in JSON; one that may be of several types is there for each. */
    private static Stream<JsonNode> bodies(JsonNode operation) {
        return Stream.concat(
                        Stream.of(operation.path("requestBody")),
                        operation.path("responses").valueStream())
                .flatMap(body -> JSON_TYPES.stream().map(body.path("content")::path))
                .filter(JsonNode::isObject)
                .flatMap(body -> body.at("/schema/anyOf").isMissingNode()
                        ? Stream.of(body)
                        : body.at("/schema/anyOf").valueStream().map(ContractTest::bodyOf));
    }

    private static JsonNode bodyOf(JsonNode schema) {
        return JsonNodeFactory.instance.objectNode().set("schema", schema);
    }

    private static Optional<String> checkExample(JsonNode document, JsonNode body) {
        try {
            var violations =
                    new AnswerSchemas(document).violations(body.path("schema"), new Examples(document).of(body));
            return violations.isEmpty() ? Optional.empty() : Optional.of(violations.toString());
        } catch (IllegalStateException e) {
            return Optional.of(e.getMessage());
        }
    }

    /** The comparing library knows OpenAPI 3.0, and takes an example that went for a broken promise. */
    private static String comparable(String document) throws IOException {
        JsonNode tree = new ObjectMapper().readTree(document);
        tree.findParents("example").forEach(parent -> ((ObjectNode) parent).remove("example"));
        return tree.toString()
                .replace("\"openapi\":\"3.1.0\"", "\"openapi\":\"3.0.3\"")
                .replaceAll("\"exclusiveMinimum\":[0-9.]+", "\"minimum\":0");
    }
}
