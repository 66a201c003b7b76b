package ru.reklamai.generation.asset;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import ru.reklamai.conventions.TestKeys;
import ru.reklamai.generation.TestCaller;
import ru.reklamai.generation.TestFiles;
import ru.reklamai.generation.generation.ProviderEvents;

@QuarkusTest
@QuarkusTestResource(TestKeys.class)
class AssetTest {

    private static final byte[] FILE = "not really a picture".getBytes(StandardCharsets.UTF_8);

    @Inject
    ProviderEvents provider;

    @Inject
    TestFiles files;

    private TestCaller user;

    @BeforeEach
    void register() {
        user = TestCaller.user();
    }

    @Test
    void filesAreListedWithLinks() throws Exception {
        UUID id = stored("a cup");
        user.get("assets")
                .statusCode(200)
                .body("items.generationId", contains(id.toString()))
                .body("items[0].contentType", equalTo("image/png"));
        String url = user.get("assets?kind=image&generationId=" + id).extract().path("items[0].url");
        assertThat(given().urlEncodingEnabled(false).get(url).asByteArray()).isEqualTo(FILE);
        user.get("assets?kind=video").body("items", hasSize(0));
        TestCaller.user().get("assets?generationId=" + id).body("items", hasSize(0));
    }

    @Test
    void manyFilesComeInOneZip() throws Exception {
        List<UUID> ids = List.of(stored("a cup"), stored("a plate"));
        byte[] archive = user.post("download/zip", Map.of("generationIds", ids))
                .statusCode(200)
                .contentType("application/zip")
                .extract()
                .asByteArray();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (int i = 0; i < 2; i++) {
                assertThat(zip.getNextEntry().getName())
                        .startsWith("google-nano-banana-")
                        .endsWith("-1.png");
                assertThat(zip.readAllBytes()).isEqualTo(FILE);
            }
            assertThat(zip.getNextEntry()).isNull();
        }
    }

    @Test
    void aZipWithAnotherUsersFilesIs404() throws Exception {
        UUID own = stored("a cup");
        TestCaller.user()
                .post("download/zip", Map.of("generationIds", List.of(own)))
                .statusCode(404);
        user.post("download/zip", Map.of("generationIds", List.of(own, user.newGeneration("a plate"))))
                .statusCode(404);
    }

    private UUID stored(String prompt) throws Exception {
        UUID id = user.newGeneration(prompt);
        files.put(user.id() + "/" + id + "/0.png", FILE);
        provider.succeeded(id, user.id());
        return id;
    }
}
