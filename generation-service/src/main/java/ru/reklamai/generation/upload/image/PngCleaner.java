package ru.reklamai.generation.upload.image;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.zip.CRC32;
import ru.reklamai.message.MessageCode;

/** PNG: RFC 2083. */
final class PngCleaner {

    /** Everything else in a PNG is text, time or Exif. */
    private static final Set<String> PNG_KEPT = Set.of(
            "IHDR", "PLTE", "IDAT", "IEND", "tRNS", "cHRM", "gAMA", "iCCP", "sBIT", "sRGB", "bKGD", "pHYs", "hIST",
            "sPLT", "cICP", "acTL", "fcTL", "fdAT");

    private static final int HEADER_BYTES = 13;

    private final ImageStream image;

    PngCleaner(ImageStream image) {
        this.image = image;
    }

    void clean() throws IOException, ImageCleaner.RefusedException {
        image.copy(8);
        String name = "";
        while (!name.equals("IEND")) {
            int length = image.in().readInt();
            byte[] nameBytes = image.in().readNBytes(4);
            name = new String(nameBytes, StandardCharsets.ISO_8859_1);
            ImageStream.requireSane(length);
            if (name.equals("IHDR")) {
                measuredChunk(length, nameBytes);
            } else if (PNG_KEPT.contains(name)) {
                image.out().writeInt(length);
                image.out().write(nameBytes);
                image.copy(length + 4L);
            } else {
                image.in().skipNBytes(length + 4L);
            }
        }
    }

    private void measuredChunk(int length, byte[] name) throws IOException, ImageCleaner.RefusedException {
        byte[] body = image.in().readNBytes(Math.min(length, HEADER_BYTES));
        if (length != HEADER_BYTES || body.length != HEADER_BYTES) {
            throw new ImageCleaner.RefusedException(MessageCode.IMAGE_BROKEN);
        }
        image.measure(ImageStream.intAt(body, 0), ImageStream.intAt(body, 4));
        CRC32 sum = new CRC32();
        sum.update(name);
        sum.update(body);
        if ((int) sum.getValue() != image.in().readInt()) {
            throw new ImageCleaner.RefusedException(MessageCode.IMAGE_BROKEN);
        }
        image.out().writeInt(length);
        image.out().write(name);
        image.out().write(body);
        image.out().writeInt((int) sum.getValue());
    }
}
