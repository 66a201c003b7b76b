package ru.reklamai.generation.upload;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import ru.reklamai.generation.upload.image.ImageFormat;

/** The kinds of file that users may bring, each known by its first bytes whatever its name says. */
enum FileType {
    PNG("image/png", "png", Optional.of(ImageFormat.PNG)),
    JPEG("image/jpeg", "jpg", Optional.of(ImageFormat.JPEG)),
    WEBP("image/webp", "webp", Optional.of(ImageFormat.WEBP)),
    MP4("video/mp4", "mp4", Optional.empty()),
    WEBM("video/webm", "webm", Optional.empty()),
    QUICKTIME("video/quicktime", "mov", Optional.empty()),
    MP3("audio/mpeg", "mp3", Optional.empty()),
    WAV("audio/wav", "wav", Optional.empty());

    /** So many bytes tell the type. */
    static final int HEAD_BYTES = 16;

    private final String contentType;
    private final String extension;
    private final Optional<ImageFormat> image;

    FileType(String contentType, String extension, Optional<ImageFormat> image) {
        this.contentType = contentType;
        this.extension = extension;
        this.image = image;
    }

    String contentType() {
        return contentType;
    }

    String extension() {
        return extension;
    }

    /** Returns the format of a picture, empty for video and sound. */
    Optional<ImageFormat> image() {
        return image;
    }

    static Optional<FileType> of(String contentType) {
        return Arrays.stream(values())
                .filter(type -> type.contentType.equals(contentType))
                .findFirst();
    }

    static List<String> contentTypes() {
        return Arrays.stream(values()).map(FileType::contentType).toList();
    }

    /** Returns whether a file that begins like this is of this type. */
    boolean fits(byte[] head) {
        return switch (this) {
            case PNG -> at(head, 0, "\u0089PNG\r\n\u001a\n");
            case JPEG -> at(head, 0, "\u00ff\u00d8\u00ff");
            case WEBP -> at(head, 0, "RIFF") && at(head, 8, "WEBP");
            case MP4 -> at(head, 4, "ftyp") && !at(head, 8, "qt  ");
            case QUICKTIME -> at(head, 4, "ftypqt  ") || at(head, 4, "moov") || at(head, 4, "wide");
            case WEBM -> at(head, 0, "\u001aE\u00df\u00a3");
            case MP3 -> at(head, 0, "ID3") || isMpegFrame(head);
            case WAV -> at(head, 0, "RIFF") && at(head, 8, "WAVE");
        };
    }

    /** Eleven bits of synchronization, then a layer that is not the reserved one (ISO 11172-3, 2.4.1.3). */
    private static boolean isMpegFrame(byte[] head) {
        return head.length > 1 && (head[0] & 0xff) == 0xff && (head[1] & 0xe0) == 0xe0 && (head[1] & 0x06) != 0;
    }

    private static boolean at(byte[] head, int offset, String signature) {
        byte[] expected = signature.getBytes(StandardCharsets.ISO_8859_1);
        return head.length >= offset + expected.length
                && Arrays.equals(expected, Arrays.copyOfRange(head, offset, offset + expected.length));
    }
}
