package ru.reklamai.conventions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableOwnersTest {

    @TempDir
    Path module;

    @BeforeEach
    void twoTables() throws IOException {
        Files.createDirectories(module.resolve("src/main/java"));
        write("src/main/resources/db/x/V1__cups.sql", "-- Owner: cup\nCREATE TABLE cups (id uuid);\n");
        write(
                "src/main/resources/db/x/V2__plates.sql",
                "-- Owner: plate\nCREATE TABLE plates (cup uuid REFERENCES cups (id));\n");
    }

    @Test
    void anOwnerMayNameItsTables() throws IOException {
        write(
                "src/main/java/ru/reklamai/kitchen/cup/CupRepository.java",
                "\"SELECT id FROM x.cups WHERE x.plate_of(id) IS NULL\"");
        assertThat(TableOwners.violations(module)).isEmpty();
    }

    @Test
    void aRepositoryThatNamesAnothersTableIsFound() throws IOException {
        write("src/main/java/ru/reklamai/kitchen/cup/CupRepository.java", "\"DELETE FROM x.plates\"");
        assertThat(TableOwners.violations(module))
                .containsExactly(
                        "src/main/java/ru/reklamai/kitchen/cup/CupRepository.java names plates, which is plate's");
    }

    @Test
    void aFunctionThatNamesAnothersTableIsFound() throws IOException {
        write(
                "src/main/resources/db/x/R__wash.sql",
                "-- Owner: cup\n-- all FROM plates\nCREATE OR REPLACE FUNCTION wash() AS $$ UPDATE plates SET cup = NULL $$;");
        assertThat(TableOwners.violations(module))
                .containsExactly("src/main/resources/db/x/R__wash.sql names plates, which is plate's");
    }

    @Test
    void aMigrationWithoutAnOwnerIsFound() throws IOException {
        write("src/main/resources/db/x/R__wash.sql", "CREATE OR REPLACE FUNCTION wash() AS $$ SELECT 1 $$;");
        assertThat(TableOwners.violations(module)).hasSize(1);
    }

    @Test
    void aFunctionInAFileOfAnotherNameIsFound() throws IOException {
        write("src/main/resources/db/x/R__wash.sql", "-- Owner: cup\nCREATE OR REPLACE VIEW dry AS SELECT 1;");
        assertThat(TableOwners.violations(module))
                .containsExactly("src/main/resources/db/x/R__wash.sql makes [dry] instead of wash alone");
    }

    private void write(String file, String text) throws IOException {
        Path path = module.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
