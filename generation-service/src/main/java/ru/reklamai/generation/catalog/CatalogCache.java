package ru.reklamai.generation.catalog;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The catalogue in memory, read again from PostgreSQL when it is older than the setting. */
@ApplicationScoped
public class CatalogCache {

    private final CatalogRepository repository;
    private final Duration cacheTime;
    private volatile Entry entry;

    private record Entry(Catalog catalog, Instant readAt) {}

    CatalogCache(
            CatalogRepository repository, @ConfigProperty(name = "reklamai.catalog.cache-time") Duration cacheTime) {
        this.repository = repository;
        this.cacheTime = cacheTime;
    }

    public Catalog get() {
        Entry current = entry;
        if (current == null || current.readAt().plus(cacheTime).isBefore(Instant.now())) {
            current = new Entry(repository.read(), Instant.now());
            entry = current;
        }
        return current.catalog();
    }
}
