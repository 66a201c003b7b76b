package ru.reklamai.generation.order;

import java.util.List;
import java.util.Map;
import ru.reklamai.generation.generation.Generation;
import ru.reklamai.generation.generation.Submission;
import ru.reklamai.kit.message.Text;

/** What became of an order that passed the checks. */
sealed interface OrderOutcome {

    /** @param generations the variants, paid for and stored, now or when the same order came first */
    record Placed(List<Generation> generations) implements OrderOutcome {}

    /** @param violations what is wrong with the files that it uses, by the request's field */
    record FilesRefused(Map<String, Text> violations) implements OrderOutcome {}

    record Refused(Submission.Reason reason) implements OrderOutcome {}
}
