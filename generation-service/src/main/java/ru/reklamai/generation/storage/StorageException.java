package ru.reklamai.generation.storage;

/** S3 is away, or did not do what it was asked to: the same may work in a moment. */
public final class StorageException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public StorageException(Throwable cause) {
        super(cause);
    }
}
