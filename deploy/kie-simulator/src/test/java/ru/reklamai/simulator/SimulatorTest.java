package ru.reklamai.simulator;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class SimulatorTest {

    @Test
    void aTaskSucceedsWithAFileThatIsReal() {
        String taskId = create("google/nano-banana", "a cup");
        String resultJson = awaitState(taskId, "success").getString("data.resultJson");
        String url = JsonPath.from(resultJson).getString("resultUrls[0]");
        byte[] file = given().get(url).then().statusCode(200).extract().asByteArray();
        assertThat(file).startsWith(new byte[] {(byte) 0x89, 'P', 'N', 'G'});
    }

    @Test
    void aFailingTaskSaysWhy() {
        JsonPath info = awaitState(create("google/nano-banana", "a cup [fail]"), "fail");
        assertThat(info.getString("data.failCode")).isEqualTo("500");
        assertThat(info.getString("data.resultJson")).isEmpty();
    }

    @Test
    void anErrorIsACodeInAnHttp200() {
        given().header("Authorization", "Bearer wrong")
                .contentType("application/json")
                .body(Map.of("model", "google/nano-banana", "input", Map.of("prompt", "x")))
                .post("/api/v1/jobs/createTask")
                .then()
                .statusCode(200)
                .body("code", equalTo(401))
                .body("data", nullValue());
    }

    @Test
    void anUnknownTaskIsCode422() {
        recordInfo("nobody").then().statusCode(200).body("code", equalTo(422));
    }

    @Test
    void aFourthQueryWithinASecondIsCode429() {
        String taskId = create("google/nano-banana", "[never] many queries");
        for (int i = 0; i < 3; i++) {
            recordInfo(taskId).then().body("code", equalTo(200));
        }
        recordInfo(taskId).then().body("code", equalTo(429));
    }

    @Test
    void anEmptyOrBlockedAccountSaysSoUntilItIsSetAgain() {
        given().post("/admin/account?credits=0").then().statusCode(204);
        credit().body("data", equalTo(0.0f));
        given().post("/admin/account?blocked=true").then().statusCode(204);
        credit().body("code", equalTo(401));
        given().post("/admin/account").then().statusCode(204);
        credit().body("code", equalTo(200));
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/veo/generate, /api/v1/veo/record-info, response.resultUrls[0]",
        "/api/v1/gpt4o-image/generate, /api/v1/gpt4o-image/record-info, response.resultUrls[0]",
        "/api/v1/flux/kontext/generate, /api/v1/flux/kontext/record-info, response.resultImageUrl",
        "/api/v1/runway/generate, /api/v1/runway/record-detail, videoInfo.videoUrl",
        "/api/v1/generate, /api/v1/generate/record-info, response.sunoData[1].audioUrl"
    })
    void everySpecialFamilyAnswersInItsOwnShape(String create, String status, String url) {
        String taskId = given().header("Authorization", "Bearer simulator-key")
                .contentType("application/json")
                .body(Map.of("prompt", "a cup", "model", "m"))
                .post(create)
                .then()
                .body("code", equalTo(200))
                .extract()
                .path("data.taskId");
        String file = await().pollInterval(java.time.Duration.ofMillis(400))
                .until(
                        () -> given().header("Authorization", "Bearer simulator-key")
                                .queryParam("taskId", taskId)
                                .get(status)
                                .jsonPath()
                                .<String>get("data." + url),
                        java.util.Objects::nonNull);
        given().get(file).then().statusCode(200);
    }

    private static ValidatableResponse credit() {
        return given().header("Authorization", "Bearer simulator-key")
                .get("/api/v1/chat/credit")
                .then();
    }

    private static String create(String model, String prompt) {
        return given().header("Authorization", "Bearer simulator-key")
                .contentType("application/json")
                .body(Map.of("model", model, "input", Map.of("prompt", prompt)))
                .post("/api/v1/jobs/createTask")
                .then()
                .body("code", equalTo(200))
                .extract()
                .path("data.taskId");
    }

    private static JsonPath awaitState(String taskId, String state) {
        return await().pollInterval(java.time.Duration.ofMillis(400))
                .until(() -> recordInfo(taskId).jsonPath(), info -> state.equals(info.getString("data.state")));
    }

    private static io.restassured.response.Response recordInfo(String taskId) {
        return given().header("Authorization", "Bearer simulator-key")
                .queryParam("taskId", taskId)
                .get("/api/v1/jobs/recordInfo");
    }
}
