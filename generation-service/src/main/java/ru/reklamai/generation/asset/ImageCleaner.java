package ru.reklamai.generation.asset;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * Copies an image without what a camera or a program wrote beside the picture (place, device, author, comments), pixel for
 * pixel the same, in one pass and little memory; only the turn of a photo is kept. Refuses what is no such image, and
 * pictures so large that whoever unpacks them runs out of memory. No library does this for all three formats without
 * decoding; formats: RFC 2083 (PNG), ITU T.81 (JPEG), RFC 9649 (WebP).
 */
final class ImageCleaner {

    /** Everything else in a PNG is text, time or Exif. */
    private static final Set<String> PNG_KEPT = Set.of(
            "IHDR", "PLTE", "IDAT", "IEND", "tRNS", "cHRM", "gAMA", "iCCP", "sBIT", "sRGB", "bKGD", "pHYs", "hIST",
            "sPLT", "cICP", "acTL", "fcTL", "fdAT");

    private static final Set<String> WEBP_KEPT = Set.of("VP8 ", "VP8L", "VP8X", "ANIM", "ANMF", "ALPH", "ICCP");
    private static final int EXIF_AND_XMP_FLAGS = 0x08 | 0x04;
    private static final int MAX_CHUNK = 64 * 1024 * 1024;
    private static final int ORIENTATION = 0x0112;

    private final DataInputStream in;
    private final DataOutputStream out;
    private final long maxPixels;
    private boolean measured;

    private ImageCleaner(InputStream in, OutputStream out, long maxPixels) {
        this.in = new DataInputStream(in);
        this.out = new DataOutputStream(out);
        this.maxPixels = maxPixels;
    }

    /** The file is not an image that can be taken; the message says why, in English. */
    static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1;

