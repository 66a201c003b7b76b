package ru.reklamai.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The AsyncAPI document tells of what there is, of all of it and of nothing else. */
class AsyncApiTest {

    private static final Path FILE = Path.of("asyncapi/asyncapi.json");
    private static final Pattern QUEUE =
            Pattern.compile("queue\\.name=([a-z-]+\\.[a-z-]+)\\n.*routing-keys=([a-z.*]+)");

    private JsonNode document;

    @BeforeEach
    void read() throws IOException {
        document = new ObjectMapper().readTree(FILE.toFile());
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        List<String> references = new ArrayList<>();
        collect(document, references);
        assertTrue(references.size() > 40);
        List<String> wrong = references.stream().filter(this::leadsNowhere).toList();
        assertEquals(List.of(), wrong);
    }

    @Test
    void everyEventWithASchemaHasAChannel() throws IOException {
        Set<String> described = new TreeSet<>();
        document.path("components")
                .path("messages")
                .forEach(message -> described.add(message.path("name").asText()));
        described.remove("token");
        try (Stream<Path> files = Files.list(Path.of("events"))) {
            Set<String> schemas = files.map(
                            file -> file.getFileName().toString().replace(".schema.json", ""))
                    .collect(Collectors.toCollection(TreeSet::new));
            assertEquals(schemas, described);
        }
    }

    @Test
    void everyQueueOfTheServicesIsNamed() throws IOException {
        for (String service : List.of("auth-service", "generation-service", "provider-worker", "status-service")) {
            String settings = Files.readString(Path.of("../" + service + "/src/main/resources/application.properties"));
            Matcher queue = QUEUE.matcher(settings);
            while (queue.find()) {
                String name = queue.group(1);
                assertTrue(document.path("operations").toString().contains("takes it from " + name), name);
            }
        }
    }

    private boolean leadsNowhere(String reference) {
        return reference.startsWith("#")
                ? document.at(reference.substring(1)).isMissingNode()
                : !Files.exists(FILE.getParent().resolve(reference));
    }

    private static void collect(JsonNode node, List<String> references) {
        if (node.path("$ref").isTextual()) {
            references.add(node.path("$ref").asText());
        }
        node.forEach(child -> collect(child, references));
    }
}
