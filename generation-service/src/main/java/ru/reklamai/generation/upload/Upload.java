package ru.reklamai.generation.upload;

import java.util.UUID;

/**
 * A file that a user brings.
 *
 * @param path in the bucket uploads, once it has been checked
 * @param ready whether it has been checked
 */
record Upload(String path, UUID userId, String purpose, FileType type, long sizeBytes, boolean ready) {

    /** Where the client's link leads. Nothing is used from there, so nothing can be changed after the check. */
    String incomingPath() {
        return "incoming/" + path;
    }
}
