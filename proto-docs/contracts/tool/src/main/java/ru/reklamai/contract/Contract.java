package ru.reklamai.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The one description of the gateway's API: the operations and schemas as the services' builds describe them from their
 * annotations, and what is the same for all of them.
 */
public final class Contract {

    private static final List<String> SERVICES =
            List.of("auth-service", "generation-service", "provider-worker", "status-service");
    private static final List<String> WORDS = List.of("operationId", "tags", "summary");
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final Path root;
    private final ObjectNode document = JSON.createObjectNode();
    private final Map<String, ObjectNode> paths = new TreeMap<>();
    private final Map<String, JsonNode> schemas = new TreeMap<>();

    private Contract(Path root) {
        this.root = root;
    }

    /** Writes the description; the argument is the project's root. */
    public static void main(String[] arguments) throws IOException {
        Path root = Path.of(arguments[0]);
        Files.writeString(file(root), build(root));
    }

    /** Returns where the description is checked in. */
    public static Path file(Path root) {
        return root.resolve("proto-docs/contracts/openapi/openapi.json");
    }

    /** Returns the description of what is built now. */
    public static String build(Path root) throws IOException {
        return new Contract(root).write();
    }

    private String write() throws IOException {
        document.put("openapi", "3.1.0");
        document.set("info", read(root.resolve("proto-docs/contracts/openapi/info.json")));
        document.putArray("servers").addObject().put("url", "/").put("description", "The gateway");
        document.set("tags", read(root.resolve("proto-docs/contracts/openapi/tags.json")));
        document.putArray("security").addObject().putArray("bearer");
        for (String service : SERVICES) {
            take(read(root.resolve(service + "/target/openapi/openapi.json")));
        }
        var allPaths = document.putObject("paths");
        paths.forEach(allPaths::set);
        ObjectNode components = document.putObject("components");
        components
                .putObject("securitySchemes")
                .putObject("bearer")
                .put("type", "http")
                .put("scheme", "bearer")
                .put("bearerFormat", "JWT")
                .put("description", "POST /api/v1/auth/login gives one; it works for 15 minutes.");
        schemas.put("Problem", read(root.resolve("proto-docs/contracts/openapi/problem.schema.json")));
        Errors.describe(components.putObject("responses"));
        new Schemas(paths).refine(schemas);
        var allSchemas = components.putObject("schemas");
        schemas.forEach(allSchemas::set);
        dropUnused(allSchemas);
        return JSON.writeValueAsString(document) + "\n";
    }

    /** Drops the schemas that nothing refers to, and then those that only they referred to. */
    private void dropUnused(ObjectNode allSchemas) {
        boolean dropped = true;
        while (dropped) {
            String whole = document.toString();
            dropped = allSchemas
                            .retain(schemas.keySet().stream()
                                    .filter(name -> whole.contains("\"#/components/schemas/" + name + "\""))
                                    .toList())
                            .size()
                    < schemas.size();
            schemas.keySet().removeIf(name -> !allSchemas.has(name));
        }
    }

    private void take(JsonNode service) {
        service.path("components").path("schemas").properties().forEach(schema -> {
            JsonNode known = schemas.putIfAbsent(schema.getKey(), schema.getValue());
            if (known != null && !known.equals(schema.getValue())) {
                throw new IllegalStateException("Two services have different schemas named " + schema.getKey());
            }
        });
        service.path("paths").properties().forEach(path -> {
            ObjectNode item = paths.computeIfAbsent(plain(path.getKey()), key -> JSON.createObjectNode());
            path.getValue().properties().forEach(operation -> {
                String key = operation.getKey().toUpperCase(Locale.ROOT) + " " + plain(path.getKey());
                item.set(operation.getKey(), described(key, operation.getValue()));
            });
        });
    }

    /** JAX-RS says in the path which characters a parameter takes. */
    private static String plain(String path) {
        return path.replaceAll("\\{(\\w+)\\s*:[^}]*}", "{$1}");
    }

    private static ObjectNode described(String key, JsonNode found) {
        ObjectNode operation = JSON.createObjectNode();
        for (String word : WORDS) {
            if (!found.has(word)) {
                throw new IllegalStateException(key + " has no " + word + ": its method needs @Operation and @Tag");
            }
            operation.set(word, found.path(word));
        }
        copy(found, "description", operation);
        if (found.path("security").isEmpty()) {
            operation.putArray("security");
        }
        copy(found, "parameters", operation);
        copy(found, "requestBody", operation);
        ObjectNode responses = operation.putObject("responses");
        found.path("responses").properties().stream()
                .filter(response -> response.getKey().startsWith("2"))
                .forEach(response -> responses.set(response.getKey(), success(response.getValue())));
        if (responses.isEmpty()) {
            throw new IllegalStateException(key + " has errors alone: its method needs @APIResponse for success too");
        }
        Errors.add(key, operation, found.path("responses"));
        return operation;
    }

    private static void copy(JsonNode from, String field, ObjectNode to) {
        if (from.has(field)) {
            to.set(field, from.path(field));
        }
    }

    /** A content of which nothing is known is none: the method returns a Response without an entity. */
    private static JsonNode success(JsonNode found) {
        ObjectNode response = found.deepCopy();
        response.put("description", response.path("description").asText("OK"));
        JsonNode json = response.at("/content/application~1json");
        if (json.has("schema") && json.path("schema").isEmpty()) {
            response.remove("content");
        }
        return response;
    }

    private static JsonNode read(Path file) throws IOException {
        return JSON.readTree(file.toFile());
    }
}
