package ru.reklamai.e2e.security;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import ru.reklamai.e2e.security.Operations.Operation;

/** Requests from the description: mostly what it allows, at its edges, and every so often what it doesn't. */
final class RandomRequests {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int MAX_DEPTH = 5;

    private final List<String> knownIds;

    /** @param knownIds of things that are there, so that requests get further than to a 404 */
    RandomRequests(List<String> knownIds) {
        this.knownIds = knownIds;
    }

    /** @param body as text; it may be no JSON at all */
    record Request(String path, String body, String contentType, String idempotencyKey) {}

    Arbitrary<Request> of(Operation operation) {
        return Combinators.combine(path(operation), query(operation), body(operation), contentType(), headerText())
                .as((path, query, body, type, key) -> new Request(path + query, body, type, key));
    }

    private Arbitrary<String> path(Operation operation) {
        Arbitrary<String> path = Arbitraries.just(operation.path());
        for (JsonNode parameter : operation.parameters("path")) {
            String place = "{" + parameter.path("name").asText() + "}";
            path = Combinators.combine(path, text(parameter.path("schema")))
                    .as((soFar, value) -> soFar.replace(place, encoded(value.isEmpty() ? "x" : value)));
        }
        return path;
    }

    private Arbitrary<String> query(Operation operation) {
        Arbitrary<String> query = Arbitraries.just("");
        for (JsonNode parameter : operation.parameters("query")) {
            String name = parameter.path("name").asText();
            Arbitrary<String> value = text(parameter.path("schema"));
            query = Combinators.combine(query, value, Arbitraries.of(true, false, false))
                    .as((soFar, text, there) ->
                            there ? soFar + (soFar.isEmpty() ? "?" : "&") + name + "=" + encoded(text) : soFar);
        }
        return query;
    }

    private Arbitrary<String> body(Operation operation) {
        if (operation.jsonBody().isMissingNode()) {
            return Arbitraries.just("");
        }
        Arbitrary<String> written =
                value(operation.jsonBody().path("schema"), 0).map(JsonNode::toString);
        Arbitrary<String> example = Arbitraries.just(operation.exampleBody());
        Arbitrary<String> cut = Combinators.combine(
                        example, Arbitraries.integers().between(0, 40))
                .as((text, length) -> text.substring(0, Math.min(text.length(), length)));
        return Arbitraries.frequencyOf(
                Tuple.of(12, written), Tuple.of(3, example), Tuple.of(1, cut), Tuple.of(1, anyText()));
    }

    private static Arbitrary<String> contentType() {
        return Arbitraries.frequency(
                Tuple.of(20, "application/json"),
                Tuple.of(1, "application/json;charset=utf-16"),
                Tuple.of(1, "text/plain"),
                Tuple.of(1, "multipart/form-data; boundary=x"),
                Tuple.of(1, "nonsense"));
    }

    private static Arbitrary<String> headerText() {
        return Arbitraries.strings().withCharRange('!', '~').ofMinLength(1).ofMaxLength(210);
    }

    /** A parameter as text: of the right kind, or any. */
    private Arbitrary<String> text(JsonNode schema) {
        return value(schema, MAX_DEPTH).map(node -> node.isTextual() ? node.asText() : node.toString());
    }

    private Arbitrary<JsonNode> value(JsonNode reference, int depth) {
        JsonNode schema = Operations.resolve(reference);
        return Arbitraries.frequencyOf(Tuple.of(9, fitting(schema, depth)), Tuple.of(1, anything()));
    }

    private Arbitrary<JsonNode> fitting(JsonNode schema, int depth) {
        if (schema.has("enum")) {
            List<JsonNode> values = new ArrayList<>();
            schema.path("enum").forEach(values::add);
            return Arbitraries.of(values);
        }
        return switch (schema.path("type").asText()) {
            case "string" -> string(schema);
            case "integer" ->
                Arbitraries.frequencyOf(
                        Tuple.of(
                                3,
                                Arbitraries.integers()
                                        .between(
                                                schema.path("minimum").asInt(0) - 1,
                                                schema.path("maximum").asInt(100) + 1)
                                        .map(number -> (JsonNode) NODES.numberNode(number))),
                        Tuple.of(1, Arbitraries.longs().map(number -> (JsonNode) NODES.numberNode(number))));
            case "number" ->
                Arbitraries.bigDecimals()
                        .between(BigDecimal.valueOf(-2_000_000), BigDecimal.valueOf(2_000_000))
                        .ofScale(3)
                        .map(number -> (JsonNode) NODES.numberNode(number));
            case "boolean" -> Arbitraries.of(true, false).map(flag -> (JsonNode) NODES.booleanNode(flag));
            case "array" ->
                depth > MAX_DEPTH
                        ? Arbitraries.just(NODES.arrayNode())
                        : value(schema.path("items"), depth + 1)
                                .list()
                                .ofMaxSize(4)
                                .map(RandomRequests::array);
            case "object" -> depth > MAX_DEPTH ? Arbitraries.just(NODES.objectNode()) : object(schema, depth);
            default -> anything();
        };
    }

