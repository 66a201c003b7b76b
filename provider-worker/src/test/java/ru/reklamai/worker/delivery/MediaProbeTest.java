package ru.reklamai.worker.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With real files, made by ffmpeg. */
class MediaProbeTest {

    private static final String PICTURE = "-f lavfi -i color=red:s=32x16 -frames:v 1";
    private static final String FILM = "-f lavfi -i color=red:s=32x16:r=10:d=1";
    private static final String SOUND = "-f lavfi -i sine=d=1";

    @TempDir
    Path folder;

    private final MediaProbe probe = new MediaProbe(new ObjectMapper());

    @ParameterizedTest
    @CsvSource({"png, image/png, png", "jpg, image/jpeg, jpg", "webp, image/webp, webp"})
    void picturesAreKnownByTheirContent(String ending, String contentType, String extension) throws Exception {
        MediaProbe.Media media = probed(make(PICTURE, ending));
        assertThat(media)
                .isEqualTo(new MediaProbe.Media(
                        contentType, extension, Optional.of(32), Optional.of(16), Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource({"mp4, video/mp4", "webm, video/webm"})
    void filmsTellTheirSizeAndDuration(String ending, String contentType) throws Exception {
        MediaProbe.Media media = probed(make(FILM, ending));
        assertThat(media.contentType()).isEqualTo(contentType);
        assertThat(media.extension()).isEqualTo(ending);
        assertThat(media.width()).contains(32);
        assertThat(media.durationMs().orElseThrow()).isBetween(900L, 1100L);
    }

    @ParameterizedTest
    @CsvSource({"mp3, audio/mpeg", "wav, audio/wav"})
    void soundsTellTheirDurationAndHaveNoSize(String ending, String contentType) throws Exception {
        MediaProbe.Media media = probed(make(SOUND, ending));
        assertThat(media.contentType()).isEqualTo(contentType);
        assertThat(media.width()).isEmpty();
        assertThat(media.durationMs().orElseThrow()).isBetween(900L, 1200L);
    }

    @Test
    void aCoverMakesASoundNoPicture() throws Exception {
        String covered =
                SOUND + " -f lavfi -i color=red:s=32x16:d=0.04 -map 0 -map 1 -c:v png -disposition:v attached_pic";
        MediaProbe.Media media = probed(make(covered, "mp3"));
        assertThat(media.contentType()).isEqualTo("audio/mpeg");
        assertThat(media.width()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "image, image/png, true",
        "edit, image/png, true",
        "image, video/mp4, false",
        "video, video/mp4, true",
        "video, image/png, false",
        "audio, audio/mpeg, true",
        "audio, video/mp4, false"
    })
    void onlyAFileOfTheOrderedKindFits(String modality, String contentType, boolean fits) {
        var media = new MediaProbe.Media(contentType, "x", Optional.empty(), Optional.empty(), Optional.empty());
        assertThat(media.fits(modality)).isEqualTo(fits);
    }

    @ParameterizedTest
    @CsvSource({"gif", "bmp"})
    void picturesOfOtherKindsAreNotTaken(String ending) throws Exception {
        assertThat(probe.probe(make(PICTURE, ending))).isEmpty();
    }

    @Test
    void garbageIsNoFile() throws IOException {
        assertThat(probe.probe(Files.writeString(folder.resolve("garbage"), "<html>502 Bad Gateway</html>")))
                .isEmpty();
        assertThat(probe.probe(Files.createFile(folder.resolve("empty")))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"mp4, 200", "png, 20"})
    void aFileThatIsCutOffIsNoFile(String ending, int bytes) throws Exception {
        byte[] whole = Files.readAllBytes(make(ending.equals("mp4") ? FILM : PICTURE, ending));
        assertThat(whole.length).isGreaterThan(bytes);
        assertThat(probe.probe(Files.write(folder.resolve("cut"), Arrays.copyOf(whole, bytes))))
                .isEmpty();
    }

    @Test
    void aThumbnailIsAWebpThatKeepsItsShape() throws Exception {
        Path thumbnail = folder.resolve("thumbnail.webp");
        assertThat(probe.makeThumbnail(make("-f lavfi -i color=red:s=1024x512 -frames:v 1", "png"), thumbnail))
                .isTrue();
        MediaProbe.Media media = probed(thumbnail);
        assertThat(media.contentType()).isEqualTo("image/webp");
        assertThat(media.width()).contains(512);
        assertThat(media.height()).contains(256);
    }

    @Test
    void aSmallPictureIsNotBlownUp() throws Exception {
        Path thumbnail = folder.resolve("thumbnail.webp");
        probe.makeThumbnail(make(PICTURE, "png"), thumbnail);
        assertThat(probed(thumbnail).width()).contains(32);
    }

    @Test
    void soundHasNothingToSee() throws Exception {
        assertThat(probe.makeThumbnail(make(SOUND, "wav"), folder.resolve("thumbnail.webp")))
                .isFalse();
    }

    private MediaProbe.Media probed(Path file) throws IOException {
        return probe.probe(file).orElseThrow();
    }

    private Path make(String source, String ending) throws IOException, InterruptedException {
        // Without an extension, so that only the content tells.
        Path named = folder.resolve("made." + ending);
        Process ffmpeg = new ProcessBuilder(Stream.of(
                                Stream.of("ffmpeg", "-v", "error", "-y"),
                                Arrays.stream(source.split(" ")),
                                Stream.of(named.toString()))
                        .flatMap(part -> part)
                        .toList())
                .inheritIO()
                .start();
        assertThat(ffmpeg.waitFor()).isZero();
        return Files.move(named, folder.resolve("made"));
    }
}
