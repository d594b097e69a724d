package dev.slipway.notification.mail;

import dev.slipway.notification.conversation.ConversationInput.Trouble;
import dev.slipway.notification.tls.Authority;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.util.MailConnectException;
import org.jspecify.annotations.Nullable;
import org.springframework.mail.MailException;
import org.springframework.mail.MailSendException;

/**
 * What kept a mail from being taken: whose trouble it is, and in words. Codes are those of RFC 5321 section 4.2 and RFC 4954
 * section 6: 4yz may pass, 5yz stays; what is said of our name, password or sender's address holds for every mail.
 *
 * @param ofThisMail whether the host has spoken about this mail or its receiver: then it says nothing about the host
 */
record MailTrouble(Trouble trouble, String words, boolean ofThisMail) {
    private static final int PERMANENT = 500;
    private static final int TOO_LARGE = 552;
    private static final int CAUSES_MAX = 20;
    private static final int CHARS_MAX = 300;

    /** Authentication required, mechanism too weak, credentials invalid, encryption required. */
    private static final Set<Integer> IDENTITY = Set.of(530, 534, 535, 538);

    private static final Pattern CLASS_NAME = Pattern.compile("\\b([a-z]\\w*\\.)+[A-Z]\\w*:?\\s*");
    private static final Pattern GREETED_WITH_A_REFUSAL = Pattern.compile("response: 5\\d\\d");

    static MailTrouble of(MailException failed) {
        List<Throwable> causes = causes(failed);
        return first(causes, SMTPAddressFailedException.class)
                .map(MailTrouble::ofReceiver)
                .or(() -> first(causes, SMTPSendFailedException.class).map(MailTrouble::ofMail))
                .or(() -> first(causes, AuthenticationFailedException.class).map(MailTrouble::ofIdentity))
                .or(() -> Optional.of(failed).filter(Authority::refused).map(_ -> ofCertificate(causes)))
                .or(() -> first(causes, MailConnectException.class).map(MailTrouble::ofConnection))
                .orElseGet(() -> ofHost(causes));
    }

    private static MailTrouble ofReceiver(SMTPAddressFailedException said) {
        int code = said.getReturnCode();
        if (IDENTITY.contains(code)) {
            return ofIdentity(said);
        }
        boolean stays = code >= PERMANENT;
        String words = stays ? "the mail host refuses this address: " : "the mail host puts this address off: ";
        return new MailTrouble(stays ? Trouble.FINAL : Trouble.PASSING, words + plain(said.getMessage()), true);
    }

    private static MailTrouble ofMail(SMTPSendFailedException said) {
        int code = said.getReturnCode();
        String answer = plain(said.getMessage());
        if (IDENTITY.contains(code)) {
            return ofIdentity(said);
        }
        if (code < PERMANENT) {
            return new MailTrouble(Trouble.PASSING, "the mail host puts the mail off: " + answer, false);
        }
        boolean sender = said.getCommand() != null && said.getCommand().startsWith("MAIL") && code != TOO_LARGE;
        return sender
                ? new MailTrouble(
                        Trouble.HOST,
                        "the mail host takes nothing from this sender: " + answer + "; set slipway.mail.from",
                        false)
                : new MailTrouble(Trouble.FINAL, "the mail host refuses this mail: " + answer, true);
    }

    private static MailTrouble ofIdentity(MessagingException said) {
        String answer = plain(said.getMessage());
        return new MailTrouble(
                Trouble.HOST,
                answer.startsWith("4")
                        ? "the mail host cannot check Slipway's name and password at the moment: " + answer
                        : "the mail host does not accept Slipway's name and password: " + answer
                                + "; set SPRING_MAIL_USERNAME and SPRING_MAIL_PASSWORD",
                false);
    }

    private static MailTrouble ofCertificate(List<Throwable> causes) {
        return new MailTrouble(
                Trouble.HOST,
                "the mail host's certificate is refused, or it speaks no TLS there: "
                        + plain(causes.getLast().getMessage())
                        + "; set slipway.mail.authority or slipway.mail.security",
                false);
    }

    private static MailTrouble ofConnection(MailConnectException away) {
        Throwable cause = away.getCause();
        String why = cause == null ? "" : " (" + plain(cause.getMessage()) + ")";
        return new MailTrouble(
                Trouble.PASSING, "no mail host answers at " + away.getHost() + " port " + away.getPort() + why, false);
    }

    private static MailTrouble ofHost(List<Throwable> causes) {
        if (causes.stream().anyMatch(SocketTimeoutException.class::isInstance)) {
            return new MailTrouble(Trouble.PASSING, "the mail host did not answer in time", false);
        }
        Throwable told = first(causes, MessagingException.class)
                .map(Throwable.class::cast)
                .orElse(causes.getLast());
        String why = plain(told.getMessage());
        boolean stays = why.startsWith("STARTTLS is required")
                || GREETED_WITH_A_REFUSAL.matcher(why).find();
        return new MailTrouble(stays ? Trouble.HOST : Trouble.PASSING, "the mail host cannot be used: " + why, false);
    }

    /** The failure and all behind it; what was said of the mail itself comes first. */
    private static List<Throwable> causes(MailException failed) {
        List<Throwable> causes = new ArrayList<>();
        if (failed instanceof MailSendException sending) {
            for (Exception one : sending.getMessageExceptions()) {
                addWithCauses(one, causes);
            }
        }
        addWithCauses(failed, causes);
        return causes;
    }

    private static void addWithCauses(Throwable failed, List<Throwable> causes) {
        Throwable cause = failed; // a MessagingException's cause is its next exception
        for (int depth = 0; depth < CAUSES_MAX && cause != null; depth++) {
            causes.add(cause);
            cause = cause.getCause();
        }
    }

    private static <T> Optional<T> first(List<Throwable> causes, Class<T> type) {
        return causes.stream().filter(type::isInstance).map(type::cast).findFirst();
    }

    /** One line without the names of classes. */
    static String plain(@Nullable String message) {
        String line = message == null ? "" : message.strip().replaceAll("[\\s\\p{Cc}]+", " ");
        String words = CLASS_NAME
                .matcher(line)
                .replaceAll("")
                .replace("nested exception is:", "")
                .strip();
        String said = words.isEmpty() ? "it does not say why" : words;
        return said.length() > CHARS_MAX ? said.substring(0, CHARS_MAX) + "..." : said;
    }
}
