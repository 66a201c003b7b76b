package ru.reklamai.generation.generation;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.both;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.lessThan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.f4b6a3.uuid.UuidCreator;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.smallrye.jwt.build.Jwt;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ru.reklamai.conventions.TestKeys;
import ru.reklamai.events.ErrorInfo;
import ru.reklamai.events.EventSchemas;
import ru.reklamai.events.ProviderTaskEvent;
import ru.reklamai.events.ProviderTaskEvent.StoredAsset;

@QuarkusTest
@QuarkusTestResource(TestKeys.class)
class GenerateTest {

    @Inject
    ProviderTaskConsumer providerEvents;

    @Inject
    GenerationRepository generations;

    @Inject
    GenerationPublisher publisher;

    @Inject
    ObjectMapper json;

    private final UUID userId = UuidCreator.getTimeOrderedEpoch();

    @Test
    void anOrderIsAcceptedAndItsCreditsReserved() {
        generate(image("a cup")).statusCode(202).body("status", equalTo("queued"));
        account().body("balance", equalTo(99.0f)).body("reserved", equalTo(1.0f));
    }

    @Test
    void aUserWhoseRegistrationHasNotArrivedYetHasTheSignUpCredits() {
        account().statusCode(200).body("balance", equalTo(100.0f));
    }

    @Test
    void ofTwoOrdersThatTogetherCostTooMuchOneGets402() {
        Map<String, Object> expensive = video("wan/2-6-text-to-video");
        for (int i = 0; i < 5; i++) {
            generate(expensive).statusCode(202);
        }
        List<Integer> statuses = Stream.generate(() -> CompletableFuture.supplyAsync(() ->
                        generate(video("kling-2.6/text-to-video")).extract().statusCode()))
                .limit(2)
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .sorted()
                .toList();
        assertThat(statuses).containsExactly(202, 402);
        account().body("balance", equalTo(1.0f)).body("reserved", equalTo(99.0f));
    }

    @Test
    void aSecondRequestWithTheSameKeyReturnsTheFirstAnswer() {
        String first =
                withKey("key-1", image("a cup")).statusCode(202).extract().path("generationId");
        withKey("key-1", image("a cup")).statusCode(202).body("generationId", equalTo(first));
        account().body("reserved", equalTo(1.0f));
    }

    @Test
    void aKeyUsedForAnotherRequestIsAConflict() {
        withKey("key-1", image("a cup")).statusCode(202);
        withKey("key-1", image("a plate")).statusCode(409).body("type", equalTo("/problems/idempotency-key-reused"));
    }

    @Test
    void anotherUsersGenerationIsUnknown() {
        String id = generate(image("a cup")).extract().path("generationId");
        as(UuidCreator.getTimeOrderedEpoch())
                .get("/api/v1/generations/" + id)
                .then()
                .statusCode(404);
    }

    @Test
    void wrongInputIsNamedAndNothingIsWritten() {
        Map<String, Object> request = new HashMap<>(image("a cup"));
        request.put("input", Map.of("params", Map.of("aspect_ratio", "7:5", "colour", "red"), "audioPath", "x"));
        generate(request)
                .statusCode(422)
                .contentType("application/problem+json")
                .body("type", equalTo("/problems/invalid-fields"))
                .body("violations.field", hasItem("input.params.aspect_ratio"))
                .body("violations.field", hasItem("input.params.colour"))
                .body("violations.field", hasItem("input.audioPath"));
        caller().get("/api/v1/generations").then().body("items", hasSize(0));
    }

    @Test
    void aModelOfAnotherKindThanThePresetIsRefused() {
        generate(Map.of("presetKey", "video-gen", "modelKey", "google/nano-banana", "prompt", "x"))
                .statusCode(422)
                .body("violations.field", hasItem("modelKey"));
    }

    @Test
    void anotherUsersUploadCannotBeUsed() {
        generate(Map.of(
                        "presetKey", "image-edit",
                        "modelKey", "google/nano-banana-edit",
                        "prompt", "x",
                        "input", Map.of("referenceImagePath", UuidCreator.getTimeOrderedEpoch() + "/reference/x.png")))
                .statusCode(422)
                .body("violations.field", hasItem("input.referenceImagePath"));
    }

    @Test
    void anUnknownBoardIs404() {
        Map<String, Object> request = new HashMap<>(image("a cup"));
        request.put("boardId", UuidCreator.getTimeOrderedEpoch());
        generate(request).statusCode(404);
        account().body("reserved", equalTo(0.0f));
    }

    @Test
    void successSettlesTheCreditsOnceHoweverOftenItIsTold() throws Exception {
        UUID id = newGeneration();
        tell(succeeded(id));
        tell(succeeded(id));
        one(id).body("status", equalTo("succeeded")).body("finalCredits", equalTo(1.0f));
        account().body("balance", equalTo(99.0f)).body("reserved", equalTo(0.0f));
        caller().get("/api/v1/credits/ledger").then().body("items", hasSize(3));
    }

    @Test
    void failureGivesTheCreditsBack() throws Exception {
        UUID id = newGeneration();
        tell(failed(id, 2));
        one(id).body("status", equalTo("failed")).body("error.code", equalTo("provider-failed"));
        account().body("balance", equalTo(100.0f)).body("reserved", equalTo(0.0f));
    }

    @Test
    void aLateResultIsTheUsersForFreeAndTheGenerationStaysFailed() throws Exception {
        UUID id = newGeneration();
        tell(failed(id, 2));
        tell(succeeded(id));
        one(id).body("status", equalTo("failed"));
        account().body("balance", equalTo(100.0f));
        caller().contentType("application/json")
                .body(Map.of("generationId", id))
                .post("/api/v1/download")
                .then()
                .statusCode(200);
    }

