package dev.slipway.release.saga;

import static dev.slipway.contracts.EnvironmentId.PRODUCTION;
import static dev.slipway.contracts.EnvironmentId.STAGING;

import dev.slipway.contracts.Digest;
import dev.slipway.contracts.deployment.RolloutStatus;
import dev.slipway.contracts.deployment.Told;
import dev.slipway.contracts.policy.EnvValue;
import dev.slipway.contracts.policy.Filling;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.HostNames;
import dev.slipway.contracts.policy.Isolated;
import dev.slipway.contracts.policy.Isolation;
import dev.slipway.contracts.policy.Isolation.Gathering;
import dev.slipway.contracts.policy.Isolation.Kind;
import dev.slipway.contracts.policy.Placeholders;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.policy.Target;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What both environments give their programs, for the check that they share nothing. Staging's side is as it runs: its
 * machine has told ports, folder and fingerprints. Production's is what the policy will give it, with ports and folders of
 * what runs there already; the fingerprints of its secrets are staging's machine's, as only those of one machine compare.
 */
final class Isolating {
    private static final String PORT = "port";
    private static final String FOLDER = "folder";

    private Isolating() {}

    static boolean isMeant(Gate gate) {
        return Gate.ISOLATED.equals(gate.check());
    }

    /** What staging's machine has to tell for it; nothing where no gate compares. */
    static List<String> asked(Policy policy) {
        if (policy.gates().stream().noneMatch(Isolating::isMeant)) {
            return List.of();
        }
        Target staging = policy.environments().staging().target();
        Target production = policy.environments().production().target();
        Set<String> names = new TreeSet<>(List.of(PORT, FOLDER, Told.PORTS_BESIDE, Told.FOLDERS_BESIDE));
        staging.ports().keySet().forEach(name -> names.add(Placeholders.PORT_PREFIX + name));
        staging.texts().stream()
                .flatMap(text -> Placeholders.used(text).stream())
                .filter(Placeholders::isOfMachine)
                .forEach(names::add);
        Stream.of(staging, production)
                .flatMap(target -> target.env().values().stream())
                .flatMap(value -> Stream.ofNullable(value.secret()))
                .forEach(secret -> names.add(Told.FINGERPRINT + secret));
        return List.copyOf(names);
    }

    /**
     * @param staging what is known of the release there, for placeholders
     * @param production likewise
     */
    static Isolation isolation(Dossier d, Map<String, String> staging, Map<String, String> production) {
        Map<String, String> told =
                d.rollout(STAGING).map(RolloutStatus::placeholders).orElse(Map.of());
        Policy.Environments environments = d.guide().environments();
        Set<String> keys = new TreeSet<>();
        d.guide().gates().stream()
                .filter(Isolating::isMeant)
                .map(gate -> Objects.requireNonNullElse(gate.isolated(), Isolated.ALL))
                .forEach(rule -> keys.addAll(rule.keys()));
        Map<String, String> known = new HashMap<>(told);
        known.putAll(staging);
        Side here = new Side(environments.staging().target(), keys, Filling.last(known::get), told);
        here.ports(told, true);
        here.gathering.add(FOLDER, Kind.FOLDER, told.get(FOLDER));
        here.program();
        here.hosts(HostNames.effective(
                d.environment(STAGING), environments.staging().front().hosts()));

        Side there = new Side(environments.production().target(), keys, Filling.last(production::get), told);
        there.ports(Map.of(), false);
        there.beside(told);
        there.program();
        there.hosts(HostNames.effective(
                d.environment(PRODUCTION), environments.production().front().hosts()));
        return new Isolation(here.gathering.all(), there.gathering.all());
    }

    /** One environment's side, gathered. */
    private static final class Side {
        private final Gathering gathering = new Gathering();
        private final Target target;
        private final Collection<String> keys;
        private final Filling filling;
        private final Map<String, String> told;

        Side(Target target, Collection<String> keys, Filling filling, Map<String, String> told) {
            this.target = target;
            this.keys = keys;
            this.filling = filling;
            this.told = told;
        }

        /**
         * @param running ports of what runs, by their placeholders; others are those that the policy insists on
         * @param runs whether something runs, so that a port that nobody tells is not known rather than not there
         */
        void ports(Map<String, String> running, boolean runs) {
            port(PORT, running.get(PORT), target.port(), runs);
            target.ports()
                    .forEach((name, port) ->
                            port("ports." + name, running.get(Placeholders.PORT_PREFIX + name), port.port(), runs));
        }

        private void port(String key, @Nullable String running, @Nullable Integer insisted, boolean runs) {
            String number = running == null && insisted != null ? insisted.toString() : running;
            if (number != null) {
                gathering.addPort(key, number);
            } else if (runs) {
                gathering.add(key, Kind.ADDRESS, null);
            }
        }

        /** What runs there already, beside staging's version on the same machine. */
        void beside(Map<String, String> machine) {
            listed(machine.get(Told.PORTS_BESIDE), ",").forEach(port -> gathering.addPort(PORT, port));
            listed(machine.get(Told.FOLDERS_BESIDE), "\n")
                    .forEach(folder -> gathering.add(FOLDER, Kind.FOLDER, folder));
        }

        private static List<String> listed(@Nullable String text, String between) {
            return text == null || text.isEmpty() ? List.of() : List.of(text.split(between, -1));
        }

        void program() {
            target.env().forEach(this::variable);
            for (int part = 1; part < target.command().size(); part++) {
                String argument = filling.text(target.command().get(part));
                String value = argument.substring(argument.indexOf('=') + 1);
                String key = "command[%d]".formatted(part);
                if (!gathering.addText(key, argument)) {
                    gathering.addText(key, value);
                }
            }
        }

        private void variable(String name, EnvValue value) {
            String key = "env." + name;
            String secret = value.secret();
            if (secret != null) {
                gathering.add(key, Kind.SECRET, told.get(Told.FINGERPRINT + secret));
                return;
            }
            String text = filling.text(String.valueOf(value.text()));
            if (!gathering.addText(key, text) && keys.contains(name)) {
                gathering.add(key, Kind.VALUE, Digest.of(text).brief());
            }
        }

        void hosts(List<String> names) {
            names.forEach(name -> gathering.add("host " + name, Kind.ADDRESS, name));
        }
    }
}
