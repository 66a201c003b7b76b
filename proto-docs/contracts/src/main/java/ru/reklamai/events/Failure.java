package ru.reklamai.events;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import ru.reklamai.message.MessageCode;

/**
 * Why a generation failed, in no language yet: whoever tells a person finds the words by the code.
 *
 * @param code stable, for programs: see proto-docs/README.md
 * @param parameters what stands in the message's places {0}, {1} …
 */
@RegisterForReflection
public record Failure(String code, List<String> parameters) {

    public static Failure of(MessageCode code, String... parameters) {
        return new Failure(code.text(), List.of(parameters));
    }
}