        RefusedException(String message) {
            super(message);
        }
    }

    static void clean(FileType type, InputStream in, OutputStream out, long maxPixels)
            throws IOException, RefusedException {
        var cleaner = new ImageCleaner(in, out, maxPixels);
        try {
            switch (type) {
                case PNG -> cleaner.png();
                case JPEG -> cleaner.jpeg();
                case WEBP -> cleaner.webp();
                default -> throw new IllegalArgumentException(type + " is no image");
            }
        } catch (EOFException e) {
            throw new RefusedException("The image is cut off.");
        }
        if (!cleaner.measured) {
            throw new RefusedException("The image is broken.");
        }
        cleaner.out.flush();
    }

    private void png() throws IOException, RefusedException {
        copy(8);
        String name = "";
        while (!name.equals("IEND")) {
            int length = in.readInt();
            byte[] nameBytes = in.readNBytes(4);
            name = new String(nameBytes, StandardCharsets.ISO_8859_1);
            requireSane(length);
            if (name.equals("IHDR")) {
                measuredChunk(length, nameBytes);
            } else if (PNG_KEPT.contains(name)) {
                out.writeInt(length);
                out.write(nameBytes);
                copy(length + 4L);
            } else {
                in.skipNBytes(length + 4L);
            }
        }
    }

    private void measuredChunk(int length, byte[] name) throws IOException, RefusedException {
        byte[] body = in.readNBytes(length);
        if (body.length < 13) {
            throw new RefusedException("The image is broken.");
        }
        measure(intAt(body, 0), intAt(body, 4));
        CRC32 sum = new CRC32();
        sum.update(name);
        sum.update(body);
        if ((int) sum.getValue() != in.readInt()) {
            throw new RefusedException("The image is broken.");
        }
        out.writeInt(length);
        out.write(name);
        out.write(body);
        out.writeInt((int) sum.getValue());
    }

    private void jpeg() throws IOException, RefusedException {
        copy(2);
        int orientation = 1;
        while (true) {
            int marker = nextMarker();
            if (marker == 0xd9) {
                throw new RefusedException("The image is broken.");
            }
            int length = in.readUnsignedShort();
            byte[] body = in.readNBytes(length - 2);
            if (length < 2 || body.length != length - 2) {
                throw new RefusedException("The image is cut off.");
            }
            if (marker == 0xe1) {
                orientation = orientationIn(body, orientation);
            } else if (isKept(marker)) {
                if (isFrame(marker)) {
                    measureFrame(body);
                    writeOrientation(orientation);
                }
                segment(marker, body);
            }
            if (marker == 0xda) {
                in.transferTo(out);
                return;
            }
        }
    }

    /** Adobe's APP14 tells how colours are coded, JFIF's APP0 and the profile in APP2 belong to the picture too. */
    private static boolean isKept(int marker) {
        boolean application = marker >= 0xe0 && marker <= 0xef;
        boolean comment = marker == 0xfe;
        return !comment && (!application || marker == 0xe0 || marker == 0xe2 || marker == 0xee);
    }

    private static boolean isFrame(int marker) {
        return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
    }

    private int nextMarker() throws IOException, RefusedException {
        if (in.readUnsignedByte() != 0xff) {
            throw new RefusedException("The image is broken.");
        }
        int marker = 0xff;
        while (marker == 0xff) {
            marker = in.readUnsignedByte();
        }
        return marker;
    }

    private void measureFrame(byte[] body) throws RefusedException {
        if (body.length < 6) {
            throw new RefusedException("The image is broken.");
        }
        measure(shortAt(body, 3), shortAt(body, 1));
    }

    private void segment(int marker, byte[] body) throws IOException {
        out.writeByte(0xff);
        out.writeByte(marker);
        out.writeShort(body.length + 2);
        out.write(body);
    }

    /** An Exif block that says nothing but how the picture is turned. */
    private void writeOrientation(int orientation) throws IOException {
        if (orientation > 1) {
            byte[] exif = {
                'E',
                'x',
                'i',
                'f',
                0,
                0,
                'M',
                'M',
                0,
                42,
                0,
                0,
                0,
                8,
                0,
                1,
                0x01,
                0x12,
                0,
                3,
                0,
                0,
                0,
                1,
                0,
                (byte) orientation,
                0,
                0,
                0,
                0,
                0,
                0
            };
            segment(0xe1, exif);
        }
    }

    /** Reads one entry of the first directory (TIFF 6.0, section 2); anything strange leaves the picture as it is. */
    private static int orientationIn(byte[] app1, int otherwise) {
        int tiff = 6;
        if (app1.length < 16 || app1[0] != 'E' || app1[1] != 'x') {
            return otherwise;
        }
        boolean little = app1[tiff] == 'I';
        int directory = tiff + number(app1, tiff + 4, 4, little);
        int entries = directory < 0 || directory + 2 > app1.length ? 0 : number(app1, directory, 2, little);
        for (int i = 0; i < entries; i++) {
            int entry = directory + 2 + i * 12;
            if (entry + 12 > app1.length) {
                return otherwise;
            }
            if (number(app1, entry, 2, little) == ORIENTATION) {
                int value = number(app1, entry + 8, 2, little);
                return value >= 1 && value <= 8 ? value : otherwise;
            }
        }
        return otherwise;
    }

    private void webp() throws IOException, RefusedException {
        byte[] head = in.readNBytes(12);
        long left = Integer.toUnsignedLong(number(head, 4, 4, true)) - 4;
        // The length is not known before the end: a second pass over the cleaned file is not worth it, so the removed
        // chunks leave one of their own size behind, which every reader skips.
        out.write(head);
        while (left > 0) {
            byte[] name = in.readNBytes(4);
            byte[] size = in.readNBytes(4);
            if (name.length < 4 || size.length < 4) {
                throw new EOFException();
            }
            int length = number(size, 0, 4, true);
            requireSane(length);
            long padded = length + (length & 1L);
            webpChunk(new String(name, StandardCharsets.ISO_8859_1), size, padded);
            left -= 8 + padded;
        }
    }

    private void webpChunk(String name, byte[] size, long padded) throws IOException, RefusedException {
        boolean kept = WEBP_KEPT.contains(name);
        out.write((kept ? name : "skip").getBytes(StandardCharsets.ISO_8859_1));
        out.write(size);
        if (!kept) {
            in.skipNBytes(padded);
            for (long i = 0; i < padded; i++) {
                out.writeByte(0);
            }
            return;
        }
        byte[] start = in.readNBytes((int) Math.min(10, padded));
        switch (name) {
            case "VP8X" -> {
                measure(1 + number(start, 4, 3, true), 1 + number(start, 7, 3, true));
                start[0] &= (byte) ~EXIF_AND_XMP_FLAGS;
            }
            case "VP8 " -> measure(number(start, 6, 2, true) & 0x3fff, number(start, 8, 2, true) & 0x3fff);
            case "VP8L" -> {
                int bits = number(start, 1, 4, true);
                measure(1 + (bits & 0x3fff), 1 + ((bits >> 14) & 0x3fff));
            }
            default -> {}
        }
        out.write(start);
        copy(padded - start.length);
    }

    private void measure(long width, long height) throws RefusedException {
        if (width <= 0 || height <= 0) {
            throw new RefusedException("The image is broken.");
        }
        if (width > maxPixels / height) {
            throw new RefusedException("The image has too many pixels.");
        }
        measured = true;
    }

    private static void requireSane(int length) throws RefusedException {
        if (length < 0 || length > MAX_CHUNK) {
            throw new RefusedException("The image is broken.");
        }
    }

    private void copy(long length) throws IOException {
        byte[] buffer = new byte[8192];
        long left = length;
        while (left > 0) {
            int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) {
                throw new EOFException();
            }
            out.write(buffer, 0, read);
            left -= read;
        }
    }

    private static int intAt(byte[] bytes, int offset) {
        return number(bytes, offset, 4, false);
    }

    private static int shortAt(byte[] bytes, int offset) {
        return number(bytes, offset, 2, false);
    }

    private static int number(byte[] bytes, int offset, int length, boolean little) {
        int value = 0;
        for (int i = 0; i < length && offset + i < bytes.length; i++) {
            int part = bytes[offset + i] & 0xff;
            value |= part << (8 * (little ? i : length - 1 - i));
        }
        return value;
    }
}
