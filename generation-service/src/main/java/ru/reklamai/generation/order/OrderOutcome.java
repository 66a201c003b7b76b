package ru.reklamai.generation.order;

/** What became of an order that passed the checks. */
sealed interface OrderOutcome {

    /** @param generations the variants, paid for and stored, now or when the same order came first */
    record Placed(List<Generation> generations) implements OrderOutcome {}

    /** @param violations what is wrong with the files that it uses, by the request's field */
    record FilesRefused(Map<String, Text> violations) implements OrderOutcome {}

    record Refused(Submission.Reason reason) implements OrderOutcome {}
}
