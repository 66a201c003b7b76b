package ru.reklamai.generation.library;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import ru.reklamai.conventions.TestKeys;
import ru.reklamai.generation.TestCaller;
import ru.reklamai.generation.TestDatabase;
import ru.reklamai.generation.TestFiles;
import ru.reklamai.generation.generation.ProviderEvents;

@QuarkusTest
@QuarkusTestResource(TestKeys.class)
class LibraryTest {

    private static final byte[] FILE = "not really a picture".getBytes(java.nio.charset.StandardCharsets.UTF_8);

    @Inject
    ProviderEvents provider;

    @Inject
    TestDatabase database;

    @Inject
    TestFiles files;

    private TestCaller user;

    @BeforeEach
    void register() {
        user = TestCaller.user();
    }

    @ParameterizedTest
    @CsvSource({
        "status=queued, 2",
        "status=failed, 1",
        "modality=image, 3",
        "modality=video, 0",
        "modelKey=google/nano-banana, 3",
        "modelKey=veo3, 0",
        "q=CUP, 2",
        "q=%, 0",
        "favourite=true, 1",
        "favourite=false, 2",
        "status=queued&q=cup, 1",
    })
    void theListIsFiltered(String query, int found) {
        user.put("generations/" + user.newGeneration("a red cup") + "/favourite");
        user.newGeneration("a plate");
        provider.failed(user.newGeneration("a blue cup"), user.id());
        user.get("generations?" + query).statusCode(200).body("items", hasSize(found));
    }

    @Test
    void theListIsFilteredByBoard() {
        UUID board = user.newBoard("Spring campaign");
        UUID there = user.newGeneration("a red cup", "boardId", board);
        user.newGeneration("a cup elsewhere");
        user.get("generations?boardId=" + board)
                .statusCode(200)
                .body("items", hasSize(1))
                .body("items[0].id", equalTo(there.toString()));
    }

