package ru.reklamai.generation.catalog;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import ru.reklamai.events.GenerationRequested.InputFile;
import ru.reklamai.kit.message.Text;
import ru.reklamai.message.MessageCode;

/**
 * A request in a model's own field names, checked against what the model takes.
 *
 * @param violations what is wrong, by the request's field; the rest counts only if this is empty
 */
public record ProviderInput(Map<String, Object> values, List<InputFile> files, Map<String, Text> violations) {

    /**
     * What a user sent.
     *
     * @param files paths of uploads by their kind: startFrame, endFrame, referenceImage, referenceVideo, audio
     */
    public record Request(
            Optional<String> prompt,
            Optional<String> negativePrompt,
            Map<String, String> files,
            Map<String, Object> params) {}

    public static ProviderInput of(Model model, Request request, String uploadsBucket) {
        var input = new ProviderInput(new LinkedHashMap<>(), new ArrayList<>(), new LinkedHashMap<>());
        Set<String> unusedParams = new TreeSet<>(request.params().keySet());
        Set<String> unusedFiles = new TreeSet<>(request.files().keySet());
        for (InputField field : model.inputFields()) {
            if (field.needsFile()) {
                unusedFiles.remove(field.from());
                input.takeFile(field, Optional.ofNullable(request.files().get(field.from())), uploadsBucket);
            } else if (field.from().equals("params")) {
                unusedParams.remove(field.name());
                input.takeParam(field, Optional.ofNullable(request.params().get(field.name())));
            } else {
                input.takeText(field, field.from().equals("prompt") ? request.prompt() : request.negativePrompt());
            }
        }
        unusedParams.forEach(name -> input.refuse("input.params." + name, MessageCode.PARAM_UNKNOWN));
        unusedFiles.forEach(kind -> input.refuse("input." + kind + "Path", MessageCode.FILE_NOT_USED));
        return input;
    }

    private void takeFile(InputField field, Optional<String> path, String bucket) {
        if (path.isPresent()) {
            files.add(new InputFile(field.name(), field.list(), bucket, path.get()));
        } else if (field.required()) {
            refuse("input." + field.from() + "Path", MessageCode.FILE_REQUIRED);
        }
    }

    private void takeText(InputField field, Optional<String> given) {
        Optional<String> text = given.filter(words -> !words.isBlank());
        if (text.isEmpty()) {
            if (field.required()) {
                refuse(field.from(), MessageCode.INPUT_REQUIRED);
            }
        } else if (field.max() != null && text.get().length() > field.max()) {
            refuse(field.from(), MessageCode.TEXT_TOO_LONG, field.max().intValue());
        } else {
            values.put(field.name(), text.get());
        }
    }

    private void takeParam(InputField field, Optional<Object> given) {
        Optional<Object> value = given.or(() -> Optional.ofNullable(field.defaultValue()));
        if (value.isEmpty()) {
            if (field.required()) {
                refuse("input.params." + field.name(), MessageCode.INPUT_REQUIRED);
            }
            return;
        }
        field.violation(value.get())
                .ifPresentOrElse(
                        violation -> violations.put("input.params." + field.name(), violation),
                        () -> values.put(field.name(), value.get()));
    }

    private void refuse(String field, MessageCode message, Object... messageValues) {
        violations.put(field, Text.of(message, messageValues));
    }
}
