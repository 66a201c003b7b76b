package ru.reklamai.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * Whole examples, put together from those of the properties, as Swagger UI does. A property needs none where its kind
 * says it all: a choice, a flag, an id, a time.
 */
public final class Examples {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Map<String, String> BY_FORMAT =
            Map.of("uuid", "0197f0a0-3c1a-7000-8000-000000000001", "date-time", "2026-11-25T10:00:00Z");

    private final JsonNode document;

    public Examples(JsonNode document) {
        this.document = document;
    }

    /** Returns an example of a body; its description is what stands at its media type. */
    public JsonNode of(JsonNode body) {
        return body.has("example") ? body.path("example") : value(body.path("schema"), "the body");
    }

    private JsonNode value(JsonNode schema, String name) {
        if (schema.has("examples")) {
            return schema.path("examples").path(0);
        }
        if (schema.has("enum")) {
            return schema.path("enum").path(0);
        }
        if (schema.has("$ref")) {
            String reference = schema.path("$ref").asText();
            return value(document.at(reference.substring(1)), reference.substring(reference.lastIndexOf('/') + 1));
        }
        if (schema.has("anyOf")) {
            return value(schema.path("anyOf").path(0), name);
        }
        if (BY_FORMAT.containsKey(schema.path("format").asText())) {
            return NODES.textNode(BY_FORMAT.get(schema.path("format").asText()));
        }
        if (schema.has("properties")) {
            return object(schema, name);
        }
        return switch (schema.path("type").asText()) {
            case "boolean" -> NODES.booleanNode(true);
            case "array" -> NODES.arrayNode().add(value(schema.path("items"), name));
            default -> throw new IllegalStateException(name + " has no example: it needs @Schema(examples = …)");
        };
    }

    private ObjectNode object(JsonNode schema, String name) {
        ObjectNode object = NODES.objectNode();
        schema.path("properties")
                .properties()
                .forEach(property ->
                        object.set(property.getKey(), value(property.getValue(), name + "." + property.getKey())));
        return object;
    }
}
