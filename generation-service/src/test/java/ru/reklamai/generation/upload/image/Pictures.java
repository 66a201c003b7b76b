package ru.reklamai.generation.upload.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;

/** Pictures as cameras, programs and attackers make them. */
public final class Pictures {

    private Pictures() {}

    public static byte[] png(int width, int height) {
        return written("png", width, height);
    }

    public static byte[] jpeg(int width, int height) {
        return written("jpg", width, height);
    }

    /** A photo with an orientation, a GPS directory that names MOSCOW, and a comment. */
    public static byte[] jpegWithPlace(int orientation) {
        byte[] plain = jpeg(48, 32);
        ByteBuffer exif = ByteBuffer.allocate(80).order(ByteOrder.LITTLE_ENDIAN);
        exif.put("Exif\0\0II".getBytes(StandardCharsets.ISO_8859_1))
                .putShort((short) 42)
                .putInt(8);
        exif.putShort((short) 2);
        exif.putShort((short) 0x0112).putShort((short) 3).putInt(1).putInt(orientation);
        exif.putShort((short) 0x8825).putShort((short) 4).putInt(1).putInt(38);
        exif.putInt(0).put("MOSCOW 55.75N 37.61E".getBytes(StandardCharsets.ISO_8859_1));
        return joined(
                Arrays.copyOf(plain, 2),
                segment(0xe1, exif.array()),
                segment(0xfe, "a comment".getBytes(StandardCharsets.ISO_8859_1)),
                Arrays.copyOfRange(plain, 2, plain.length));
    }

    /** Returns the orientation in a JPEG's Exif block, in either byte order; 1 if there is none. */
    public static int orientationOf(byte[] jpeg) {
        String text = new String(jpeg, StandardCharsets.ISO_8859_1);
        int exif = text.indexOf("Exif");
        return exif < 0 ? 1 : jpeg[exif + 25];
    }

    public static byte[] jpegThatClaims(int width, int height) {
        byte[] frame = {8, (byte) (height >> 8), (byte) height, (byte) (width >> 8), (byte) width, 1, 1, 0x11, 0};
        return joined(new byte[] {(byte) 0xff, (byte) 0xd8}, segment(0xc0, frame));
    }

    public static byte[] pngWithText(String key, String text) {
        byte[] plain = png(32, 32);
        byte[] chunk = chunk("tEXt", (key + "\0" + text).getBytes(StandardCharsets.ISO_8859_1));
        return joined(Arrays.copyOf(plain, 33), chunk, Arrays.copyOfRange(plain, 33, plain.length));
    }

    public static byte[] pngThatClaims(int width, int height) {
        byte[] header = ByteBuffer.allocate(13)
                .putInt(width)
                .putInt(height)
                .put((byte) 8)
                .array();
        return joined(
                "\u0089PNG\r\n\u001a\n".getBytes(StandardCharsets.ISO_8859_1),
                chunk("IHDR", header),
                chunk("IEND", new byte[0]));
    }

    /** An extended WebP of 16 by 16 whose picture is left out: nothing here looks at it. */
    public static byte[] webpWithExif(String text) {
        byte[] exif = text.getBytes(StandardCharsets.ISO_8859_1);
        byte[] extended = {0x08, 0, 0, 0, 15, 0, 0, 15, 0, 0};
        byte[] body = joined(riff("VP8X", extended), riff("EXIF", exif));
        ByteBuffer head = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
        head.put("RIFF".getBytes(StandardCharsets.ISO_8859_1)).putInt(body.length + 4);
        head.put("WEBP".getBytes(StandardCharsets.ISO_8859_1));
        return joined(head.array(), body);
    }

    private static byte[] riff(String name, byte[] body) {
        ByteBuffer chunk =
                ByteBuffer.allocate(8 + body.length + (body.length & 1)).order(ByteOrder.LITTLE_ENDIAN);
        return chunk.put(name.getBytes(StandardCharsets.ISO_8859_1))
                .putInt(body.length)
                .put(body)
                .array();
    }

    private static byte[] segment(int marker, byte[] body) {
        return ByteBuffer.allocate(4 + body.length)
                .put((byte) 0xff)
                .put((byte) marker)
                .putShort((short) (body.length + 2))
                .put(body)
                .array();
    }

    private static byte[] chunk(String name, byte[] body) {
        byte[] nameBytes = name.getBytes(StandardCharsets.ISO_8859_1);
        CRC32 sum = new CRC32();
        sum.update(nameBytes);
        sum.update(body);
        return ByteBuffer.allocate(12 + body.length)
                .putInt(body.length)
                .put(nameBytes)
                .put(body)
                .putInt((int) sum.getValue())
                .array();
    }

    private static byte[] written(String format, int width, int height) {
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int x = 0; x < width; x++) {
            for (int y = 0; y < height; y++) {
                image.setRGB(x, y, ((x * 5) << 16) | ((y * 7) << 8) | 0x80);
            }
        }
        var bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, format, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] joined(byte[]... parts) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            for (byte[] part : parts) {
                out.write(part);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
