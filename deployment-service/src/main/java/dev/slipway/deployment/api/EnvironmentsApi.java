package dev.slipway.deployment.api;

import dev.slipway.contracts.deployment.EnvironmentView;
import dev.slipway.deployment.environment.Environment;
import dev.slipway.deployment.environment.EnvironmentInput;
import dev.slipway.deployment.environment.Views;
import dev.slipway.messaging.Aggregates;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/v1/environments}. */
@RestController
public class EnvironmentsApi {
    private final Aggregates<Environment, EnvironmentInput> environments;
    private final int environmentsMax;

    public EnvironmentsApi(
            Aggregates<Environment, EnvironmentInput> environments,
            @Value("${slipway.environments.max}") int environmentsMax) {
        this.environments = environments;
        this.environmentsMax = environmentsMax;
    }

    @GetMapping("/api/v1/environments")
    List<EnvironmentView> environments() {
        return environments.live(environmentsMax).stream()
                .map(found -> Views.of(found.state(), found.updatedAt()))
                .toList();
    }
}
