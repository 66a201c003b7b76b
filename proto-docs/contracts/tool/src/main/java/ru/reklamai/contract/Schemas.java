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
 * What the services' builds don't say of their schemas: an answer has all of its fields but for the nullable ones, which
 * are left out where they would be null; a pattern of plain alternatives is an enumeration.
 */
final class Schemas {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern ALTERNATIVES = Pattern.compile("[a-z0-9-]+(\\|[a-z0-9-]+)+");
    private static final JsonNode NULL = JSON.createObjectNode().put("type", "null");

    private final Map<String, ObjectNode> paths;

    Schemas(Map<String, ObjectNode> paths) {
        this.paths = paths;
    }

    void refine(Map<String, JsonNode> schemas) {
        Set<String> inRequests = new TreeSet<>();
        paths.values().forEach(path -> path.properties()
                .forEach(operation -> collect(operation.getValue().path("requestBody"), schemas, inRequests)));
        schemas.forEach((name, schema) -> {
            if (schema.has("properties") && !inRequests.contains(name) && !name.equals("Problem")) {
                require((ObjectNode) schema);
            }
            enumerate(schema);
        });
        paths.values().forEach(Schemas::enumerate);
    }

    private static void require(ObjectNode schema) {
        ArrayNode required = JSON.createArrayNode();
        schema.path("properties").properties().forEach(property -> {
            if (!dropNull((ObjectNode) property.getValue())) {
                required.add(property.getKey());
            }
        });
        schema.set("required", required);
    }

    /** Takes null away from what the property may be, and returns whether it was there. */
    private static boolean dropNull(ObjectNode property) {
        boolean dropped = false;
        if (property.path("type") instanceof ArrayNode types) {
            dropped = true;
            types.valueStream()
                    .filter(type -> !type.asText().equals("null"))
                    .forEach(type -> property.set("type", type));
        }
        JsonNode anyOf = property.path("anyOf");
        if (anyOf.size() != 2 || !anyOf.path(1).equals(NULL)) {
            return dropped;
        }
        property.remove("anyOf");
        if (anyOf.path(0).has("$ref")) {
            property.remove("type");
        }
        property.setAll((ObjectNode) anyOf.path(0));
        return true;
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
