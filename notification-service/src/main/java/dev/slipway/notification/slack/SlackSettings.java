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
 * @param answerCharsMax longest answer that is read
 */
@ConfigurationProperties("slipway.slack")
public record SlackSettings(
        @DefaultValue("https://slack.com/api") URI url,
        @DefaultValue("") String token,
        @DefaultValue("3s") Duration connectWithin,
        @DefaultValue("10s") Duration answerWithin,
        @DefaultValue("65536") int answerCharsMax) {
    @Override
    public String toString() {
        return "SlackSettings[url=" + url + "]"; // the token appears nowhere
    }
}
