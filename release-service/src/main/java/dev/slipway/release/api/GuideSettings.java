package dev.slipway.release.api;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Which lines of a guide are listed for repair.
 *
 * @param repairOver how many of the last ended releases of an application are looked at, {@code repairSeen} to 50
 * @param repairSeen how many of them have to show that a line is of no use as it is, from 3: fewer may be chance
 */
@ConfigurationProperties("slipway.release.guide")
public record GuideSettings(int repairOver, int repairSeen) {
    private static final int SEEN_MIN = 3;
    private static final int OVER_MAX = 50;

    public GuideSettings {
        if (repairSeen < SEEN_MIN || repairOver < repairSeen || repairOver > OVER_MAX) {
            throw new IllegalArgumentException(
                    "slipway.release.guide: repair-seen must be %d to repair-over, repair-over at most %d; they are %d and %d"
                            .formatted(SEEN_MIN, OVER_MAX, repairSeen, repairOver));
        }
    }
}
