package dev.slipway.notification.mail;

import dev.slipway.messaging.TaskHandler;
import dev.slipway.messaging.TaskRun;
import dev.slipway.notification.conversation.ConversationInput;
import dev.slipway.notification.conversation.ConversationInput.NotSent;
import dev.slipway.notification.conversation.ConversationInput.Sent;
import dev.slipway.notification.conversation.ConversationInput.Trouble;
import dev.slipway.notification.conversation.Sending;
import dev.slipway.web.guard.Guarded;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.mail.MailException;
import org.springframework.mail.MailParseException;
import org.springframework.mail.MailSendException;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/** Sends one mail per task; all mails of a conversation are one thread (RFC 5322 In-Reply-To and References). */
public final class EmailSender implements TaskHandler<Sending, ConversationInput> {
    private static final int HEADER_CHARS_MAX = 200;

    private final MailSettings settings;
    private final Guarded host;
    private final @Nullable JavaMailSender sender;
    private volatile @Nullable MailTrouble hostTrouble;

    /**
     * A sender.
     *
     * @param sender null if no mail host is configured
     */
    public EmailSender(MailSettings settings, Guarded host, @Nullable JavaMailSender sender) {
        this.settings = settings;
        this.host = host;
        this.sender = sender;
        if (sender instanceof JavaMailSenderImpl known) {
            settings.protect(known);
        }
    }

    @Override
    public ConversationInput perform(TaskRun run, Sending sending) throws Exception {
        JavaMailSender mail = sender;
        if (mail == null) {
            return notSent(sending, new MailTrouble(Trouble.HOST, "it is not configured: set SPRING_MAIL_HOST", false));
        }
        String id = "<" + UUID.nameUUIDFromBytes(sending.id().getBytes(StandardCharsets.UTF_8)) + "@"
                + settings.domain() + ">";
        try {
            MimeMessage message = message(mail, sending, id);
            ConversationInput outcome = host.call(() -> sent(mail, message, sending, id));
            hostTrouble = null;
            return outcome;
        } catch (AddressException | MailParseException illegal) {
            String why = MailTrouble.plain(illegal.getMessage());
            return notSent(sending, new MailTrouble(Trouble.FINAL, "no such mail can be written: " + why, true));
        } catch (MailException failed) {
            MailTrouble trouble = MailTrouble.of(failed);
            hostTrouble = trouble.trouble() == Trouble.HOST ? trouble : null;
            return notSent(sending, trouble);
        } catch (Guarded.Unreachable away) {
            return notSent(sending, unreachable(away));
        }
    }

    /** A host that is left alone for what somebody has to mend still waits for that. */
    private MailTrouble unreachable(Guarded.Unreachable away) {
        MailTrouble known = hostTrouble;
        return known != null && away.why() == Guarded.Unreachable.Why.LEFT_ALONE
                ? known
                : new MailTrouble(Trouble.PASSING, String.valueOf(away.getMessage()), false);
    }

    /** That a receiver refuses one mail says nothing about the host, so it does not count against it. */
    private static ConversationInput sent(JavaMailSender mail, MimeMessage message, Sending sending, String id) {
        try {
            mail.send(message);
            return new Sent(sending.number(), id, null);
        } catch (MailSendException failed) {
            MailTrouble trouble = MailTrouble.of(failed);
            if (!trouble.ofThisMail()) {
                throw failed;
            }
            return notSent(sending, trouble);
        }
    }

    /** Never unsure: every attempt carries the same Message-ID, by which a receiver can tell a repetition. */
    private static NotSent notSent(Sending sending, MailTrouble why) {
        return new NotSent(sending.number(), "Email: " + why.words(), why.trouble(), null, false);
    }

    private MimeMessage message(JavaMailSender mail, Sending sending, String id) throws MessagingException {
        MimeMessage message = new FixedIdMessage(mail.createMimeMessage().getSession(), id);
        message.setFrom(from());
        message.setRecipient(
                Message.RecipientType.TO, new InternetAddress(sending.party().address(), true));
        message.setSubject(oneLine(sending.content().subject()), StandardCharsets.UTF_8.name());
        message.setText(sending.content().text(), StandardCharsets.UTF_8.name());
        message.setHeader("X-Slipway-Delivery", oneLine(sending.id()));
        message.setHeader("X-Slipway-Release", oneLine(sending.release()));
        message.setHeader("Auto-Submitted", "auto-generated");
        message.setHeader("List-Id", listId(sending.release()));
        if (sending.thread() != null) {
            message.setHeader("In-Reply-To", oneLine(sending.thread()));
            message.setHeader("References", oneLine(sending.thread()));
        }
        return message;
    }

    /** A name in any script is encoded (RFC 2047). */
    private InternetAddress from() throws AddressException {
        InternetAddress address = new InternetAddress(settings.from(), true);
        try {
            address.setPersonal(settings.fromName().isBlank() ? null : settings.fromName(), "UTF-8");
        } catch (UnsupportedEncodingException impossible) {
            throw new IllegalStateException(impossible);
        }
        return address;
    }

    /** One list per application, so that receivers can file by it (RFC 2919). */
    private String listId(String release) {
        int at = release.indexOf('@');
        String application = at < 0 ? release : release.substring(0, at);
        return oneLine("Releases of " + application + " <" + application + ".slipway." + settings.domain() + ">");
    }

    /** No line break gets into a header. */
    static String oneLine(String text) {
        String line = text.replaceAll("\\p{Cc}+", " ");
        return line.length() > HEADER_CHARS_MAX ? line.substring(0, HEADER_CHARS_MAX) : line;
    }

    /** Keeps its id when it is saved, so that every attempt carries the same. */
    private static final class FixedIdMessage extends MimeMessage {
        private final String id;

        FixedIdMessage(Session session, String id) {
            super(session);
            this.id = id;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", id);
        }
    }
}
