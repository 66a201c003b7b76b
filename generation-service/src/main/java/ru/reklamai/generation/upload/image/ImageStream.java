package ru.reklamai.generation.upload.image;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import ru.reklamai.message.MessageCode;

/** An image on its way from one file to another, and what its formats have in common. */
final class ImageStream {

    private static final int MAX_CHUNK = 64 * 1024 * 1024;

    private final DataInputStream in;
    private final DataOutputStream out;
    private final long maxPixels;
    private boolean measured;

    ImageStream(InputStream in, OutputStream out, long maxPixels) {
        this.in = new DataInputStream(in);
        this.out = new DataOutputStream(out);
        this.maxPixels = maxPixels;
    }

    DataInputStream in() {
        return in;
    }

    DataOutputStream out() {
        return out;
    }

    /** Whether the image has said how large it is. */
    boolean isMeasured() {
        return measured;
    }

    void measure(long width, long height) throws ImageCleaner.RefusedException {
        if (width <= 0 || height <= 0) {
            throw new ImageCleaner.RefusedException(MessageCode.IMAGE_BROKEN);
        }
        if (width > maxPixels / height) {
            throw new ImageCleaner.RefusedException(MessageCode.IMAGE_TOO_MANY_PIXELS);
        }
        measured = true;
    }

    static void requireSane(int length) throws ImageCleaner.RefusedException {
        if (length < 0 || length > MAX_CHUNK) {
            throw new ImageCleaner.RefusedException(MessageCode.IMAGE_BROKEN);
        }
    }

    void copy(long length) throws IOException {
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

    static int intAt(byte[] bytes, int offset) {
        return number(bytes, offset, 4, false);
    }

    static int shortAt(byte[] bytes, int offset) {
        return number(bytes, offset, 2, false);
    }

    static int number(byte[] bytes, int offset, int length, boolean little) {
        int value = 0;
        for (int i = 0; i < length && offset + i < bytes.length; i++) {
            int part = bytes[offset + i] & 0xff;
            value |= part << (8 * (little ? i : length - 1 - i));
        }
        return value;
    }
}
