package dev.slipway.notification.slack;

import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The Slack workspace.
 *
 * @param url base of the Web API
 * @param token bot token with chat:write; empty means that Slack is not configured
 * @param connectWithin longest time to a connection
 * @param answerWithin longest time to an answer
 * @param answerBytesMax longest answer that is read
 * @param lookupPagesMax how many pages of a channel are looked through for a message that may be there
 * @param authority file with a company's own certificate authority in PEM, where TLS is opened on the way; empty for those
 *     that Java trusts
 */
@ConfigurationProperties("slipway.slack")
public record SlackSettings(
        @DefaultValue("https://slack.com/api") URI url,
        @DefaultValue("") String token,
        @DefaultValue("3s") Duration connectWithin,
        @DefaultValue("10s") Duration answerWithin,
        @DefaultValue("1048576") int answerBytesMax,
        @DefaultValue("5") int lookupPagesMax,
        @DefaultValue("") String authority) {
    @Override
    public String toString() {
        return "SlackSettings[url=" + url + "]"; // the token appears nowhere
    }
}
