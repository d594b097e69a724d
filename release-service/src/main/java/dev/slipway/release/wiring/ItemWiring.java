package dev.slipway.release.wiring;

import dev.slipway.messaging.Aggregates;
import dev.slipway.messaging.Recipe;
import dev.slipway.release.application.Application;
import dev.slipway.release.application.ApplicationInput;
import dev.slipway.release.saga.Dossier;
import dev.slipway.release.saga.ReleaseInput;
import java.time.InstantSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What people want done of releases by a day, and what looks whether that is near. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ItemSettings.class)
class ItemWiring {
    @Bean
    ItemSweep itemSweep(
            Recipe recipe,
            Aggregates<Application, ApplicationInput> applications,
            Aggregates<Dossier, ReleaseInput> releases,
            ItemSettings settings,
            InstantSource clock) {
        ItemSweep sweep = new ItemSweep(applications, releases, clock, settings.page());
        recipe.repeatedly("items", settings.every(), sweep::look);
        return sweep;
    }
}
