package dev.slipway.validation.simulation;

import dev.slipway.validation.judgement.Judgement;
import java.time.Duration;

/**
 * The judge's bounds as the service ships with them in its application.yml, for those who run it without the service, over
 * what no installation has judged or of which no bounds are noted.
 */
public final class ShippedBounds {
    public static final Judgement.Bounds BOUNDS = new Judgement.Bounds(
            50,
            Duration.ofSeconds(1),
            Duration.ofMinutes(1),
            Duration.ofHours(1),
            Duration.ofSeconds(60),
            Duration.ofSeconds(8));

    private ShippedBounds() {}
}
