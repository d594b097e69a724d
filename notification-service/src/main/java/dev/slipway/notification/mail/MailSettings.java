package dev.slipway.notification.mail;

import dev.slipway.notification.tls.Authority;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.util.Optional;
import java.util.Properties;
import javax.net.ssl.SSLContext;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/**
 * Who writes the mails, and how the host is spoken to. The host itself is {@code spring.mail.*}.
 *
 * @param from sender's address
 * @param fromName sender's name, in any script; empty for none
 * @param domain right-hand side of ids of messages and lists; empty for that of the sender's address
 * @param security how the connection is protected
 * @param authority file with a company's own certificate authority in PEM; empty for those that Java trusts
 */
@ConfigurationProperties("slipway.mail")
public record MailSettings(
        @DefaultValue("slipway@localhost") String from,
        @DefaultValue("Slipway") String fromName,
        @DefaultValue("") String domain,
        @DefaultValue("NONE") Security security,
        @DefaultValue("") String authority) {

    /** How the connection to the host is protected. */
    public enum Security {
        /** Not at all, or as {@code spring.mail.properties} say. */
        NONE,
        /** By TLS once it stands, port 25 or 587; a host that does not offer it gets no mail. */
        STARTTLS,
        /** By TLS from its beginning, port 465. */
        SMTPS
    }

    public MailSettings {
        try {
            new InternetAddress(from, true).validate();
        } catch (AddressException illegal) {
            throw new IllegalArgumentException(
                    "slipway.mail.from must be one mail address, such as slipway@example.com, is " + from, illegal);
        }
        if (fromName.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("slipway.mail.from-name must be one line");
        }
        domain = domain.isBlank() ? from.substring(from.lastIndexOf('@') + 1) : domain;
    }

    /** Has the host spoken to as these settings say. */
    void protect(JavaMailSenderImpl sender) {
        Properties properties = sender.getJavaMailProperties();
        switch (security) {
            case NONE -> {}
            case STARTTLS -> {
                properties.setProperty("mail.smtp.starttls.enable", "true");
                properties.setProperty("mail.smtp.starttls.required", "true");
            }
            case SMTPS -> properties.setProperty("mail.smtp.ssl.enable", "true");
        }
        properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        Optional<SSLContext> trusted = Authority.context("slipway.mail.authority", authority);
        trusted.ifPresent(context -> properties.put("mail.smtp.ssl.socketFactory", context.getSocketFactory()));
    }
}
