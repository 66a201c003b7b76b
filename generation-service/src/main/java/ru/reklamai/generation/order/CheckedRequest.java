package ru.reklamai.generation.order;

import java.util.Map;
import ru.reklamai.kit.message.Text;

/** The result of checking a request: an order, or why there is none. */
sealed interface CheckedRequest permits Order, CheckedRequest.Invalid, CheckedRequest.ParentNotFound {

    /** @param violations what is wrong, by the request's field */
    record Invalid(Map<String, Text> violations) implements CheckedRequest {}

    /** The generation to start from isn't there, or not for this user. */
    record ParentNotFound() implements CheckedRequest {}
}
