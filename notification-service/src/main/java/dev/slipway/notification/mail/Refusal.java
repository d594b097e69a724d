package dev.slipway.notification.mail;

import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.jspecify.annotations.Nullable;
import org.springframework.mail.MailSendException;

/**
 * What a mail host said about one mail or mailbox, as against trouble with the host itself.
 *
 * @param code of the reply, RFC 5321 section 4.2: 4yz may pass, 5yz stays
 */
record Refusal(int code) {
    private static final int PERMANENT = 500;
    private static final int DEPTH_MAX = 20;

    boolean permanent() {
        return code >= PERMANENT;
    }

    /** Null if the failure is about the host. */
    static @Nullable Refusal in(MailSendException failed) {
        for (Exception one : failed.getMessageExceptions()) {
            Throwable cause = one; // a MessagingException's cause is its next exception
            for (int depth = 0; depth < DEPTH_MAX && cause != null; depth++) {
                if (cause instanceof SMTPAddressFailedException address) {
                    return new Refusal(address.getReturnCode());
                }
                if (cause instanceof SMTPSendFailedException mail && mail.getReturnCode() >= PERMANENT) {
                    return new Refusal(mail.getReturnCode());
                }
                cause = cause.getCause();
            }
        }
        return null;
    }
}
