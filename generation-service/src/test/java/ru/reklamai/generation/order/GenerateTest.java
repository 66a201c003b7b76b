package ru.reklamai.generation.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.both;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import com.github.f4b6a3.uuid.UuidCreator;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
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
import ru.reklamai.generation.TestCaller;
import ru.reklamai.generation.TestDatabase;
import ru.reklamai.generation.generation.ProviderEvents;

@QuarkusTest
@QuarkusTestResource(TestKeys.class)
class GenerateTest {

    @Inject
    ProviderEvents provider;

    @Inject
    TestDatabase database;

    /** Not known to this service before the first request. */
    private final TestCaller user = TestCaller.newcomer();

    @Test
    void anOrderIsAcceptedAndItsCreditsReserved() {
        user.order("a cup").statusCode(202).body("status", equalTo("queued"));
        user.get("credits").body("balance", equalTo(99.0f)).body("reserved", equalTo(1.0f));
    }

    @Test
    void aUserWhoseRegistrationHasNotArrivedYetHasTheSignUpCredits() {
        user.get("credits").statusCode(200).body("balance", equalTo(100.0f));
    }

    @Test
    void ofTwoOrdersThatTogetherCostTooMuchOneGets402() {
        Map<String, Object> expensive = video("wan/2-6-text-to-video");
        for (int i = 0; i < 5; i++) {
            user.post("generate", expensive).statusCode(202);
        }
        List<Integer> statuses = Stream.generate(() ->
                        CompletableFuture.supplyAsync(() -> user.post("generate", video("kling-2.6/text-to-video"))
                                .extract()
                                .statusCode()))
                .limit(2)
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .sorted()
                .toList();
        assertThat(statuses).containsExactly(202, 402);
        user.get("credits").body("balance", equalTo(1.0f)).body("reserved", equalTo(99.0f));
    }

    @Test
    void aSecondRequestWithTheSameKeyReturnsTheFirstAnswer() {
        String first = withKey("key-1", "a cup").statusCode(202).extract().path("generationId");
        withKey("key-1", "a cup").statusCode(202).body("generationId", equalTo(first));
        user.get("credits").body("reserved", equalTo(1.0f));
    }

    @Test
    void aKeyUsedForAnotherRequestIsAConflict() {
        withKey("key-1", "a cup").statusCode(202);
        withKey("key-1", "a plate").statusCode(409).body("type", equalTo("/problems/idempotency-key-reused"));
    }

    @Test
    void wrongInputIsNamedAndNothingIsWritten() {
        Map<String, Object> request = new HashMap<>(image("a cup"));
        request.put("input", Map.of("params", Map.of("aspect_ratio", "7:5", "colour", "red"), "audioPath", "x"));
        user.post("generate", request)
                .statusCode(422)
                .contentType("application/problem+json")
                .body("type", equalTo("/problems/invalid-fields"))
                .body("violations.field", hasItem("input.params.aspect_ratio"))
                .body("violations.field", hasItem("input.params.colour"))
                .body("violations.field", hasItem("input.audioPath"));
        user.get("generations").body("items", hasSize(0));
    }

    @Test
    void aModelOfAnotherKindThanThePresetIsRefused() {
        user.post("generate", Map.of("presetKey", "video-gen", "modelKey", "google/nano-banana", "prompt", "x"))
                .statusCode(422)
                .body("violations.field", hasItem("modelKey"));
    }

    @Test
    void anotherUsersUploadCannotBeUsed() {
        user.post(
                        "generate",
                        Map.of(
                                "presetKey", "image-edit",
                                "modelKey", "google/nano-banana-edit",
                                "prompt", "x",
                                "input",
                                        Map.of(
                                                "referenceImagePath",
                                                UuidCreator.getTimeOrderedEpoch() + "/reference/x.png")))
                .statusCode(422)
                .body("violations.field", hasItem("input.referenceImagePath"));
    }

    @Test
    void anUnknownBoardIs404() {
        Map<String, Object> request = new HashMap<>(image("a cup"));
        request.put("boardId", UuidCreator.getTimeOrderedEpoch());
        user.post("generate", request).statusCode(404);
        user.get("credits").body("reserved", equalTo(0.0f));
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

    @ParameterizedTest
    @ValueSource(strings = {"{\"presetKey\":", "[]", "{\"credits\":0}", "{\"boardId\":\"x\"}", "null", "{\"input\":5}"})
    void whatIsNoOrderIsAProblemThatTellsNothingOfOurCode(String body) {
        String answer = user.post("generate", body)
                .statusCode(both(greaterThanOrEqualTo(400)).and(lessThan(500)))
                .contentType("application/problem+json")
                .extract()
                .asString();
        assertThat(answer).doesNotContain("ru.reklamai", "Exception");
    }

    @Test
    void aTextWithAZeroCharacterIsRefused() {
        user.order("a\u0000b").statusCode(400).body("type", equalTo("/problems/malformed-request"));
        user.get("credits").body("reserved", equalTo(0.0f));
    }

    private static Map<String, Object> image(String prompt) {
        return Map.of("presetKey", "image-gen", "modelKey", "google/nano-banana", "prompt", prompt);
    }

    private static Map<String, Object> video(String model) {
        return Map.of("presetKey", "video-gen", "modelKey", model, "prompt", "x");
    }

    private ValidatableResponse withKey(String key, String prompt) {
        return user.post("generate", image(prompt), "Idempotency-Key", key);
    }
}
