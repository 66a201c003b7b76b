package ru.reklamai.generation.payment;

import ru.reklamai.message.MessageCode;

/** Whoever takes money for us: its name in the notification address, and how its notices are read. */
interface PaymentProvider {

    String name();

    /**
     * Reads a notice whose sender is known already.
     *
     * @throws UnreadableNoticeException for what is no notice of this provider, or one in a currency we don't sell in
     */
    PaymentNotice read(byte[] body) throws UnreadableNoticeException;

    /** Says what is wrong with a notice. */
    final class UnreadableNoticeException extends Exception {
        private static final long serialVersionUID = 1;

        private final MessageCode code;

        UnreadableNoticeException(MessageCode code) {
            super(code.text());
            this.code = code;
        }

        MessageCode code() {
            return code;
        }
    }
}
