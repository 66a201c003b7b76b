package ru.reklamai.auth;

import static io.restassured.RestAssured.given;

import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A user of the API, each from an address of its own. */
public final class TestUser {

    public static final String PASSWORD = "correct horse";

    private static final AtomicInteger COUNTER = new AtomicInteger();

    public final String email;
    private final String address;
    private String accessToken = "";
    private String refreshToken = "";

    public TestUser() {
        int number = COUNTER.incrementAndGet();
        email = "anna" + number + "-" + System.nanoTime() + "@example.org";
        address = String.format(Locale.ROOT, "10.%d.%d.%d", System.nanoTime() % 250, number / 250, number % 250);
    }

    public static TestUser registered() {
        var user = new TestUser();
        user.keep(user.post("register", Map.of("email", user.email, "password", PASSWORD))
                .statusCode(201));
        return user;
    }

    public ValidatableResponse login(String password) {
        return post("login", Map.of("email", email, "password", password));
    }

    /** Logs in from elsewhere. */
    public TestUser loggedInElsewhere(String password) {
        var elsewhere = new TestUser();
        elsewhere.keep(
                post("login", Map.of("email", email, "password", password)).statusCode(200));
        return elsewhere;
    }

    /** Becomes who the answer's tokens say. */
    public TestUser keep(ValidatableResponse answer) {
        accessToken = answer.extract().path("accessToken");
        refreshToken = answer.extract().path("refreshToken");
        return this;
    }

    public ValidatableResponse refresh() {
        return post("refresh", Map.of("refreshToken", refreshToken));
    }

    public ValidatableResponse post(String path, Object body) {
        return request().body(body).post("/api/v1/auth/" + path).then();
    }

    public ValidatableResponse get(String path) {
        return request().get("/api/v1/" + path).then();
    }

    public ValidatableResponse put(String path, Object body) {
        return request().body(body).put("/api/v1/" + path).then();
    }

    public ValidatableResponse delete(String path) {
        return request().delete("/api/v1/" + path).then();
    }

    public String accessToken() {
        return accessToken;
    }

    public String id() {
        return get("auth/me").extract().path("id");
    }

    private RequestSpecification request() {
        var request = given().contentType("application/json").header("X-Forwarded-For", address);
        return accessToken.isEmpty() ? request : request.auth().oauth2(accessToken);
    }
}
