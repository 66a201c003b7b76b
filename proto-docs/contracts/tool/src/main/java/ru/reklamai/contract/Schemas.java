package ru.reklamai.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What the services' builds don't say of their schemas: an answer has all of its fields but for those that schemas.json
 * calls optional; a pattern of plain alternatives is an enumeration.
 */
final class Schemas {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern ALTERNATIVES = Pattern.compile("[a-z0-9-]+(\\|[a-z0-9-]+)+");

    private final ObjectNode words;
    private final Map<String, ObjectNode> paths;

    Schemas(ObjectNode words, Map<String, ObjectNode> paths) {
        this.words = words;
        this.paths = paths;
    }

    void refine(Map<String, JsonNode> schemas) {
        Set<String> inRequests = new TreeSet<>();
        paths.values().forEach(path -> path.properties()
                .forEach(operation -> collect(operation.getValue().path("requestBody"), schemas, inRequests)));
        schemas.forEach((name, schema) -> {
            JsonNode word = words.path(name);
            if (schema.has("properties") && !inRequests.contains(name) && !name.equals("Problem")) {
                require((ObjectNode) schema, word);
            }
            if (word.has("required")) {
                ((ObjectNode) schema).set("required", word.path("required"));
            }
            word.path("values").properties().forEach(values -> ((ObjectNode) schema.path("properties"))
                    .putObject(values.getKey())
                    .put("type", "string")
                    .set("enum", values.getValue()));
            enumerate(schema);
        });
        paths.values().forEach(Schemas::enumerate);
    }

    private static void require(ObjectNode schema, JsonNode word) {
        ArrayNode required = JSON.createArrayNode();
        schema.path("properties").fieldNames().forEachRemaining(required::add);
        word.path("optional").forEach(optional -> {
            for (int i = 0; i < required.size(); i++) {
                if (required.get(i).equals(optional)) {
                    required.remove(i);
                }
            }
        });
        schema.set("required", required);
    }

    private static void enumerate(JsonNode node) {
        if (node.path("pattern").isTextual()
                && ALTERNATIVES.matcher(node.path("pattern").asText()).matches()) {
            String pattern = ((ObjectNode) node).remove("pattern").asText();
            ((ObjectNode) node).set("enum", JSON.valueToTree(pattern.split("\\|", -1)));
        }
        node.forEach(Schemas::enumerate);
    }

    /** Collects the names of all schemas that a node uses, and those use. */
    private static void collect(JsonNode node, Map<String, JsonNode> schemas, Set<String> names) {
        if (node.path("$ref").isTextual()) {
            String reference = node.path("$ref").asText();
            String name = reference.substring(reference.lastIndexOf('/') + 1);
            if (names.add(name)) {
                collect(schemas.getOrDefault(name, JSON.missingNode()), schemas, names);
            }
        }
        node.forEach(child -> collect(child, schemas, names));
    }
}
