package ru.reklamai.generation.catalog;

import ru.reklamai.message.MessageCode;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import ru.reklamai.events.GenerationRequested.InputFile;
import ru.reklamai.kit.message.Messages;

/**
 * A request in a model's own field names, checked against what the model takes.
 *
 * @param violations what is wrong, by the request's field; the rest counts only if this is empty
 */
public record ProviderInput(Map<String, Object> values, List<InputFile> files, Map<String, String> violations) {

    /**
     * What a user sent.
     *
     * @param files paths of uploads by their kind: startFrame, endFrame, referenceImage, referenceVideo, audio
     */
    public record Request(
            String prompt, String negativePrompt, Map<String, String> files, Map<String, Object> params) {}

    public static ProviderInput of(Model model, Request request, String uploadsBucket) {
        var input = new ProviderInput(new LinkedHashMap<>(), new ArrayList<>(), new LinkedHashMap<>());
        Set<String> unusedParams = new TreeSet<>(request.params().keySet());
        Set<String> unusedFiles = new TreeSet<>(request.files().keySet());
        for (InputField field : model.inputFields()) {
            if (field.needsFile()) {
                unusedFiles.remove(field.from());
                input.takeFile(field, request.files().get(field.from()), uploadsBucket);
            } else if (field.from().equals("params")) {
                unusedParams.remove(field.name());
                input.takeParam(field, request.params().get(field.name()));
            } else {
                input.takeText(field, field.from().equals("prompt") ? request.prompt() : request.negativePrompt());
            }
        }
        unusedParams.forEach(
                name -> input.refuse("input.params." + name, Messages.text(MessageCode.PARAM_UNKNOWN)));
        unusedFiles.forEach(kind -> input.refuse("input." + kind + "Path", Messages.text(MessageCode.FILE_NOT_USED)));
        return input;
    }

    private void takeFile(InputField field, String path, String bucket) {
        if (path != null) {
            files.add(new InputFile(field.name(), field.list(), bucket, path));
        } else if (field.required()) {
            refuse("input." + field.from() + "Path", Messages.text(MessageCode.FILE_REQUIRED));
        }
    }

    private void takeText(InputField field, String text) {
        if (text == null || text.isBlank()) {
            if (field.required()) {
                refuse(field.from(), Messages.text(MessageCode.INPUT_REQUIRED));
            }
        } else if (field.max() != null && text.length() > field.max()) {
            refuse(
                    field.from(),
                    Messages.text(
                            MessageCode.TEXT_TOO_LONG, field.max().intValue()));
        } else {
            values.put(field.name(), text);
        }
    }

    private void takeParam(InputField field, Object given) {
        Object value = given == null ? field.defaultValue() : given;
        if (value == null) {
            if (field.required()) {
                refuse("input.params." + field.name(), Messages.text(MessageCode.INPUT_REQUIRED));
            }
            return;
        }
        String wrong = whatIsWrong(field, value);
        if (wrong.isEmpty()) {
            values.put(field.name(), value);
        } else {
            refuse("input.params." + field.name(), wrong);
        }
    }

    static boolean isOfType(String type, Object value) {
        return switch (type) {
            case "string" -> value instanceof String;
            case "integer" -> value instanceof Integer || value instanceof Long;
            case "number" -> value instanceof Number;
            case "boolean" -> value instanceof Boolean;
            default -> throw new IllegalStateException("Unknown type " + type);
        };
    }

    /** Returns what is wrong with a parameter's value, empty if nothing is. */
    static String whatIsWrong(InputField field, Object value) {
        if (!isOfType(field.type(), value)) {
            return Messages.text(MessageCode.MUST_BE_OF_TYPE, field.type());
        }
        if (field.values() != null && !field.values().contains(value)) {
            return Messages.text(MessageCode.MUST_BE_ONE_OF, field.values());
        }
        boolean tooSmall = value instanceof Number n && field.min() != null && n.doubleValue() < field.min();
        boolean tooLarge = value instanceof Number n && field.max() != null && n.doubleValue() > field.max();
        return tooSmall || tooLarge ? Messages.text(MessageCode.MUST_BE_BETWEEN, field.min(), field.max()) : "";
    }

    private void refuse(String field, String why) {
        violations.put(field, why);
    }
}