    @Test
    void pagesStayTheSameWhileMoreIsOrdered() {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            all.addFirst(user.newGeneration("a cup").toString());
        }
        List<String> seen =
                new ArrayList<>(user.get("generations?limit=2").extract().<List<String>>path("items.id"));
        String cursor = user.get("generations?limit=2").extract().path("nextCursor");
        user.newGeneration("one more");
        while (cursor != null) {
            var page = user.get("generations?limit=2&cursor=" + cursor).extract();
            seen.addAll(page.<List<String>>path("items.id"));
            cursor = page.path("nextCursor");
        }
        assertThat(seen).isEqualTo(all);
    }

    @Test
    void whatIsDeletedIsGoneForEverybodyAndItsFilesFollow() throws Exception {
        UUID id = stored("a secret cup");
        user.delete("generations/" + id).statusCode(204);
        user.get("generations/" + id).statusCode(404);
        user.get("generations").body("items", hasSize(0));
        user.get("assets").body("items", hasSize(0));
        user.delete("generations/" + id).statusCode(404);
        assertThat(database.number(
                        "SELECT count(*) FROM studio.generations WHERE prompt LIKE '%secret%' AND id = '" + id + "'"))
                .isZero();
        await().until(() -> !files.isStored(user.id() + "/" + id + "/0.png"));
        user.get("credits/ledger").body("items.findAll { it.generationId == '" + id + "' }", hasSize(2));
    }

    @Test
    void whatRunsIsCancelledBeforeItIsDeleted() {
        UUID id = user.newGeneration("a cup");
        user.delete("generations/" + id).statusCode(409);
        user.post("generations/" + id + "/cancel", Map.of()).statusCode(200);
        user.delete("generations/" + id).statusCode(204);
    }

    @Test
    void aResultThatComesAfterTheDeletionIsNotKept() throws Exception {
        UUID id = user.newGeneration("a cup");
        provider.failed(id, user.id());
        user.delete("generations/" + id).statusCode(204);
        files.put(user.id() + "/" + id + "/0.png", FILE);
        provider.succeeded(id, user.id());
        await().until(() -> !files.isStored(user.id() + "/" + id + "/0.png"));
        assertThat(database.number("SELECT count(*) FROM studio.assets WHERE generation_id = '" + id + "'"))
                .isZero();
    }

    @Test
    void aFavouriteIsMarkedAndUnmarked() {
        UUID id = user.newGeneration("a cup");
        user.put("generations/" + id + "/favourite").statusCode(200).body("favourite", equalTo(true));
        user.delete("generations/" + id + "/favourite").statusCode(200).body("favourite", equalTo(false));
    }

    @Test
    void aSharedResultIsSeenByAnybodyUntilItIsRevoked() throws Exception {
        UUID id = stored("a secret cup");
        String token = user.put("generations/" + id + "/share")
                .statusCode(200)
                .extract()
                .path("token");
        user.put("generations/" + id + "/share").body("token", equalTo(token));
        String seen = given().get("/api/v1/shares/" + token)
                .then()
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .body("files", hasSize(1))
                .body("files[0].contentType", equalTo("image/png"))
                .extract()
                .asString();
        assertThat(seen).doesNotContain("secret", user.email());
        user.delete("generations/" + id + "/share").statusCode(204);
        given().get("/api/v1/shares/" + token).then().statusCode(404);
        user.delete("generations/" + id + "/share").statusCode(404);
    }

    @Test
    void aShareTokenThatWeDidNotSignShowsNothing() throws Exception {
        String token =
                user.put("generations/" + stored("a cup") + "/share").extract().path("token");
        char other = token.endsWith("A") ? 'Q' : 'A';
        given().get("/api/v1/shares/" + token.substring(0, token.length() - 1) + other)
                .then()
                .statusCode(404);
        for (String wrong : List.of("x", "AAAA", "A".repeat(100))) {
            given().get("/api/v1/shares/" + wrong).then().statusCode(404);
        }
    }

    @Test
    void whatHasNoFileIsNotShared() {
        user.put("generations/" + user.newGeneration("a cup") + "/share").statusCode(409);
    }

    @Test
    void variantsAreReservedTogetherAndSettledEach() {
        List<String> ids = user.order("a cup", "count", 3)
                .statusCode(202)
                .body("reservedCredits", equalTo(3.0f))
                .body("generationIds", hasSize(3))
                .extract()
                .path("generationIds");
        user.get("generations?batchId=" + ids.getFirst()).body("items", hasSize(3));
        user.get("credits").body("reserved", equalTo(3.0f));
        provider.succeeded(UUID.fromString(ids.get(0)), user.id());
        provider.failed(UUID.fromString(ids.get(1)), user.id());
        user.get("credits").body("reserved", equalTo(1.0f)).body("balance", equalTo(98.0f));
    }

    @Test
    void variantsThatCostTooMuchTogetherAreNotOrderedAtAll() {
        user.post("generate", Map.of("presetKey", "video-gen", "modelKey", "veo3", "prompt", "x", "count", 5))
                .statusCode(402);
        user.get("generations").body("items", hasSize(0));
        user.get("credits").body("reserved", equalTo(0.0f));
    }

    @Test
    void aRepeatedBatchGetsTheSameAnswer() {
        Map<String, Object> order =
                Map.of("presetKey", "image-gen", "modelKey", "google/nano-banana", "prompt", "a cup", "count", 2);
        String first = user.post("generate", order, "Idempotency-Key", "batch")
                .extract()
                .asString();
        provider.failed(UUID.fromString(user.get("generations").extract().path("items[1].id")), user.id());
        String second = user.post("generate", order, "Idempotency-Key", "batch")
                .statusCode(202)
                .extract()
                .asString();
        assertThat(second).isEqualTo(first);
        user.get("generations").body("items", hasSize(2));
    }

    @Test
    void aKeyWorksAgainAfterADay() {
        UUID first = UUID.fromString(user.post(
                        "generate",
                        Map.of("presetKey", "image-gen", "modelKey", "google/nano-banana", "prompt", "a cup"),
                        "Idempotency-Key",
                        "daily")
                .extract()
                .path("generationId"));
        database.execute(
                "UPDATE studio.generations SET created_at = now() - INTERVAL '25 hours' WHERE id = '" + first + "'");
        user.post(
                        "generate",
                        Map.of("presetKey", "image-gen", "modelKey", "google/nano-banana", "prompt", "a plate"),
                        "Idempotency-Key",
                        "daily")
                .statusCode(202)
                .body("generationId", not(equalTo(first.toString())));
    }

    @Test
    void aGenerationIsMadeAgainWithChanges() {
        UUID parent = user.newGeneration("a cup", "input", Map.of("params", Map.of("aspect_ratio", "16:9")));
        String id = user.post("generate", Map.of("parentId", parent, "prompt", "a green cup"))
                .statusCode(202)
                .extract()
                .path("generationId");
        user.get("generations/" + id)
                .body("parentId", equalTo(parent.toString()))
                .body("prompt", equalTo("a green cup"))
                .body("modelKey", equalTo("google/nano-banana"))
                .body("input.params.aspect_ratio", equalTo("16:9"));
        user.get("generations/" + parent).body("parentId", nullValue());
    }

    @Test
    void anotherUsersGenerationIsNoParent() {
        UUID strange = TestCaller.user().newGeneration("a cup");
        user.post("generate", Map.of("parentId", strange)).statusCode(404);
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

    @Test
    void anEstimateSaysWhatAnOrderWouldCostAndOrdersNothing() {
        user.post("generate/estimate", Map.of("presetKey", "video-gen", "modelKey", "veo3", "prompt", "x", "count", 5))
                .statusCode(200)
                .body("credits", equalTo(125.0f))
                .body("creditsEach", equalTo(25.0f))
                .body("balance", equalTo(100.0f))
                .body("enough", equalTo(false));
        user.post("generate/estimate", Map.of("presetKey", "video-gen", "modelKey", "no", "prompt", "x"))
                .statusCode(422)
                .body("violations.field", hasItem("modelKey"));
        user.get("generations").body("items", hasSize(0));
    }

    private UUID stored(String prompt) throws Exception {
        UUID id = user.newGeneration(prompt);
        files.put(user.id() + "/" + id + "/0.png", FILE);
        provider.succeeded(id, user.id());
        return id;
    }
}
