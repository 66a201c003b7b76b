package ru.reklamai.events;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Set;

/** The checked-in JSON Schemas, for tests that look at what is really published. */
public final class EventSchemas {

    private static final JsonSchemaFactory FACTORY = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);

    /** Returns what is wrong with the message by the schema of that name; empty when it is right. */
    public static Set<ValidationMessage> violations(String schemaName, String json) {
        return schema(schemaName).validate(json, InputFormat.JSON, context -> context.getExecutionConfig()
                .setFormatAssertionsEnabled(true));
    }

    private static JsonSchema schema(String name) {
        String path = "/events/" + name + ".schema.json";
        try (InputStream in = EventSchemas.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalArgumentException("No schema " + path);
            }
            return FACTORY.getSchema(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private EventSchemas() {}
}
