package ru.reklamai.generation.payment;

/** Whoever takes money for us: its name in the notification address, and how its notices are read. */
interface PaymentProvider {

    String name();

    /**
     * Reads a notice whose sender is known already.
     *
     * @throws UnreadableNoticeException for what is no notice of this provider, or one in a currency we don't sell in
     */
    PaymentNotice read(byte[] body) throws UnreadableNoticeException;

    /** The message says what is wrong with it, in English, for the provider's log and ours. */
    final class UnreadableNoticeException extends Exception {
        private static final long serialVersionUID = 1;

        UnreadableNoticeException(String message) {
            super(message);
        }
    }
}
