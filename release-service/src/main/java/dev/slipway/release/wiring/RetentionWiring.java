package dev.slipway.release.wiring;

import dev.slipway.chain.Signer;
import dev.slipway.messaging.Aggregates;
import dev.slipway.messaging.Recipe;
import dev.slipway.release.application.Application;
import dev.slipway.release.application.ApplicationInput;
import dev.slipway.release.retention.Keeping;
import dev.slipway.release.retention.KeepingCore;
import dev.slipway.release.retention.KeepingInput;
import dev.slipway.release.saga.Dossier;
import dev.slipway.release.saga.ReleaseInput;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What is kept of releases, and what looks for that which has been kept for long enough. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RetentionSettings.class)
class RetentionWiring {
    private static final Duration ASK_AGAIN_MAX = Duration.ofMinutes(5);

    /** Deletes the record of a release; apart from its kind, as what is kept of a release is made before releases are. */
    static final class Forgetting {
        private Consumer<String> forget = _ -> {
            throw new IllegalStateException("Releases are not there yet");
        };

        void by(Consumer<String> way) {
            forget = way;
        }

        KeepingInput forget(String release) {
            forget.accept(release);
            return new KeepingInput.RecordsWent();
        }
    }

    @Bean
    Forgetting forgetting() {
        return new Forgetting();
    }

    @Bean
    Aggregates<Keeping, KeepingInput> keepings(
            Recipe recipe, RetentionSettings settings, ProofWiring.ProofKeyFolder keys, Forgetting forgetting) {
        return keepings(recipe, new KeepingCore(settings.askEvery()), keys.signer(), forgetting);
    }

    static Aggregates<Keeping, KeepingInput> keepings(
            Recipe recipe, KeepingCore core, Signer signer, Forgetting forgetting) {
        return recipe.aggregates("keeping", Keeping.class, KeepingInput.class, core)
                .onTimer(_ -> new KeepingInput.AskAgain())
                .backsOff(KeepingCore.REPEAT, ASK_AGAIN_MAX, _ -> false)
                .closing(_ -> true, signer)
                .task(KeepingCore.FORGET, KeepingCore.Forget.class, (_, forget) -> forgetting.forget(forget.release()))
                .build();
    }

    @Bean
    RetentionSweep retentionSweep(
            Recipe recipe,
            RetentionSettings settings,
            Aggregates<Application, ApplicationInput> applications,
            Aggregates<Dossier, ReleaseInput> releases,
            Aggregates<Keeping, KeepingInput> keepings,
            Forgetting forgetting,
            InstantSource clock) {
        forgetting.by(releases::forget);
        RetentionSweep sweep = new RetentionSweep(applications, releases, keepings, clock, settings.looksMax());
        recipe.repeatedly("retention", settings.every(), settings.every(), sweep::look);
        return sweep;
    }
}
