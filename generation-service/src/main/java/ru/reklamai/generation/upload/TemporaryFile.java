package ru.reklamai.generation.upload;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jboss.logging.Logger;
import ru.reklamai.generation.storage.StorageException;

/** A file on this machine's disk that is deleted when it is closed. */
final class TemporaryFile implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(TemporaryFile.class);
    private static final int BUFFER_BYTES = 65_536;

    private final Path path;

    TemporaryFile() {
        try {
            path = Files.createTempFile("upload", ".tmp");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path path() {
        return path;
    }

    long size() {
        return sizeOf(path);
    }

    static long sizeOf(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Copies the content from S3 and closes it; stops soon after the limit. */
    void fill(InputStream content, long limit) {
        try (content;
                var out = Files.newOutputStream(path)) {
            byte[] buffer = new byte[BUFFER_BYTES];
            long size = 0;
            for (int read = content.read(buffer); read >= 0 && size <= limit; read = content.read(buffer)) {
                out.write(buffer, 0, read);
                size += read;
            }
        } catch (IOException e) {
            throw new StorageException(e);
        }
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            LOG.warnf("could not delete a temporary file: cause=%s", e);
        }
    }
}
