package dev.slipway.deployment.target;

import dev.slipway.contracts.policy.EnvValue;
import dev.slipway.contracts.policy.Filling;
import dev.slipway.contracts.policy.Placeholders;
import dev.slipway.contracts.policy.Target;
import dev.slipway.deployment.target.Secrets.Secret;
import dev.slipway.deployment.target.TargetPort.Launch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a program is started with: its command and its whole environment, with all values put in. Never shown.
 *
 * @param command the parts of {@code target.command}
 * @param fingerprints of the secrets in it, by their names
 * @param folder that it is started in
 */
record Outfit(List<String> command, Map<String, String> environment, Map<String, String> fingerprints, Path folder) {
    Outfit {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
        fingerprints = Map.copyOf(fingerprints);
    }

    /** Names only, as values may be secrets. */
    @Override
    public String toString() {
        return "Outfit[environment=" + new TreeMap<>(environment).keySet() + "]";
    }

    /** What came of dressing a program. */
    sealed interface Dressed {
        record Ready(Outfit outfit) implements Dressed {}

        /** @param why in words for a person, with the remedy */
        record Refused(String why) implements Dressed {}
    }

    static Dressed of(Launch launch, Ports ports, Layout layout, Secrets secrets, Fingerprints fingerprints)
            throws IOException {
        Target target = launch.target();
        Map<String, String> values = new TreeMap<>(layout.placeholders());
        values.putAll(ports.placeholders());
        Function<String, @Nullable String> known = name -> {
            String value = values.get(name);
            return value == null ? launch.facts().value(name) : value;
        };
        String missing = missing(target.texts(), known);
        if (missing != null) {
            return new Dressed.Refused(missing);
        }
        Filling filling = Filling.last(known);
        Map<String, String> environment = new TreeMap<>();
        Map<String, String> prints = new TreeMap<>();
        for (Map.Entry<String, EnvValue> variable : target.env().entrySet()) {
            String name = variable.getValue().secret();
            if (name == null) {
                environment.put(
                        variable.getKey(),
                        filling.text(String.valueOf(variable.getValue().text())));
                continue;
            }
            switch (secrets.read(launch.facts().environment().application(), name)) {
                case Secret.Refused(String why) -> {
                    return new Dressed.Refused(why);
                }
                case Secret.Value(String value) -> {
                    environment.put(variable.getKey(), value);
                    prints.put(name, fingerprints.of(value));
                }
            }
        }
        tellPorts(target, ports, environment);
        List<String> command = target.command().stream().map(filling::text).toList();
        return new Dressed.Ready(new Outfit(command, environment, prints, layout.folder()));
    }

    private static void tellPorts(Target target, Ports ports, Map<String, String> environment) {
        environment.put(target.portEnv(), Integer.toString(ports.traffic()));
        target.ports().forEach((name, port) -> {
            if (port.env() != null) {
                environment.put(port.env(), Integer.toString(ports.number(name)));
            }
        });
    }

    /** A text that speaks of what this release does not have would reach the program as it stands. */
    private static @Nullable String missing(Collection<String> texts, Function<String, @Nullable String> known) {
        for (String text : texts) {
            for (String name : Placeholders.used(text)) {
                boolean meant = name.startsWith(Placeholders.ARTIFACTS_PREFIX) || name.equals(Placeholders.SHA);
                if (meant && known.apply(name) == null) {
                    return "The policy uses {%s}, and this release has none: release it with one, or take it out of the policy"
                            .formatted(name);
                }
            }
        }
        return null;
    }
}
