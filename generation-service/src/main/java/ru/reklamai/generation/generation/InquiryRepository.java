package ru.reklamai.generation.generation;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import ru.reklamai.kit.database.Database;

/** SQL that finds generations that have been silent for a while. */
@ApplicationScoped
class InquiryRepository {

    /** Silent since the last change, publication and question; the wait grows with the generation's age. */
    private static final String SILENT = """
            FROM studio.generations
            WHERE status IN ('queued', 'processing')
              AND version = published_version
              AND greatest(queried_at, published_at) < now() - $1::interval
              AND updated_at < now() - $1::interval
              AND greatest(queried_at, published_at, updated_at) < now() - (now() - created_at) / 2
            """;

    private static final String ANY = "SELECT EXISTS (SELECT " + SILENT + ") AS silent";

    /** Skips what another instance is asking about. */
    private static final String CLAIM = """
            UPDATE studio.generations g
            SET queried_at = now()
            WHERE id IN (SELECT id
            """ + SILENT + """
                         ORDER BY greatest(queried_at, published_at)
                         LIMIT $2
                         FOR UPDATE SKIP LOCKED)
            RETURNING
            """ + GenerationRepository.COLUMNS;

    private final Database database;
    private final GenerationRepository generations;

    InquiryRepository(Database database, GenerationRepository generations) {
        this.database = database;
        this.generations = generations;
    }

    boolean anySilentFor(Duration silence) {
        return database.one(row -> row.getBoolean("silent"), ANY, silence);
    }

    /** Returns those that have been silent the longest, and records that they are being asked about now. */
    List<Generation> claimSilentFor(Duration silence, int atMost) {
        return database.list(generations::read, CLAIM, silence, atMost);
    }
}
