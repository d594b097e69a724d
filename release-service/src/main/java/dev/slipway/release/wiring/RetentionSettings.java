package dev.slipway.release.wiring;

import dev.slipway.contracts.Texts;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How what has been kept for long enough is looked for, {@code slipway.release.retention.*}.
 *
 * @param every pause from look to look, 1 s to 7 d
 * @param looksMax ended releases per look, 1 to 10,000; the next look goes on where this one stopped
 * @param askEvery pause before an unanswered question about reports is asked again, 1 s to 1 d
 */
@ConfigurationProperties("slipway.release.retention")
public record RetentionSettings(Duration every, int looksMax, Duration askEvery) {
    public RetentionSettings {
        if (every.compareTo(Duration.ofSeconds(1)) < 0 || every.compareTo(Duration.ofDays(7)) > 0) {
            throw new IllegalArgumentException(
                    "slipway.release.retention.every must be 1 s to 7 d, is " + Texts.words(every));
        }
        if (looksMax < 1 || looksMax > 10_000) {
            throw new IllegalArgumentException(
                    "slipway.release.retention.looks-max must be 1 to 10000, is " + looksMax);
        }
        if (askEvery.compareTo(Duration.ofSeconds(1)) < 0 || askEvery.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException(
                    "slipway.release.retention.ask-every must be 1 s to 1 d, is " + Texts.words(askEvery));
        }
    }
}
