package ru.reklamai.generation.upload.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ru.reklamai.message.MessageCode;

class ImageCleanerTest {

    private static final long MAX_PIXELS = 1_000_000;

    @Test
    void aPhotoLosesItsPlaceAndKeepsItsTurnAndItsPixels() throws Exception {
        byte[] photo = Pictures.jpegWithPlace(6);
        byte[] clean = clean(ImageFormat.JPEG, photo);
        assertThat(text(photo)).contains("MOSCOW");
        assertThat(text(clean)).doesNotContain("MOSCOW", "a comment");
        assertThat(Pictures.orientationOf(clean)).isEqualTo(6);
        assertThat(pixels(clean)).isEqualTo(pixels(photo));
    }

    @Test
    void aPhotoThatIsNotTurnedHasNoExifAfterwards() throws Exception {
        assertThat(text(clean(ImageFormat.JPEG, Pictures.jpegWithPlace(1)))).doesNotContain("Exif");
    }

    @Test
    void aPngLosesItsTextsAndKeepsItsPixels() throws Exception {
        byte[] picture = Pictures.pngWithText("place", "MOSCOW");
        byte[] clean = clean(ImageFormat.PNG, picture);
        assertThat(text(clean)).doesNotContain("MOSCOW");
        assertThat(pixels(clean)).isEqualTo(pixels(picture));
    }

    @Test
    void aWebpLosesItsExif() throws Exception {
        byte[] clean = clean(ImageFormat.WEBP, Pictures.webpWithExif("MOSCOW"));
        assertThat(text(clean)).doesNotContain("MOSCOW", "EXIF").contains("VP8X");
        assertThat(clean[20] & 0x08).isZero();
    }

    @Test
    void aBombIsRefusedBeforeItIsUnpacked() {
        assertRefused(ImageFormat.PNG, Pictures.pngThatClaims(100_000, 100_000), MessageCode.IMAGE_TOO_MANY_PIXELS);
        assertRefused(ImageFormat.JPEG, Pictures.jpegThatClaims(65_000, 65_000), MessageCode.IMAGE_TOO_MANY_PIXELS);
    }

    @ParameterizedTest
    @ValueSource(ints = {9, 20, 40, 100})
    void aPictureThatIsCutOffIsRefused(int length) throws IOException {
        byte[] cut = Arrays.copyOf(Pictures.png(64, 64), length);
        assertThatThrownBy(() -> clean(ImageFormat.PNG, cut)).isInstanceOf(ImageCleaner.RefusedException.class);
    }

    @Test
    void aHeaderWithAWrongSumIsRefused() throws IOException {
        byte[] broken = Pictures.png(64, 64);
        broken[19] = 1;
        assertRefused(ImageFormat.PNG, broken, MessageCode.IMAGE_BROKEN);
    }

    @Test
    void whatComesAfterTheEndIsLeftOut() throws Exception {
        byte[] photo = Pictures.jpegWithPlace(1);
        byte[] moving = Arrays.copyOf(photo, photo.length + 1000);
        System.arraycopy("MOSCOW again".getBytes(StandardCharsets.ISO_8859_1), 0, moving, photo.length, 12);
        byte[] clean = clean(ImageFormat.JPEG, moving);
        assertThat(text(clean)).doesNotContain("MOSCOW").endsWith("\u00ff\u00d9");
        assertThat(pixels(clean)).isEqualTo(pixels(photo));
    }

    /** Whatever somebody sends, it is taken or refused; nothing else is thrown. */
    @Test
    void brokenPicturesAreTakenOrRefused() throws Exception {
        var random = new java.util.Random(1);
        byte[][] pictures = {
            Pictures.pngWithText("place", "MOSCOW"), Pictures.jpegWithPlace(6), Pictures.webpWithExif("MOSCOW")
        };
        ImageFormat[] types = {ImageFormat.PNG, ImageFormat.JPEG, ImageFormat.WEBP};
        int refused = 0;
        for (int i = 0; i < 9000; i++) {
            byte[] broken = Arrays.copyOf(pictures[i % 3], 1 + random.nextInt(pictures[i % 3].length));
            for (int j = 0; j <= i % 5; j++) {
                broken[random.nextInt(broken.length)] = (byte) (random.nextBoolean() ? random.nextInt() : -1);
            }
            try {
                clean(types[i % 3], broken);
            } catch (ImageCleaner.RefusedException e) {
                refused++;
            }
        }
        assertThat(refused).isBetween(3000, 8999);
    }

    private static void assertRefused(ImageFormat type, byte[] picture, MessageCode why) {
        assertThatThrownBy(() -> clean(type, picture))
                .isInstanceOfSatisfying(ImageCleaner.RefusedException.class, refusal -> assertThat(refusal.code())
                        .isEqualTo(why));
    }

    private static byte[] clean(ImageFormat type, byte[] picture) throws Exception {
        var out = new ByteArrayOutputStream();
        ImageCleaner.clean(type, new ByteArrayInputStream(picture), out, MAX_PIXELS);
        return out.toByteArray();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static int[] pixels(byte[] picture) throws IOException {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(picture));
        return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    }
}
