package ru.reklamai.generation.upload;

import java.util.UUID;

/**
 * A file that a user brings.
 *
 * @param path in the bucket uploads, once it was looked at
 * @param ready whether it was
 */
record Upload(String path, UUID userId, String purpose, FileType type, long sizeBytes, boolean ready) {

    /** Where the client's link leads: nothing is used from there, so nothing can be changed after it was looked at. */
    String incomingPath() {
        return "incoming/" + path;
    }
}
