package ru.reklamai.generation;

import static io.restassured.RestAssured.given;

import com.github.f4b6a3.uuid.UuidCreator;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import ru.reklamai.conventions.TestTokens;

/** Somebody with a token. */
public final class TestCaller {

    private final UUID id = UuidCreator.getTimeOrderedEpoch();
    private final String email = "user-" + id + "@example.org";
    private final String token;

    private TestCaller(String role) {
        token = TestTokens.of(id, email, role);
    }

    /** Not known to this service yet. */
    public static TestCaller newcomer() {
        return new TestCaller("user");
    }

    public static TestCaller user() {
        TestCaller caller = newcomer();
        caller.get("credits").statusCode(200);
        return caller;
    }

    public static TestCaller admin() {
        var caller = new TestCaller("admin");
        caller.get("credits").statusCode(200);
        return caller;
    }

    public UUID id() {
        return id;
    }

    public String email() {
        return email;
    }

    public ValidatableResponse get(String path) {
        return request().get("/api/v1/" + path).then();
    }

    public ValidatableResponse post(String path, Object body, String... headers) {
        RequestSpecification request = request().contentType("application/json").body(body);
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return request.post("/api/v1/" + path).then();
    }

    public ValidatableResponse put(String path, Object body) {
        return request()
                .contentType("application/json")
                .body(body)
                .put("/api/v1/" + path)
                .then();
    }

    public ValidatableResponse put(String path) {
        return request().put("/api/v1/" + path).then();
    }

    public ValidatableResponse patch(String path, Object body) {
        return request()
                .contentType("application/json")
                .body(body)
                .patch("/api/v1/" + path)
                .then();
    }

    public ValidatableResponse delete(String path) {
        return request().delete("/api/v1/" + path).then();
    }

    /** Orders an image with further fields; each two of them are a name and a value. */
    public ValidatableResponse order(String prompt, Object... fields) {
        Map<String, Object> body =
                new HashMap<>(Map.of("presetKey", "image-gen", "modelKey", "google/nano-banana", "prompt", prompt));
        for (int i = 0; i < fields.length; i += 2) {
            body.put((String) fields[i], fields[i + 1]);
        }
        return post("generate", body);
    }

    public UUID newGeneration(String prompt, Object... fields) {
        return UUID.fromString(order(prompt, fields).statusCode(202).extract().path("generationId"));
    }

    public UUID newBoard(String title) {
        return UUID.fromString(
                post("boards", Map.of("title", title)).statusCode(201).extract().path("id"));
    }

    public float balance() {
        return get("credits").extract().<Number>path("balance").floatValue();
    }

    public RequestSpecification request() {
        return given().auth().oauth2(token);
    }
}
