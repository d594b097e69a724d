package dev.slipway.deployment.target;

import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.deployment.Told;
import dev.slipway.deployment.target.Secrets.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is told of this machine to whoever wants to see that two environments share nothing: fingerprints of secrets that the
 * version itself may not even get, and what the same application's versions have that run beside it.
 */
final class Besides {
    private final Path directory;
    private final Secrets secrets;
    private final Fingerprints fingerprints;

    Besides(Path directory, Secrets secrets) {
        this.directory = directory;
        this.secrets = secrets;
        this.fingerprints = new Fingerprints(directory);
    }

    /** @param names of {@link Told}; a secret that cannot be read is left out */
    Map<String, String> of(Facts facts, List<String> names) {
        try {
            Map<String, String> told = new TreeMap<>();
            for (String name : names) {
                if (name.startsWith(Told.FINGERPRINT)) {
                    fingerprint(facts, name, told);
                }
            }
            if (names.contains(Told.PORTS_BESIDE)) {
                told.put(
                        Told.PORTS_BESIDE,
                        running(facts.environment())
                                .flatMap(record -> record.ports().all().stream())
                                .sorted()
                                .distinct()
                                .map(String::valueOf)
                                .collect(Collectors.joining(",")));
            }
            if (names.contains(Told.FOLDERS_BESIDE)) {
                told.put(
                        Told.FOLDERS_BESIDE,
                        running(facts.environment())
                                .map(record -> new KeyFolder(directory, record.key())
                                        .workDirectory()
                                        .toString())
                                .sorted()
                                .distinct()
                                .collect(Collectors.joining("\n")));
            }
            return told;
        } catch (IOException broken) {
            throw new UncheckedIOException("What runs beside the version cannot be told", broken);
        }
    }

    private void fingerprint(Facts facts, String name, Map<String, String> told) throws IOException {
        String secret = name.substring(Told.FINGERPRINT.length());
        switch (secrets.read(facts.environment().application(), secret)) {
            case Secret.Value(String value) -> told.put(name, fingerprints.of(value));
            case Secret.Refused _ -> {} // whoever compares it says that it is not known
        }
    }

    private Stream<ProcessRecord> running(EnvironmentId here) throws IOException {
        return KeyFolder.records(directory).stream()
                .filter(record -> record.state() == ProcessRecord.State.RUNNING)
                .filter(record -> isBeside(record.key(), here));
    }

    private static boolean isBeside(String key, EnvironmentId here) {
        EnvironmentId environment = Facts.ofKey(key).environment();
        return environment.application().equals(here.application()) && !environment.equals(here);
    }
}
