package ru.reklamai.generation.credit;

import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

public record LedgerPage(
        List<LedgerEntry> items, @Schema(nullable = true) UUID nextCursor) {

    static LedgerPage of(List<LedgerEntry> items, int limit) {
        return new LedgerPage(
                items, items.size() < limit ? null : items.getLast().id());
    }
}
