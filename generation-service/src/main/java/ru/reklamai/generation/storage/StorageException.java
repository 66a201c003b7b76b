package ru.reklamai.generation.storage;

/** S3 is away or refused a request: the same may work in a moment. */
public final class StorageException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public StorageException(Throwable cause) {
        super(cause);
    }
}
