package dev.slipway.notification.mail;

import dev.slipway.contracts.Texts;
import dev.slipway.contracts.notification.Channel;
import dev.slipway.contracts.notification.ChannelCheck;
import dev.slipway.web.guard.Guarded;
import jakarta.mail.MessagingException;
import org.jspecify.annotations.Nullable;
import org.springframework.mail.MailSendException;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/**
 * Whether the mail host could be used, without a mail: it is connected to, greeted, asked for TLS and told name and password as
 * the settings say, and left again (EHLO, STARTTLS, AUTH and QUIT of RFC 5321, 3207 and 4954).
 */
public final class MailLook {
    private final MailSettings settings;
    private final Guarded host;
    private final @Nullable JavaMailSender sender;

    /** @param sender null if no mail host is configured */
    public MailLook(MailSettings settings, Guarded host, @Nullable JavaMailSender sender) {
        this.settings = settings;
        this.host = host;
        this.sender = sender;
    }

    public ChannelCheck look() throws Exception {
        if (!(sender instanceof JavaMailSenderImpl known)) {
            return check(false, "No mail host is configured: set SPRING_MAIL_HOST");
        }
        settings.protect(known);
        try {
            host.call(() -> {
                known.testConnection();
                return true;
            });
        } catch (MessagingException refused) {
            return check(
                    false,
                    MailTrouble.of(new MailSendException("look", refused)).words());
        } catch (Guarded.Unreachable away) {
            return check(false, String.valueOf(away.getMessage()));
        }
        String named = known.getUsername() == null ? "" : " and takes Slipway's name and password";
        return check(
                true,
                "The mail host %s answers%s; that a mail arrives, none but a mail shows"
                        .formatted(known.getHost(), named));
    }

    private static ChannelCheck check(boolean usable, String text) {
        return new ChannelCheck(Channel.EMAIL, usable, Texts.sentence(text));
    }
}
