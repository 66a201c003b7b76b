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
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The AsyncAPI document tells of what there is, of all of it and of nothing else. */
class AsyncApiTest {

    private static final Path FILE = Path.of("asyncapi/asyncapi.json");
    private static final Pattern QUEUE = Pattern.compile("reklamai\\.queue\\.[a-z-]+=([a-z.-]+)\\n");

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
        String settings =
                Files.readString(Path.of("../service-kit/src/main/resources/META-INF/microprofile-config.properties"));
        List<String> queues =
                QUEUE.matcher(settings).results().map(found -> found.group(1)).toList();
        assertTrue(queues.size() > 6);
        String operations = document.path("operations").toString();
        queues.forEach(queue -> assertTrue(operations.contains("takes it from " + queue), queue));
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
