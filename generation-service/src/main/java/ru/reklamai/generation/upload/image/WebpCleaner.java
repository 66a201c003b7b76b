package ru.reklamai.generation.upload.image;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import ru.reklamai.message.MessageCode;

/** WebP: RFC 9649. */
final class WebpCleaner {

    private static final Set<String> WEBP_KEPT = Set.of("VP8 ", "VP8L", "VP8X", "ANIM", "ANMF", "ALPH", "ICCP");

    private static final int EXIF_AND_XMP_FLAGS = 0x08 | 0x04;

    private final ImageStream image;

    WebpCleaner(ImageStream image) {
        this.image = image;
    }

    void clean() throws IOException, ImageCleaner.RefusedException {
        byte[] head = image.in().readNBytes(12);
        long left = Integer.toUnsignedLong(ImageStream.number(head, 4, 4, true)) - 4;
        // The length is not known before the end: a second pass over the cleaned file is not worth it, so the removed
        // chunks leave one of their own size behind, which every reader skips.
        image.out().write(head);
        while (left > 0) {
            byte[] name = image.in().readNBytes(4);
            byte[] size = image.in().readNBytes(4);
            if (name.length < 4 || size.length < 4) {
                throw new EOFException();
            }
            int length = ImageStream.number(size, 0, 4, true);
            ImageStream.requireSane(length);
            long padded = length + (length & 1L);
            webpChunk(new String(name, StandardCharsets.ISO_8859_1), size, padded);
            left -= 8 + padded;
        }
    }

    private void webpChunk(String name, byte[] size, long padded) throws IOException, ImageCleaner.RefusedException {
        boolean kept = WEBP_KEPT.contains(name);
        image.out().write((kept ? name : "skip").getBytes(StandardCharsets.ISO_8859_1));
        image.out().write(size);
        if (!kept) {
            image.in().skipNBytes(padded);
            for (long i = 0; i < padded; i++) {
                image.out().writeByte(0);
            }
            return;
        }
        byte[] start = image.in().readNBytes((int) Math.min(10, padded));
        if (start.length < 10 && name.startsWith("VP8")) {
            throw new ImageCleaner.RefusedException(MessageCode.IMAGE_BROKEN);
        }
        measure(name, start);
        image.out().write(start);
        image.copy(padded - start.length);
    }

    /** Measures the picture where the chunk tells its size, and takes the marks of what is left out off its head. */
    private void measure(String name, byte[] start) throws ImageCleaner.RefusedException {
        switch (name) {
            case "VP8X" -> {
                image.measure(1 + ImageStream.number(start, 4, 3, true), 1 + ImageStream.number(start, 7, 3, true));
                start[0] &= (byte) ~EXIF_AND_XMP_FLAGS;
            }
            case "VP8 " ->
                image.measure(
                        ImageStream.number(start, 6, 2, true) & 0x3fff, ImageStream.number(start, 8, 2, true) & 0x3fff);
            case "VP8L" -> {
                int bits = ImageStream.number(start, 1, 4, true);
                image.measure(1 + (bits & 0x3fff), 1 + ((bits >> 14) & 0x3fff));
            }
            default -> {}
        }
    }
}
