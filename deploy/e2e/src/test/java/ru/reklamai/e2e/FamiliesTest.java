package ru.reklamai.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(Stack.class)
class FamiliesTest {

    private final User user = new User();

    @ParameterizedTest
    @CsvSource({
        "image-gen, google/nano-banana, 1",
        "video-gen, veo3_fast, 1",
        "image-gen, gpt4o-image, 1",
        "image-gen, flux-kontext-pro, 1",
        "video-gen, runway, 1",
        "audio-gen, suno/v5, 2"
    })
    void everyFamilyOfTheProviderDelivers(String preset, String model, int files) {
        String id = accepted(user.order(preset, model, "a cup", Map.of()));
        assertThat(user.awaitEnd(id).path("status").asText()).isEqualTo("succeeded");
        assertThat(files(id)).isEqualTo(files);
    }

    @ParameterizedTest
    @CsvSource({
        "image-gen, google/nano-banana",
        "video-gen, veo3_fast",
        "image-gen, gpt4o-image",
        "image-gen, flux-kontext-pro",
        "video-gen, runway",
        "audio-gen, suno/v4.5"
    })
    void everyFamilysFailureIsSaidAndRefunded(String preset, String model) {
        JsonNode generation = user.awaitEnd(accepted(user.order(preset, model, "[fail]", Map.of())));
        assertThat(generation.path("error").path("code").asText()).isEqualTo("provider-failed");
        assertThat(generation.path("error").path("message").asText()).contains("refused by the model");
        assertThat(user.balance()).isEqualByComparingTo("100");
    }

    @Test
    void variantsBecomeSeveralFiles() {
        String id = accepted(user.order("image-gen", "gpt4o-image", "a cup", Map.of("params", Map.of("nVariants", 4))));
        user.awaitEnd(id);
        assertThat(files(id)).isEqualTo(4);
    }

    @Test
    void ofTwoFilesTheOneThatIsThereIsDelivered() {
        String id = user.generate("google/nano-banana", "[one-of-two]");
        assertThat(user.awaitEnd(id).path("status").asText()).isEqualTo("succeeded");
        assertThat(files(id)).isEqualTo(1);
    }

    @Test
    void theProvidersPictureOfASoundIsItsPreview() {
        String id = accepted(user.order("audio-gen", "suno/v5", "a song", Map.of()));
        String preview = user.awaitEnd(id).path("previewUrl").asText();
        assertThat(user.client.download(preview).status()).isEqualTo(200);
    }

    /** This stack hands files over through KIE's own store; the demo does it by presigned links. */
    @Test
    void aReferenceImageReachesTheProvider() {
        byte[] image = user.client
                .download(user.awaitEnd(user.generate("google/nano-banana", "a cup"))
                        .path("previewUrl")
                        .asText())
                .raw()
                .body();
        JsonNode ticket = user.client
                .post(
                        "/api/v1/upload",
                        Map.of(
                                "purpose", "reference",
                                "fileName", "cup.webp",
                                "contentType", "image/webp",
                                "fileSize", image.length))
                .body();
        user.client.put(ticket.path("uploadUrl").asText(), image);
        String path = ticket.path("path").asText();
        String id = accepted(
                user.order("image-edit", "google/nano-banana-edit", "the same", Map.of("referenceImagePath", path)));
        assertThat(user.awaitEnd(id).path("status").asText()).isEqualTo("succeeded");
        String fileName = path.substring(path.lastIndexOf('/') + 1);
        assertThat(new Client(Stack.SIMULATOR)
                        .get("/admin/tasks")
                        .body()
                        .path("newest")
                        .toString())
                .contains("/uploaded/" + fileName);
    }

    private static String accepted(Client.Answer answer) {
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(202);
        return answer.body().path("generationId").asText();
    }

    private static long files(String generationId) {
        return Stack.COMMAND.number("SELECT count(*) FROM studio.assets WHERE generation_id = '" + generationId + "'");
    }
}
