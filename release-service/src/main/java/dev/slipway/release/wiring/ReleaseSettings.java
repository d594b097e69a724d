package dev.slipway.release.wiring;

import dev.slipway.release.application.ApplicationLimits;
import dev.slipway.release.saga.SagaLimits;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Bounds of the cores, {@code slipway.release.*}.
 *
 * @param countEvery how old the counts of releases by state may be, 1 s to 10 min
 * @param countPage releases on their way that are read at once to count them
 * @param applicationsMeasured applications with a label of their own in metrics
 */
@ConfigurationProperties("slipway.release")
public record ReleaseSettings(
        ApplicationLimits application, SagaLimits saga, Duration countEvery, int countPage, int applicationsMeasured) {}
