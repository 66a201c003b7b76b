package ru.reklamai.kit.message;

import java.util.List;
import java.util.Locale;
import ru.reklamai.message.MessageCode;

/**
 * A message with its values, in no language yet.
 *
 * @param values what stands in the message's places {0}, {1} …
 */
public record Text(MessageCode code, List<Object> values) {

    public static Text of(MessageCode code, Object... values) {
        return new Text(code, List.of(values));
    }

    public String in(Locale language) {
        return Messages.text(language, code.text(), values);
    }
}
