package ru.reklamai.generation.upload.image;

import java.io.IOException;
import java.util.HexFormat;
import ru.reklamai.message.MessageCode;

/** JPEG: ITU T.81; Exif's orientation: TIFF 6.0, section 2. */
final class JpegCleaner {

    private static final int APP1 = 0xe1;
    private static final int SCAN = 0xda;
    private static final int END = 0xd9;
    private static final int FIRST_RESTART = 0xd0;
    private static final int LAST_RESTART = 0xd7;
    private static final int ORIENTATION = 0x0112;

    /** An Exif block that says nothing but how the picture is turned: one entry, a number of 16 bits. */
    private static final byte[] ORIENTATION_ALONE = HexFormat.of()
            .parseHex("457869660000" + "4d4d002a00000008" + "0001" + "011200030000000100000000" + "00000000");

    private static final int ORIENTATION_AT = 25;

    private final ImageStream image;

    JpegCleaner(ImageStream image) {
        this.image = image;
    }

    /** What comes after the end, as a phone's moving picture with a place of its own, is left out. */
    void clean() throws IOException, ImageCleaner.RefusedException {
        image.copy(2);
        int orientation = 1;
        int marker = nextMarker();
        while (marker != END) {
            byte[] body = body();
            if (marker == APP1) {
                orientation = orientationIn(body, orientation);
            } else if (isKept(marker)) {
                if (isFrame(marker)) {
                    measureFrame(body);
                    writeOrientation(orientation);
                }
                segment(marker, body);
            }
            marker = marker == SCAN ? copyScan() : nextMarker();
        }
        image.out().writeShort(0xff00 | END);
    }

    private byte[] body() throws IOException, ImageCleaner.RefusedException {
        int length = image.in().readUnsignedShort() - 2;
        byte[] body = image.in().readNBytes(Math.max(0, length));
        if (body.length != length) {
            throw new ImageCleaner.RefusedException(MessageCode.IMAGE_CUT_OFF);
        }
        return body;
    }

    /** Copies compressed data, in which FF stands before 00 or a restart; returns the marker that ends it. */
    private int copyScan() throws IOException {
        while (true) {
            int value = image.in().readUnsignedByte();
            if (value == 0xff) {
                int next = value;
                while (next == 0xff) {
                    next = image.in().readUnsignedByte();
                }
                if (next != 0 && (next < FIRST_RESTART || next > LAST_RESTART)) {
                    return next;
                }
                image.out().writeByte(value);
                value = next;
            }
            image.out().writeByte(value);
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

    private int nextMarker() throws IOException, ImageCleaner.RefusedException {
        if (image.in().readUnsignedByte() != 0xff) {
            throw new ImageCleaner.RefusedException(MessageCode.IMAGE_BROKEN);
        }
        int marker = 0xff;
        while (marker == 0xff) {
            marker = image.in().readUnsignedByte();
        }
        return marker;
    }

    private void measureFrame(byte[] body) throws ImageCleaner.RefusedException {
        if (body.length < 6) {
            throw new ImageCleaner.RefusedException(MessageCode.IMAGE_BROKEN);
        }
        image.measure(ImageStream.shortAt(body, 3), ImageStream.shortAt(body, 1));
    }

    private void segment(int marker, byte[] body) throws IOException {
        image.out().writeByte(0xff);
        image.out().writeByte(marker);
        image.out().writeShort(body.length + 2);
        image.out().write(body);
    }

    private void writeOrientation(int orientation) throws IOException {
        if (orientation > 1) {
            byte[] exif = ORIENTATION_ALONE.clone();
            exif[ORIENTATION_AT] = (byte) orientation;
            segment(APP1, exif);
        }
    }

    /** Reads one entry of the first directory (TIFF 6.0, section 2); anything strange leaves the picture as it is. */
    private static int orientationIn(byte[] app1, int otherwise) {
        int tiff = 6;
        if (app1.length < 16 || app1[0] != 'E' || app1[1] != 'x') {
            return otherwise;
        }
        boolean little = app1[tiff] == 'I';
        int directory = tiff + ImageStream.number(app1, tiff + 4, 4, little);
        int entries = directory < 0 || directory + 2 > app1.length ? 0 : ImageStream.number(app1, directory, 2, little);
        for (int i = 0; i < entries; i++) {
            int entry = directory + 2 + i * 12;
            if (entry + 12 > app1.length) {
                return otherwise;
            }
            if (ImageStream.number(app1, entry, 2, little) == ORIENTATION) {
                int value = ImageStream.number(app1, entry + 8, 2, little);
                return value >= 1 && value <= 8 ? value : otherwise;
            }
        }
        return otherwise;
    }
}
