package ru.reklamai.generation.operations;

/** The broker is away or refused a request. */
public final class BrokerException extends RuntimeException {

    private static final long serialVersionUID = 1;

    BrokerException(Throwable cause) {
        super(cause);
    }
}
