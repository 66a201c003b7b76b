package ru.reklamai.generation.generation;

import java.util.Optional;
import java.util.UUID;

/**
 * Which generations a list shows; what is empty lets all through.
 *
 * @param text part of the prompt, in any case
 * @param before the last of the page before: ids are ordered by time, so a list that goes on from one never shows
 *     anything twice, whatever is ordered meanwhile
 */
record GenerationFilter(
        Optional<String> status,
        Optional<String> modality,
        Optional<String> modelKey,
        Optional<UUID> boardId,
        Optional<UUID> batchId,
        Optional<Boolean> favourite,
        Optional<String> text,
        Optional<UUID> before,
        int limit) {}
