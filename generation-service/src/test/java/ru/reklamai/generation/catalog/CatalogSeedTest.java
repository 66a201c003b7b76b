package ru.reklamai.generation.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.uuid.UuidCreator;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;
import ru.reklamai.conventions.TestKeys;
import ru.reklamai.generation.TestDatabase;

@QuarkusTest
@QuarkusTestResource(TestKeys.class)
class CatalogSeedTest {

    private static final String PRESET = """
            [{"key": "%s", "modality": "image", "title": {"ru": "Проба", "en": "Trial"}, "credits": 2, "position": 99}]
            """;

    @Inject
    CatalogSeedRepository seeds;

    @Inject
    TestDatabase database;

    @Test
    void whatTheServiceComesWithIsThereAfterTheStart() {
        assertThat(database.number("SELECT count(*) FROM studio.catalogue_seeds WHERE kind = 'model'"))
                .isGreaterThanOrEqualTo(38);
        assertThat(database.number("SELECT count(*) FROM studio.models WHERE key = 'google/nano-banana'"))
                .isEqualTo(1);
    }

    @Test
    void aSeedIsLoadedOnceEvenIfAnAdminDeletedIt() {
        String key = "trial-" + UuidCreator.getTimeOrderedEpoch();
        assertThat(seeds.loadPresets(PRESET.formatted(key))).isEqualTo(1);
        assertThat(seeds.loadPresets(PRESET.formatted(key))).isZero();
        database.execute("DELETE FROM studio.presets WHERE key = '" + key + "'");
        assertThat(seeds.loadPresets(PRESET.formatted(key))).isZero();
        assertThat(database.number("SELECT count(*) FROM studio.presets WHERE key = '" + key + "'"))
                .isZero();
    }
}
