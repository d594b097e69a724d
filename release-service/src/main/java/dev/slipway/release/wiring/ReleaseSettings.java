package dev.slipway.release.wiring;

import dev.slipway.release.application.ApplicationLimits;
import dev.slipway.release.saga.SagaLimits;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** Bounds of the cores, {@code slipway.release.*}. */
@ConfigurationProperties("slipway.release")
public record ReleaseSettings(ApplicationLimits application, SagaLimits saga) {}
