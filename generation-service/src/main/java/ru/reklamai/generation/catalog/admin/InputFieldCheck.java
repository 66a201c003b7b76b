package ru.reklamai.generation.catalog.admin;

import ru.reklamai.message.MessageCode;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import ru.reklamai.kit.message.Messages;

/** Looks whether a model's input fields make sense, before the first user has to find out that they don't. */
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

    private final Map<String, String> violations = new LinkedHashMap<>();

    private InputFieldCheck() {}

    /** Returns what is wrong, by the field of the request. */
    static Map<String, String> violations(FamilyInputs family, List<InputField> fields) {
        var check = new InputFieldCheck();
        for (int i = 0; i < fields.size(); i++) {
            check.look(family, "inputFields[" + i + "]", fields.get(i));
        }
        return check.violations;
    }

    private void look(FamilyInputs family, String where, InputField field) {
        if (field.name() == null || field.name().isBlank()) {
            refuse(where + ".name", Messages.text(MessageCode.MUST_NOT_BE_EMPTY));
        } else if (!family.knows(field.name())) {
            refuse(where + ".name", Messages.text(MessageCode.INPUT_UNKNOWN_TO_FAMILY));
        }
        if (field.from() == null || !SOURCES.contains(field.from())) {
            refuse(where + ".from", Messages.text(MessageCode.MUST_BE_ONE_OF, SOURCES));
            return;
        }
        if (field.from().equals("params")) {
            lookAtParam(where, field);
        }
        if (field.min() != null && field.max() != null && field.min() > field.max()) {
            refuse(where + ".min", Messages.text(MessageCode.MUST_NOT_EXCEED_MAX));
        }
    }

    private void lookAtParam(String where, InputField field) {
        if (field.type() == null || !TYPES.contains(field.type())) {
            refuse(where + ".type", Messages.text(MessageCode.MUST_BE_ONE_OF, TYPES));
            return;
        }
        Optional.ofNullable(field.values())
                .ifPresent(values -> values.forEach(value -> {
                    if (!ProviderInput.isOfType(field.type(), value)) {
                        refuse(where + ".values", Messages.text(MessageCode.MUST_BE_OF_TYPE, field.type()));
                    }
                }));
        if (field.defaultValue() != null) {
            String wrong = ProviderInput.whatIsWrong(field, field.defaultValue());
            if (!wrong.isEmpty()) {
                refuse(where + ".default", wrong);
            }
        }
    }

    private void refuse(String field, String why) {
        violations.put(field, why);
    }
}
