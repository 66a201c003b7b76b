package ru.reklamai.generation.upload;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ru.reklamai.conventions.TestKeys;
import ru.reklamai.generation.TestCaller;
import ru.reklamai.generation.TestDatabase;
import ru.reklamai.generation.storage.Storage;
import ru.reklamai.generation.upload.image.Pictures;

@QuarkusTest
@QuarkusTestResource(TestKeys.class)
class UploadTest {

    @Inject
    Storage storage;

    @Inject
    TestDatabase database;

    private TestCaller user;

    @BeforeEach
    void register() {
        user = TestCaller.user();
    }

    @Test
    void aPictureIsCleanedBeforeItIsUsed() throws Exception {
        String path = announcedAndPut("image/jpeg", Pictures.jpegWithPlace(6));
        edit(path).statusCode(202);
        byte[] stored = storage.open(Storage.Bucket.UPLOADS, path).orElseThrow().readAllBytes();
        assertThat(new String(stored, StandardCharsets.ISO_8859_1)).doesNotContain("MOSCOW");
        assertThat(storage.open(Storage.Bucket.UPLOADS, "incoming/" + path)).isEmpty();
    }

    @Test
    void whatIsPutAfterItWasLookedAtIsNotUsed() throws Exception {
        byte[] picture = Pictures.png(16, 16);
        var ticket = announce("image/png", picture.length);
        String url = ticket.extract().path("uploadUrl");
        String path = ticket.extract().path("path");
        put(url, picture);
        user.post("upload/complete", Map.of("path", path)).statusCode(200).body("success", equalTo(true));
        put(url, "<script>alert(1)</script>".getBytes(StandardCharsets.UTF_8));
        user.post("upload/complete", Map.of("path", path)).statusCode(200);
        byte[] stored = storage.open(Storage.Bucket.UPLOADS, path).orElseThrow().readAllBytes();
        assertThat(stored).startsWith(0x89, 'P', 'N', 'G');
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html></html>", "GIF89a123456789", "%PDF-1.7 1234567", "\u00ff\u00d8\u00ff\u00e0 a jpeg?"})
    void aFileThatIsNotWhatItSaysIsRefused(String content) {
        String path = announcedAndPut("image/png", content.getBytes(StandardCharsets.ISO_8859_1));
        user.post("upload/complete", Map.of("path", path))
                .statusCode(415)
                .body("type", equalTo("/problems/unsupported-media-type"));
        edit(path).statusCode(422).body("violations.field", hasItem("input.referenceImagePath"));
        user.get("generations").body("items", hasSize(0));
    }

    @Test
    void aBombIsRefused() {
        String path = announcedAndPut("image/png", Pictures.pngThatClaims(60_000, 60_000));
        user.post("upload/complete", Map.of("path", path)).statusCode(415).body("detail", containsString("pixels"));
    }

    @Test
    void aFileLargerThanAllowedIsRefusedWhateverWasAnnounced() {
        String path = announcedAndPut("image/png", new byte[11_000_000]);
        user.post("upload/complete", Map.of("path", path)).statusCode(413);
    }

    @Test
    void aFileThatHasNotArrivedIsAConflict() {
        String path = announce("image/png", 100).extract().path("path");
        user.post("upload/complete", Map.of("path", path)).statusCode(409);
        edit(path).statusCode(422);
    }

    @Test
    void anotherUsersUploadIsUnknown() {
        String path = announcedAndPut("image/png", Pictures.png(16, 16));
        TestCaller stranger = TestCaller.user();
        stranger.post("upload/complete", Map.of("path", path)).statusCode(404);
        stranger.patch("profile", Map.of("avatarPath", path)).statusCode(422);
    }

    @Test
    void aVideoIsTakenAsItIs() throws Exception {
        byte[] video = "\0\0\0\u0018ftypmp42\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1);
        String path = announcedAndPut("video/mp4", video);
        user.post("upload/complete", Map.of("path", path)).statusCode(200);
        assertThat(storage.open(Storage.Bucket.UPLOADS, path).orElseThrow().readAllBytes())
                .isEqualTo(video);
    }

    @Test
    void smallClientsSendTheFileInOneRequest() throws Exception {
        String path = multipart("image/jpeg", Pictures.jpegWithPlace(1))
                .statusCode(200)
                .body("success", equalTo(true))
                .body("bucket", equalTo("uploads"))
                .extract()
                .path("path");
        edit(path).statusCode(202);
        byte[] stored = storage.open(Storage.Bucket.UPLOADS, path).orElseThrow().readAllBytes();
        assertThat(new String(stored, StandardCharsets.ISO_8859_1)).doesNotContain("MOSCOW");
        multipart("image/png", Pictures.jpeg(16, 16)).statusCode(415);
        multipart("image/png", new byte[0]).statusCode(415);
    }

    @Test
    void whatNothingUsesExpires() {
        String unused = announcedAndPut("image/png", Pictures.png(16, 16));
        String used = announcedAndPut("image/png", Pictures.png(16, 16));
        edit(used).statusCode(202);
        database.execute("UPDATE studio.uploads SET created_at = now() - INTERVAL '25 hours' WHERE user_id = '"
                + user.id() + "'");
        await().until(() ->
                storage.open(Storage.Bucket.UPLOADS, "incoming/" + unused).isEmpty());
        edit(unused).statusCode(422);
        edit(used).statusCode(202);
    }

    @Test
    void anAvatarIsShownInTheProfile() {
        String path = announcedAndPut("avatar", "image/png", Pictures.png(16, 16));
        String url = user.patch("profile", Map.of("avatarPath", path, "fullName", "Anna", "language", "en"))
                .statusCode(200)
                .body("fullName", equalTo("Anna"))
                .body("language", equalTo("en"))
                .extract()
                .path("avatarUrl");
        given().urlEncodingEnabled(false).get(url).then().statusCode(200);
        user.patch("profile", Map.of("avatarPath", ""))
                .body("avatarUrl", nullValue())
                .body("fullName", equalTo("Anna"));
        user.get("profile").body("email", equalTo(user.email()));
        user.patch("profile", Map.of("language", "de")).statusCode(422);
    }

    @Test
    void anAvatarMustBeUploadedAsOne() {
        String path = announcedAndPut("image/png", Pictures.png(16, 16));
        user.patch("profile", Map.of("avatarPath", path))
                .statusCode(422)
                .body("violations.field", hasItem("avatarPath"));
    }

    @Test
    void anUploadOfTheWrongTypeOrSizeIsRefused() {
        request("reference", "text/html", 10).statusCode(415);
        request("reference", "image/png", 20_000_000).statusCode(413);
        request("reference", "image/png", 1000).statusCode(200).body("bucket", equalTo("uploads"));
    }

    private String announcedAndPut(String contentType, byte[] content) {
        return announcedAndPut("reference", contentType, content);
    }

    private String announcedAndPut(String purpose, String contentType, byte[] content) {
        var ticket = announce(purpose, contentType, 100);
        put(ticket.extract().path("uploadUrl"), content);
        return ticket.extract().path("path");
    }

    private ValidatableResponse announce(String contentType, long size) {
        return announce("reference", contentType, size);
    }

    private ValidatableResponse announce(String purpose, String contentType, long size) {
        return request(purpose, contentType, size).statusCode(200);
    }

    private ValidatableResponse request(String purpose, String contentType, long size) {
        return user.post(
                "upload", Map.of("purpose", purpose, "fileName", "x", "contentType", contentType, "fileSize", size));
    }

    private static void put(String url, byte[] content) {
        given().urlEncodingEnabled(false).body(content).put(url).then().statusCode(200);
    }

    private ValidatableResponse edit(String path) {
        return user.post(
                "generate",
                Map.of(
                        "presetKey", "image-edit",
                        "modelKey", "google/nano-banana-edit",
                        "prompt", "x",
                        "input", Map.of("referenceImagePath", path)));
    }

    private ValidatableResponse multipart(String contentType, byte[] content) {
        return user.request()
                .multiPart("purpose", "reference")
                .multiPart("file", "x", content, contentType)
                .post("/api/v1/upload")
                .then();
    }
}