    @Test
    void aProgressOlderThanTheNewestIsDropped() throws Exception {
        UUID id = newGeneration();
        tell(new ProviderTaskEvent.Progressed(id, 5, java.time.Instant.now(), id, userId, 80));
        tell(new ProviderTaskEvent.Progressed(id, 4, java.time.Instant.now(), id, userId, 40));
        one(id).body("progress", equalTo(80)).body("version", equalTo(2));
    }

    @Test
    void whatIsCommittedIsPublishedAndStamped() {
        UUID id = newGeneration();
        await().until(() -> generations.find(id, userId).orElseThrow().publishedVersion() == 1);
    }

    @Test
    void theUpdateThatIsPublishedMatchesItsSchema() throws JsonProcessingException {
        Generation generation = generations.find(newGeneration(), userId).orElseThrow();
        String event = json.writeValueAsString(publisher.toUpdated(generation));
        assertThat(EventSchemas.violations("generation.updated", event)).isEmpty();
    }

    @Test
    void changesSinceATimeHoldWhatEndedAfterIt() throws Exception {
        UUID id = newGeneration();
        String before = java.time.Instant.now().toString();
        tell(failed(id, 2));
        caller().queryParam("since", before)
                .get("/api/v1/generations/changes")
                .then()
                .body("items.generationId", hasItem(id.toString()))
                .body("items[0].status", equalTo("failed"));
    }

    @Test
    void theCatalogueIsNotSentAgainToWhoHasIt() {
        String tag =
                given().get("/api/v1/models").then().statusCode(200).extract().header("ETag");
        given().header("If-None-Match", tag).get("/api/v1/models").then().statusCode(304);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"presetKey\":", "[]", "{\"credits\":0}", "{\"boardId\":\"x\"}", "null", "{\"input\":5}"})
    void whatIsNoOrderIsAProblemThatTellsNothingOfOurCode(String body) {
        String answer = caller().contentType("application/json")
                .body(body)
                .post("/api/v1/generate")
                .then()
                .statusCode(both(greaterThanOrEqualTo(400)).and(lessThan(500)))
                .contentType("application/problem+json")
                .extract()
                .asString();
        assertThat(answer).doesNotContain("ru.reklamai", "Exception");
    }

    @Test
    void aTextWithAZeroCharacterIsRefused() {
        generate(image("a\u0000b")).statusCode(400).body("type", equalTo("/problems/malformed-request"));
        account().body("reserved", equalTo(0.0f));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"generations?cursor=x", "generations?limit=x", "generations?boardId=1", "credits/ledger?cursor=1"
            })
    void aParameterThatCannotBeReadIsAProblem400(String path) {
        caller().get("/api/v1/" + path).then().statusCode(400).body("type", equalTo("/problems/malformed-request"));
    }

    @Test
    void onlyJsonIsAnswered() {
        given().accept("text/csv").get("/api/v1/models").then().statusCode(406);
    }

    @Test
    void anUploadOfTheWrongTypeOrSizeIsRefused() {
        upload("text/html", 10).statusCode(415);
        upload("image/png", 20_000_000).statusCode(413);
        upload("image/png", 1000).statusCode(200).body("bucket", equalTo("uploads"));
    }

    private ValidatableResponse upload(String contentType, long size) {
        return caller().contentType("application/json")
                .body(Map.of("purpose", "reference", "fileName", "x", "contentType", contentType, "fileSize", size))
                .post("/api/v1/upload")
                .then();
    }

    private UUID newGeneration() {
        return UUID.fromString(
                generate(image("a cup")).statusCode(202).extract().path("generationId"));
    }

    private void tell(ProviderTaskEvent event) throws java.io.IOException {
        providerEvents.onProviderTaskEvent(json.writeValueAsBytes(event));
    }

    private ProviderTaskEvent succeeded(UUID id) {
        var asset = new StoredAsset(0, userId + "/" + id + "/0.png", "image/png", 10, 8, 8, null, null);
        return new ProviderTaskEvent.Succeeded(id, 3, java.time.Instant.now(), id, userId, List.of(asset));
    }

    private ProviderTaskEvent failed(UUID id, int version) {
        return new ProviderTaskEvent.Failed(
                id, version, java.time.Instant.now(), id, userId, new ErrorInfo("provider-failed", "Try again."));
    }

    private static Map<String, Object> image(String prompt) {
        return Map.of("presetKey", "image-gen", "modelKey", "google/nano-banana", "prompt", prompt);
    }

    private static Map<String, Object> video(String model) {
        return Map.of("presetKey", "video-gen", "modelKey", model, "prompt", "x");
    }

    private ValidatableResponse generate(Map<String, Object> request) {
        return caller().contentType("application/json")
                .body(request)
                .post("/api/v1/generate")
                .then();
    }

    private ValidatableResponse withKey(String key, Map<String, Object> request) {
        return caller().contentType("application/json")
                .header("Idempotency-Key", key)
                .body(request)
                .post("/api/v1/generate")
                .then();
    }

    private ValidatableResponse account() {
        return caller().get("/api/v1/credits").then();
    }

    private ValidatableResponse one(UUID id) {
        return caller().get("/api/v1/generations/" + id).then().statusCode(200);
    }

    private RequestSpecification caller() {
        return as(userId);
    }

    private static RequestSpecification as(UUID userId) {
        String token = Jwt.issuer("https://reklamai.ru")
                .subject(userId.toString())
                .upn("anna@example.org")
                .groups("user")
                .sign();
        return given().auth().oauth2(token);
    }
}
