package ru.reklamai.generation.upload;

/** What became of a file that a user brings. */
sealed interface UploadOutcome {

    /** @param upload as it is stored now */
    record Taken(Upload upload) implements UploadOutcome {}

    record Refused(UploadViolation violation) implements UploadOutcome {}
}
