package ru.reklamai.generation.catalog.admin;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import ru.reklamai.events.ProviderFamily;
import ru.reklamai.generation.catalog.InputField;
import ru.reklamai.kit.message.Text;
import ru.reklamai.message.MessageCode;

/** Checks that a model's input fields make sense, before the first user has to find out that they don't. */
final class InputFieldCheck {

    private static final List<String> SOURCES = List.of(
            "prompt",
            "negativePrompt",
            "params",
            "startFrame",
            "endFrame",
            "referenceImage",
            "referenceVideo",
            "audio");
    private static final List<String> TYPES = List.of("string", "integer", "number", "boolean");

    private final Map<String, Text> violations = new LinkedHashMap<>();

    private InputFieldCheck() {}

    /** Returns what is wrong, by the field of the request. */
    static Map<String, Text> violations(ProviderFamily family, List<InputField> fields) {
        var check = new InputFieldCheck();
        for (int i = 0; i < fields.size(); i++) {
            check.check(family, "inputFields[" + i + "]", fields.get(i));
        }
        return check.violations;
    }

    private void check(ProviderFamily family, String where, InputField field) {
        if (field.name() == null || field.name().isBlank()) {
            refuse(where + ".name", MessageCode.MUST_NOT_BE_EMPTY);
        } else if (!FamilyInputs.knows(family, field.name())) {
            refuse(where + ".name", MessageCode.INPUT_UNKNOWN_TO_FAMILY);
        }
        if (field.from() == null || !SOURCES.contains(field.from())) {
            refuse(where + ".from", MessageCode.MUST_BE_ONE_OF, SOURCES);
            return;
        }
        if (field.from().equals("params")) {
            checkParam(where, field);
        }
        if (field.min() != null && field.max() != null && field.min() > field.max()) {
            refuse(where + ".min", MessageCode.MUST_NOT_EXCEED_MAX);
        }
    }

    private void checkParam(String where, InputField field) {
        if (field.type() == null || !TYPES.contains(field.type())) {
            refuse(where + ".type", MessageCode.MUST_BE_ONE_OF, TYPES);
            return;
        }
        if (field.values() != null && !field.values().stream().allMatch(field::isOfType)) {
            refuse(where + ".values", MessageCode.MUST_BE_OF_TYPE, field.type());
        }
        if (field.defaultValue() != null) {
            field.violation(field.defaultValue()).ifPresent(violation -> violations.put(where + ".default", violation));
        }
    }

    private void refuse(String field, MessageCode message, Object... values) {
        violations.put(field, Text.of(message, values));
    }
}
