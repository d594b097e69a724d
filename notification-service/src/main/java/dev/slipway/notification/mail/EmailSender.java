package dev.slipway.notification.mail;

import dev.slipway.messaging.TaskHandler;
import dev.slipway.messaging.TaskRun;
import dev.slipway.notification.conversation.ConversationInput;
import dev.slipway.notification.conversation.ConversationInput.NotSent;
import dev.slipway.notification.conversation.ConversationInput.Sent;
import dev.slipway.notification.conversation.Sending;
import dev.slipway.web.guard.Guarded;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.mail.MailAuthenticationException;
import org.springframework.mail.MailException;
import org.springframework.mail.MailParseException;
import org.springframework.mail.MailSendException;
import org.springframework.mail.javamail.JavaMailSender;

/** Sends one mail per task; all mails of a conversation are one thread (RFC 5322 In-Reply-To and References). */
public final class EmailSender implements TaskHandler<Sending, ConversationInput> {
    private static final int HEADER_CHARS_MAX = 200;

    private final MailSettings settings;
    private final Guarded host;
    private final @Nullable JavaMailSender sender;

    /**
     * A sender.
     *
     * @param sender null if no mail host is configured
     */
    public EmailSender(MailSettings settings, Guarded host, @Nullable JavaMailSender sender) {
        this.settings = settings;
        this.host = host;
        this.sender = sender;
    }

    @Override
    public ConversationInput perform(TaskRun run, Sending sending) throws Exception {
        JavaMailSender mail = sender;
        if (mail == null) {
            String why = "Email is not configured: set SPRING_MAIL_HOST";
            return new NotSent(sending.number(), why, false, null, false);
        }
        String id = "<" + UUID.nameUUIDFromBytes(sending.id().getBytes(StandardCharsets.UTF_8)) + "@"
                + settings.domain() + ">";
        try {
            MimeMessage message = message(mail, sending, id);
            return host.call(() -> sent(mail, message, sending, id));
        } catch (AddressException | MailParseException | MailAuthenticationException refused) {
            return notSent(sending, refused, false);
        } catch (Guarded.Unreachable | MailException trouble) {
            return notSent(sending, trouble, true);
        }
    }

    /** That a receiver refuses one mail says nothing about the host, so it does not count against it. */
    private static ConversationInput sent(JavaMailSender mail, MimeMessage message, Sending sending, String id) {
        try {
            mail.send(message);
            return new Sent(sending.number(), id, null);
        } catch (MailSendException failed) {
            Refusal refusal = Refusal.in(failed);
            if (refusal == null) {
                throw failed;
            }
            return notSent(sending, failed, !refusal.permanent());
        }
    }

    /** Never unsure: every attempt carries the same Message-ID, so a receiver drops what it has already. */
    private static NotSent notSent(Sending sending, Exception why, boolean retry) {
        return new NotSent(sending.number(), "Email: " + why.getMessage(), retry, null, false);
    }

    private MimeMessage message(JavaMailSender mail, Sending sending, String id) throws MessagingException {
        MimeMessage message = new FixedIdMessage(mail.createMimeMessage().getSession(), id);
        message.setFrom(new InternetAddress(settings.from(), true));
        message.setRecipient(
                Message.RecipientType.TO, new InternetAddress(sending.party().address(), true));
        message.setSubject(oneLine(sending.content().subject()), StandardCharsets.UTF_8.name());
        message.setText(sending.content().text(), StandardCharsets.UTF_8.name());
        message.setHeader("X-Slipway-Delivery", oneLine(sending.id()));
        message.setHeader("X-Slipway-Release", oneLine(sending.release()));
        message.setHeader("Auto-Submitted", "auto-generated");
        if (sending.thread() != null) {
            message.setHeader("In-Reply-To", oneLine(sending.thread()));
            message.setHeader("References", oneLine(sending.thread()));
        }
        return message;
    }

    /** No line break gets into a header. */
    static String oneLine(String text) {
        String line = text.replaceAll("[\\r\\n\\t\\p{Cntrl}]+", " ");
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
