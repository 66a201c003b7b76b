package ru.reklamai.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.openapitools.openapidiff.core.OpenApiCompare;

class ContractTest {

    private static final Path ROOT = Path.of("../../..").toAbsolutePath().normalize();

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
        var changes = OpenApiCompare.fromContents(plainTypes(released), plainTypes(Contract.build(ROOT)));
        assertThat(changes.isCompatible())
                .as("missing: %s, changed: %s", changes.getMissingEndpoints(), changes.getChangedOperations())
                .isTrue();
    }

    @Test
    void everyExampleFitsItsSchema() throws IOException {
        JsonNode document = new ObjectMapper().readTree(Contract.build(ROOT));
        var schemas = new AnswerSchemas(document);
        List<String> wrong = new ArrayList<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(operation -> {
                    String name = operation.getValue().path("operationId").asText();
                    JsonNode content = operation.getValue().at("/requestBody/content/application~1json");
                    check(schemas, name + " request", content).ifPresent(wrong::add);
                    operation.getValue().path("responses").forEach(response -> check(
                                    schemas, name + " answer", response.at("/content/application~1json"))
                            .ifPresent(wrong::add));
                }));
        assertThat(wrong).isEmpty();
    }

    /** What has a JSON body has an example of it. */
    private static Optional<String> check(AnswerSchemas schemas, String name, JsonNode content) {
        if (content.isMissingNode()) {
            return Optional.empty();
        }
        if (!content.has("example")) {
            return Optional.of(name + " has no example");
        }
        var violations = schemas.violations(content.path("schema"), content.path("example"));
        return violations.isEmpty() ? Optional.empty() : Optional.of(name + ": " + violations);
    }

    /** The comparing library reads the description as OpenAPI 3.0. */
    private static String plainTypes(String document) {
        return document.replace("\"openapi\" : \"3.1.0\"", "\"openapi\" : \"3.0.3\"")
                .replaceAll("\"exclusiveMinimum\" : [0-9.]+", "\"minimum\" : 0");
    }
}
