package dev.slipway.release.wiring;

import dev.slipway.contracts.Texts;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How items that are due soon, or late, are looked for, {@code slipway.release.items.*}.
 *
 * @param every pause from look to look, 1 s to 1 d
 * @param page applications that are read at once, 1 to 1,000
 */
@ConfigurationProperties("slipway.release.items")
public record ItemSettings(Duration every, int page) {
    public ItemSettings {
        if (every.compareTo(Duration.ofSeconds(1)) < 0 || every.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException(
                    "slipway.release.items.every must be 1 s to 1 d, is " + Texts.words(every));
        }
        if (page < 1 || page > 1_000) {
            throw new IllegalArgumentException("slipway.release.items.page must be 1 to 1000, is " + page);
        }
    }
}
