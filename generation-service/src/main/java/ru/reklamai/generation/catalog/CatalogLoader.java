package ru.reklamai.generation.catalog;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jboss.logging.Logger;

/** Brings the models and presets that this version of the service comes with into the catalogue. */
@ApplicationScoped
class CatalogLoader {

    private static final Logger LOG = Logger.getLogger(CatalogLoader.class);

    private final CatalogSeedRepository seeds;
    private final CatalogCache cache;

    CatalogLoader(CatalogSeedRepository seeds, CatalogCache cache) {
        this.seeds = seeds;
        this.cache = cache;
    }

    void load(@Observes StartupEvent event) {
        int models = seeds.loadModels(read("/catalog/models.json"));
        int presets = seeds.loadPresets(read("/catalog/presets.json"));
        if (models + presets > 0) {
            LOG.infof("new in the catalogue: models=%d presets=%d", models, presets);
            cache.changed();
        }
    }

    private static String read(String resource) {
        try (InputStream file = Objects.requireNonNull(CatalogLoader.class.getResourceAsStream(resource), resource)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
