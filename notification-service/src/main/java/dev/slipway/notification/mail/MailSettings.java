package dev.slipway.notification.mail;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who writes the mails. The server is {@code spring.mail.*}.
 *
 * @param from sender's address
 * @param domain right-hand side of message ids
 */
@ConfigurationProperties("slipway.mail")
public record MailSettings(
        @DefaultValue("slipway@localhost") String from,
        @DefaultValue("slipway.invalid") String domain) {}
