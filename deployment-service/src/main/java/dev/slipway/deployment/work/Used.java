package dev.slipway.deployment.work;

import dev.slipway.contracts.deployment.EnvironmentView;
import dev.slipway.contracts.deployment.Resources;
import dev.slipway.deployment.environment.Environment;
import java.util.Map;
import java.util.stream.Collectors;

/** What programs used at the last look, by key of the version; nothing before the first, and of those of other machines. */
public final class Used {
    private volatile Map<String, Resources> latest = Map.of();

    public void are(Map<String, Resources> measured) {
        latest = Map.copyOf(measured);
    }

    /** An environment with what all that may run in it uses. */
    public EnvironmentView in(Environment environment, EnvironmentView view) {
        Map<String, Resources> all = latest;
        return view.using(environment.mayRun().stream()
                .filter(all::containsKey)
                .collect(Collectors.toMap(key -> key, key -> all.getOrDefault(key, Resources.NONE))));
    }
}
