package ru.reklamai.generation.upload.image;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import ru.reklamai.message.MessageCode;

/**
 * Copies an image without its metadata (place, device, author, comments), in one pass and little memory. The pixels
 * stay the same, and so does a photo's orientation. Refuses files that are no such image, and images so large that
 * decoding them would exhaust memory. No library does this for all three formats without decoding.
 */
public final class ImageCleaner {

    private ImageCleaner() {}

    /** The file is not an image that can be taken. */
    public static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1;

        private final MessageCode code;

        RefusedException(MessageCode code) {
            super(code.text());
            this.code = code;
        }

        /** Returns why, for whoever sent it. */
        public MessageCode code() {
            return code;
        }
    }

    public static void clean(ImageFormat format, InputStream in, OutputStream out, long maxPixels)
            throws IOException, RefusedException {
        var image = new ImageStream(in, out, maxPixels);
        try {
            switch (format) {
                case PNG -> new PngCleaner(image).clean();
                case JPEG -> new JpegCleaner(image).clean();
                case WEBP -> new WebpCleaner(image).clean();
            }
        } catch (EOFException e) {
            throw new RefusedException(MessageCode.IMAGE_CUT_OFF);
        }
        if (!image.isMeasured()) {
            throw new RefusedException(MessageCode.IMAGE_BROKEN);
        }
        image.out().flush();
    }
}
