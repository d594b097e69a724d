package dev.slipway.release.api;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Bounds of the API.
 *
 * @param policyBytesMax largest policy, bytes
 * @param pageDefault releases of a page if nobody says how many
 * @param pageMax most releases of a page
 * @param livePage releases on their way that a list reads at once
 * @param scanMax most finished releases that one page looks at; a filtered page may then be short, with a cursor
 * @param reasonCharactersMax longest reason of a request
 * @param visibleWithin how long an answer waits for a new release to show at its Location
 */
@ConfigurationProperties("slipway.release.api")
public record ApiSettings(
        int policyBytesMax,
        int pageDefault,
        int pageMax,
        int livePage,
        int scanMax,
        int reasonCharactersMax,
        Duration visibleWithin) {
    public ApiSettings {
        if (pageDefault < 1 || pageDefault > pageMax || pageMax > 200) {
            throw new IllegalArgumentException(
                    "slipway.release.api: page-default must be 1 to page-max, page-max at most 200");
        }
        if (livePage < 1 || scanMax < pageMax || reasonCharactersMax < 1) {
            throw new IllegalArgumentException("slipway.release.api: bounds start at 1, scan-max at page-max");
        }
    }
}
