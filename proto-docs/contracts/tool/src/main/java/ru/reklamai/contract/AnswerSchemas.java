package ru.reklamai.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.util.Set;

/** Checks JSON against the schemas of the description; OpenAPI 3.1's are JSON Schema 2020-12. */
public final class AnswerSchemas {

    private static final JsonSchemaFactory FACTORY = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);

    private final JsonNode document;

    public AnswerSchemas(JsonNode document) {
        this.document = document;
    }

    public Set<ValidationMessage> violations(JsonNode schema, JsonNode value) {
        ObjectNode whole = schema.deepCopy();
        whole.set("components", document.path("components"));
        return FACTORY.getSchema(whole).validate(value);
    }
}