    private Arbitrary<JsonNode> string(JsonNode schema) {
        if (schema.path("format").asText().equals("uuid")) {
            return Arbitraries.frequencyOf(
                            Tuple.of(6, Arbitraries.of(knownIds)),
                            Tuple.of(1, Arbitraries.just("0197f0a0-0000-7000-8000-000000000001")),
                            Tuple.of(1, anyText()))
                    .map(NODES::textNode);
        }
        int longest = schema.path("maxLength").asInt(30);
        return Arbitraries.frequencyOf(
                        Tuple.of(6, anyText()),
                        Tuple.of(2, Arbitraries.of(knownIds)),
                        Tuple.of(1, Arbitraries.just("x".repeat(longest))),
                        Tuple.of(1, Arbitraries.just("я".repeat(longest + 1))))
                .map(NODES::textNode);
    }

    /** Required fields are nearly always there, the others half the time, and sometimes one that isn't known. */
    private Arbitrary<JsonNode> object(JsonNode schema, int depth) {
        Arbitrary<ObjectNode> object = Arbitraries.create(NODES::objectNode);
        List<String> required = new ArrayList<>();
        schema.path("required").forEach(name -> required.add(name.asText()));
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            int weight = required.contains(property.getKey()) ? 20 : 1;
            Arbitrary<Boolean> there = Arbitraries.frequency(Tuple.of(weight, true), Tuple.of(1, false));
            object = Combinators.combine(object, value(property.getValue(), depth + 1), there)
                    .as((soFar, value, isThere) -> isThere ? with(soFar, property.getKey(), value) : soFar);
        }
        return Combinators.combine(object, Arbitraries.frequency(Tuple.of(1, true), Tuple.of(25, false)))
                .as((soFar, isUnknown) -> isUnknown ? with(soFar, "unknown", NODES.numberNode(1)) : soFar);
    }

    private static Arbitrary<JsonNode> anything() {
        return Arbitraries.oneOf(
                Arbitraries.of(
                        NODES.nullNode(),
                        NODES.booleanNode(true),
                        NODES.numberNode(-1),
                        NODES.numberNode(new BigDecimal("1e400")),
                        NODES.numberNode(Long.MAX_VALUE),
                        NODES.textNode(""),
                        NODES.arrayNode(),
                        NODES.arrayNode().add(NODES.arrayNode().add(1)),
                        NODES.objectNode(),
                        NODES.objectNode().set("a", NODES.objectNode().set("b", NODES.nullNode()))),
                anyText().map(NODES::textNode));
    }

    private static Arbitrary<String> anyText() {
        return Arbitraries.frequencyOf(
                Tuple.of(4, Arbitraries.strings().alpha().numeric().ofMaxLength(20)),
                Tuple.of(2, Arbitraries.strings().all().ofMaxLength(40)),
                Tuple.of(
                        2,
                        Arbitraries.of(
                                "\u0000",
                                "' OR 1=1 --",
                                "%",
                                "_",
                                "\\",
                                "${jndi:x}",
                                "{{7*7}}",
                                "\u202e",
                                "\ud83d\ude00",
                                "\ud800",
                                "../..",
                                "a/b",
                                "null",
                                "1e309",
                                "anna@example.org",
                                "ru")));
    }

    private static ObjectNode with(ObjectNode object, String name, JsonNode value) {
        ObjectNode copy = object.deepCopy();
        copy.set(name, value);
        return copy;
    }

    private static JsonNode array(List<JsonNode> items) {
        ArrayNode array = NODES.arrayNode();
        items.forEach(array::add);
        return array;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
