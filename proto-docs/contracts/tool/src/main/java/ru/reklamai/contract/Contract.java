package ru.reklamai.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The one description of the gateway's API: paths and schemas as the services' builds describe them, and from
 * operations.json what a program can't know: names, words, examples and the errors of each operation.
 */
public final class Contract {

    private static final List<String> SERVICES =
            List.of("auth-service", "generation-service", "provider-worker", "status-service");
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final Path root;
    private final ObjectNode operations;
    private final ObjectNode document = JSON.createObjectNode();
    private final Map<String, ObjectNode> paths = new TreeMap<>();
    private final Map<String, JsonNode> schemas = new TreeMap<>();

    private Contract(Path root) throws IOException {
        this.root = root;
        this.operations = (ObjectNode) read(root.resolve("proto-docs/contracts/openapi/operations.json"));
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
        if (!operations.isEmpty()) {
            throw new IllegalStateException("operations.json describes what is not there: " + operations.properties());
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
        new Schemas((ObjectNode) read(root.resolve("proto-docs/contracts/openapi/schemas.json")), paths)
                .refine(schemas);
        var allSchemas = components.putObject("schemas");
        schemas.forEach(allSchemas::set);
        dropUnused(allSchemas);
        return JSON.writeValueAsString(document) + "\n";
    }

    /** What only our overriding of a response had in use goes, with what that used. */
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
                String key = operation.getKey().toUpperCase(java.util.Locale.ROOT) + " " + plain(path.getKey());
                item.set(operation.getKey(), described(key, (ObjectNode) operation.getValue()));
            });
        });
    }

    /** JAX-RS says in the path which characters a parameter takes. */
    private static String plain(String path) {
        return path.replaceAll("\\{(\\w+)\\s*:[^}]*}", "{$1}");
    }

    private ObjectNode described(String key, ObjectNode found) {
        JsonNode words = operations.remove(key);
        if (words == null) {
            throw new IllegalStateException("operations.json lacks " + key);
        }
        ObjectNode operation = JSON.createObjectNode();
        operation.put("operationId", words.path("operationId").asText());
        operation.putArray("tags").add(words.path("tag").asText());
        operation.put("summary", words.path("summary").asText());
        if (words.has("description")) {
            operation.put("description", words.path("description").asText());
        }
        if (words.path("public").asBoolean()) {
            operation.putArray("security");
        }
        if (found.has("parameters")) {
            operation.set("parameters", found.path("parameters"));
        }
        if (found.has("requestBody")) {
            operation.set("requestBody", withExample(found.path("requestBody"), words.path("request")));
            if (words.has("requestSchema")) {
                ((ObjectNode) operation.at("/requestBody/content/application~1json"))
                        .set("schema", words.path("requestSchema"));
            }
        }
        ObjectNode responses = operation.putObject("responses");
        found.path("responses").properties().stream()
                .filter(response -> response.getKey().startsWith("2"))
                .forEach(response -> responses.set(response.getKey(), success(response.getValue(), words)));
        Errors.add(responses, key, operation, words);
        return operation;
    }

    private static JsonNode success(JsonNode found, JsonNode words) {
        ObjectNode response = found.deepCopy();
        response.put("description", response.path("description").asText("OK"));
        if (words.has("contentType")) {
            ObjectNode schema = JSON.createObjectNode();
            if (words.has("schema")) {
                schema.put(
                        "$ref", "#/components/schemas/" + words.path("schema").asText());
            } else {
                schema.put("type", "string").put("format", "binary");
            }
            response.putObject("content")
                    .putObject(words.path("contentType").asText())
                    .set("schema", schema);
        }
        if (words.path("emptyAnswer").asBoolean()) {
            response.remove("content");
        }
        if (words.has("answers")) {
            var anyOf = ((ObjectNode) response.at("/content/application~1json"))
                    .putObject("schema")
                    .putArray("anyOf");
            words.path("answers")
                    .forEach(name -> anyOf.addObject().put("$ref", "#/components/schemas/" + name.asText()));
        }
        return withExample(response, words.path("response"));
    }

    private static JsonNode withExample(JsonNode body, JsonNode example) {
        ObjectNode described = body.deepCopy();
        for (String type : List.of("application/json", "text/event-stream")) {
            if (!example.isMissingNode() && described.path("content").has(type)) {
                ((ObjectNode) described.path("content").path(type)).set("example", example);
            }
        }
        return described;
    }

    private static JsonNode read(Path file) throws IOException {
        return JSON.readTree(file.toFile());
    }
}
