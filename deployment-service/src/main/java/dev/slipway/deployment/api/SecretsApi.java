package dev.slipway.deployment.api;

import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.deployment.SecretCheck;
import dev.slipway.contracts.policy.EnvValue;
import dev.slipway.contracts.policy.Ranges;
import dev.slipway.deployment.target.Secrets;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code GET /api/v1/environments/{application}/{environment}/secrets?name=}: whether programs could be started with secrets of
 * these names, before one is. For operators, as it shows where the machine's administrator keeps them.
 */
@RestController
public class SecretsApi {
    private final Secrets secrets;

    public SecretsApi(Secrets secrets) {
        this.secrets = secrets;
    }

    @GetMapping("/api/v1/environments/{application}/{environment}/secrets")
    List<SecretCheck> secrets(
            @PathVariable String application, @PathVariable String environment, @RequestParam List<String> name) {
        EnvironmentId id = EnvironmentId.parse(application + "/" + environment);
        Ranges.require("name: number of names", name.size(), 1, SecretCheck.NAMES_MAX);
        List<String> names = name.stream().distinct().toList();
        names.forEach(EnvValue::secretNamed); // refuses what is none
        return names.stream()
                .map(each -> secrets.refusal(id.application(), each)
                        .map(why -> new SecretCheck(each, false, why))
                        .orElseGet(() -> new SecretCheck(each, true, "It is there, and can be read.")))
                .toList();
    }
}
