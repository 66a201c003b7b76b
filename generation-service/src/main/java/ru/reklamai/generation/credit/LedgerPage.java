package ru.reklamai.generation.credit;

import java.util.List;
import java.util.UUID;

public record LedgerPage(List<LedgerEntry> items, UUID nextCursor) {

    static LedgerPage of(List<LedgerEntry> items, int limit) {
        return new LedgerPage(
                items, items.size() < limit ? null : items.getLast().id());
    }
}
